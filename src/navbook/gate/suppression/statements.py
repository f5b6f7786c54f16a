"""What an edition says of hidden rows in words, and what an attacker learns from it.

A row that is hidden only because nearly everybody or nearly nobody has the outcome may say so ("nesten
alle"). A row that is left out because another counts nearly the same says that. Every statement is an
equation of the system with a slack that is not below zero, or a number with a largest value. So it is known
to the attacker in every proof, and a statement that would narrow a secret makes more rows hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array, hstack, vstack

from navbook.disclosure import System
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables import ABSENT, Coordinates
from navbook.edition.schema import (
    IKKE_FOR_NIVA,
    KEY,
    NESTEN_ALLE,
    NESTEN_INGEN,
    NESTEN_LIK,
    SKJULT,
    SLATT_SAMMEN,
    STATEMENT_COLUMNS,
)
from navbook.estimate import Estimates
from navbook.gate.series_sums import FIELDS, REST
from navbook.gate.suppression.system import EditionSystem
from navbook.gate.suppression.table_design import nearly_the_same, preferred

if TYPE_CHECKING:
    from navbook.gate.suppression.choose import Choice

# "nesten alle" means over 90 per cent: the ones number more than TIMES the others
TIMES = 9
# said only where the statement by itself leaves the small number so many times as wide as the threshold
MARGIN = 1.5


@dataclass(frozen=True)
class Statements:
    """The rows of which something is said, by code: flags by (series, unit, period)."""

    flags: Mapping[str, Flags]


NOTHING_SAID = Statements({})


def with_statements(
    edition: EditionSystem, estimates: Estimates, minimum: float
) -> tuple[EditionSystem, Statements]:
    """The edition whose attacker knows the statements, and the statements."""
    x, rest = _numbers_of_rows(edition)
    system = edition.system
    both = (x != ABSENT) & (rest != ABSENT)
    flags: dict[str, Flags] = {}
    added = _Added.to(system)
    for code, small, large in ((NESTEN_ALLE, rest, x), (NESTEN_INGEN, x, rest)):
        places = np.flatnonzero(both)
        few, many = small[places], large[places]
        clear = system.values[many] >= TIMES * MARGIN * system.threshold[few]
        places = places[clear & system.primary[few] & ~edition.ruled_rows[places]]
        flags[code] = _cube(edition, places)
        added = added.share(large[places], small[places])
    flags[NESTEN_LIK] = np.zeros(edition.shape, dtype=bool)
    same = nearly_the_same(estimates, minimum)
    for place, wider in preferred(estimates):
        unit, period = np.nonzero(same[wider])
        own, other = (
            np.ravel_multi_index((np.full_like(unit, number), unit, period), edition.shape)
            for number in (place, wider)
        )
        kept = both[own] & both[other]
        own, other = own[kept], other[kept]
        flags[NESTEN_LIK] |= _cube(edition, other)
        added = added.difference((x[other], rest[other]), (x[own], rest[own]))
    return replace(edition, system=added.system()), Statements(flags)


def statement_table(tall: pd.DataFrame, choice: "Choice", estimates: Estimates) -> pd.DataFrame:
    """What the edition says of rows of `tall` that are hidden, with the columns STATEMENT_COLUMNS."""
    rows = estimates.rows
    places = tuple(rows[name].to_numpy() for name in ("_series", "_unit", "_period"))
    codes = np.full(len(rows), "", dtype=object)
    for code, flags in choice.statements.flags.items():
        codes[flags[places]] = code
    levels = np.array([line.left_out_at for line in estimates.series], dtype=object)[places[0]]
    lacking = [level in lacks for level, lacks in zip(rows["niva"], levels, strict=True)]
    codes[np.array(lacking, dtype=bool) & choice.edition.without_rows[places]] = IKKE_FOR_NIVA
    codes[rows["enhet"].isin(list(estimates.units.joined)).to_numpy()] = SLATT_SAMMEN
    told = rows.loc[codes != "", list(KEY)].assign(utsagn=codes[codes != ""])
    hidden = tall.loc[tall["status"] == SKJULT, list(KEY)]
    return told.merge(hidden, on=list(KEY)).loc[:, list(STATEMENT_COLUMNS)]


def _cube(edition: EditionSystem, places: Indices) -> Flags:
    flags = np.zeros(edition.shape, dtype=bool)
    flags.ravel()[places] = True
    return flags


def _numbers_of_rows(edition: EditionSystem) -> tuple[Indices, Indices]:
    """The cells of numerator and complement of the row at each flat place of the cube; ABSENT for none."""
    assert edition.system.coordinates is not None
    x, rest = (np.full(int(np.prod(edition.shape)), ABSENT, dtype=np.intp) for _ in range(2))
    pairs = edition.row_cells
    quantity = edition.system.coordinates.quantity[pairs.cell]
    complement = ~pairs.own & (quantity % len(FIELDS) == FIELDS.index(REST))
    x[pairs.place[pairs.own]] = pairs.cell[pairs.own]
    rest[pairs.place[complement]] = pairs.cell[complement]
    of_rows = np.zeros(len(x), dtype=bool)
    of_rows[edition.rows] = True
    return np.where(of_rows, x, ABSENT), np.where(of_rows, rest, ABSENT)


@dataclass(frozen=True)
class _Added:
    """A system and the cells and equations to add to it, one cell for each equation.

    `cells` and `coefs` (equations x 4) are the terms of the equations, `values` and `upper` those of the new
    cells, and `at` a cell of the same unit and period as each.
    """

    base: System
    cells: Indices
    coefs: Floats
    values: Floats
    upper: Floats
    at: Indices

    @classmethod
    def to(cls, system: System) -> "_Added":
        none = np.zeros(0, dtype=np.intp)
        return cls(system, none.reshape(0, 4), np.zeros((0, 4)), np.zeros(0), np.zeros(0), none)

    def share(self, many: Indices, few: Indices) -> "_Added":
        """Add many - TIMES few = slack, where the slack is not below zero."""
        values = self.base.values[many] - TIMES * self.base.values[few]
        cells = np.stack([many, few, few, few], axis=1)
        coefs = np.tile([1.0, -TIMES, 0.0, 0.0], (len(many), 1))
        return self._and(cells, coefs, values, np.full(len(many), np.inf))

    def difference(self, wide: tuple[Indices, Indices], narrow: tuple[Indices, Indices]) -> "_Added":
        """Add that the two numbers of `wide` are together less than a threshold above those of `narrow`."""
        cells = np.stack([*wide, *narrow], axis=1)
        # two of each, so that the walk over tables leaves these cells alone: it knows no largest values
        coefs = np.tile([2.0, 2.0, -2.0, -2.0], (len(cells), 1))
        values = (self.base.values[cells] * coefs).sum(axis=1)
        upper = 2 * (self.base.threshold[wide[0]] - _step(self.base, wide[0]))
        return self._and(cells, coefs, values, np.maximum(upper, values))

    def _and(self, cells: Indices, coefs: Floats, values: Floats, upper: Floats) -> "_Added":
        return replace(
            self,
            cells=np.concatenate([self.cells, cells]),
            coefs=np.concatenate([self.coefs, coefs]),
            values=np.concatenate([self.values, np.maximum(values, 0.0)]),
            upper=np.concatenate([self.upper, upper]),
            at=np.concatenate([self.at, cells[:, 0]]),
        )

    def system(self) -> System:
        """The system with the new cells and equations."""
        base, count = self.base, len(self.values)
        if not count:
            return base
        size = len(base.values)
        terms = coo_array(
            (self.coefs.ravel(), (np.repeat(np.arange(count), 4), self.cells.ravel())), shape=(count, size)
        )
        slack = coo_array((-np.ones(count), (np.arange(count), np.arange(count))), shape=(count, count))
        empty = csr_array((base.matrix.shape[0], count))
        matrix = csr_array(vstack([hstack([base.matrix, empty]), hstack([terms, slack])]))
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        nowhere = csr_array((count, len(base.cost)))
        none, nothing = np.zeros(count), np.zeros(count, dtype=bool)
        return replace(
            base,
            values=np.concatenate([base.values, self.values]),
            matrix=matrix,
            shown_by=csr_array(vstack([base.shown_by, nowhere])),
            own_cells=csr_array(vstack([base.own_cells, nowhere])),
            threshold=np.concatenate([base.threshold, none]),
            required_width=np.concatenate([base.required_width, none]),
            coordinates=None if base.coordinates is None else _coordinates(base.coordinates, self.at),
            released=None if base.released is None else np.concatenate([base.released, nothing]),
            upper=np.concatenate([base.highest, self.upper]),
        )


def _coordinates(base: Coordinates, at: Indices) -> Coordinates:
    """The coordinates with a quantity of its own for each new cell."""
    first = int(base.quantity.max(initial=-1)) + 1
    return replace(
        base,
        quantity=np.concatenate([base.quantity, first + np.arange(len(at))]),
        unit=np.concatenate([base.unit, base.unit[at]]),
        period=np.concatenate([base.period, base.period[at]]),
    )


def _step(system: System, cells: Indices) -> Floats:
    """The least by which a number below the threshold differs from it: 1 where numbers are whole."""
    return np.where(system.integer[cells], 1.0, 0.0)
