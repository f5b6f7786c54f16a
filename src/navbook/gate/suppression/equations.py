"""The sums between the numbers of an edition, written once for every series, unit and period.

Offices make up their county, counties the country, tertials and months the longer period they fill, the
complement and the numerator the denominator; and groups make up wider ones, as the indicators declare.
"""

from collections.abc import Sequence

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.gate.suppression.cells import FIELDS, NEGLIGIBLE, REST, N, Quantities, X, fillings

# a quantity and its sign in a sum
Signed = tuple[int, float]


class Terms:
    """Equations that are being collected: each term is a cell with its coefficient."""

    def __init__(self) -> None:
        self._count = 0
        self._rows: list[Indices] = []
        self._cells: list[Indices] = []
        self._signs: list[np.ndarray] = []

    def add(self, totals: Indices, equation: Indices, parts: Indices) -> None:
        """Sums: the cell `totals[e]` is the sum of the cells `parts[i]` where `equation[i]` is e."""
        self.add_terms(
            len(totals),
            np.concatenate([np.arange(len(totals)), equation]),
            np.concatenate([totals, parts]),
            np.concatenate([np.ones(len(totals)), -np.ones(len(parts))]),
        )

    def add_terms(self, count: int, equation: Indices, cells: Indices, signs: np.ndarray) -> None:
        """`count` equations, numbered from zero in `equation`."""
        self._rows.append(equation + self._count)
        self._cells.append(cells)
        self._signs.append(signs)
        self._count += count

    def arrays(self) -> tuple[int, Indices, Indices, np.ndarray]:
        """How many equations, and the equation, cell and coefficient of each term."""
        empty = np.zeros(0, dtype=np.intp)
        return (
            self._count,
            np.concatenate([empty, *self._rows]),
            np.concatenate([empty, *self._cells]),
            np.concatenate([np.zeros(0), *self._signs]),
        )


def relations_of(found: Quantities) -> Terms:
    """Every equation between the cells of `found`; rests are added to it as quantities."""
    terms = Terms()
    lines = found.estimates.series
    for series, line in enumerate(lines):
        if f"{line.indikator}/{line.gruppe}:{X}" not in found.places:
            continue
        for name in (X,) if line.count_only else (X, REST):
            place = found.of(series, name)
            _geography(found, place, terms)
            _periods(found, place, terms)
        if not line.count_only:
            _complement(found, series, terms)
    wider = {
        (indikator, *each.helhet, *each.deler)
        for indikator, each in found.estimates.sammenhenger
        if len(each.helhet) == len(each.deler) == 1
    }
    for line in lines:
        # a group may be compared with one that is the narrower of the two
        if line.parent and (line.indikator, line.gruppe, line.parent) not in wider:
            _nested(found, line.indikator, line.gruppe, line.parent, line.shares_n, terms)
    _declared(found, terms)
    return terms


def _geography(found: Quantities, place: int, terms: Terms) -> None:
    cube, units = found.estimates.cube, found.units
    present = found.present[place]
    counties = range(cube.leaves, cube.country)
    sums: list[tuple[int, Indices]] = [
        (county, np.append(np.flatnonzero(cube.county_of == county), units + county - cube.leaves))
        for county in counties
    ]
    orphans = np.flatnonzero(cube.county_of < 0)
    sums.append(
        (cube.country, np.concatenate([np.array(counties, dtype=np.intp), orphans, [found.shape[1] - 1]]))
    )
    for total, parts in sums:
        # where no unit of it has a row, all of them together are the sum itself
        named = present[parts[parts < units]].any(axis=0)
        _units(found, place, total, parts, np.flatnonzero(present[total] & named), terms)


def _units(found: Quantities, place: int, total: int, parts: Indices, periods: Indices, terms: Terms) -> None:
    part, period = np.nonzero(found.present[place][np.ix_(parts, periods)])
    terms.add(found.cell(place, total, periods), period, found.cell(place, parts[part], periods[period]))


def _periods(found: Quantities, place: int, terms: Terms) -> None:
    """Every period that shorter ones of one length fill, for the units whose shorter periods are told."""
    present = found.present[place, : found.units]
    for total, parts in fillings(found.estimates.cube.periods):
        units = np.flatnonzero(present[:, total] & present[:, parts].any(axis=1))
        which, part = np.nonzero(present[np.ix_(units, np.array(parts))])
        cells = found.cell(place, units[which], np.array(parts)[part])
        terms.add(found.cell(place, units, total), which, cells)


def _complement(found: Quantities, series: int, terms: Terms) -> None:
    """Numerator and complement make up the denominator, wherever a row tells all three."""
    x, rest, n = (found.of(series, name) for name in FIELDS)
    place, period = np.nonzero(found.present[n])
    count = np.arange(len(place))
    parts = np.concatenate([found.cell(x, place, period), found.cell(rest, place, period)])
    terms.add(found.cell(n, place, period), np.tile(count, 2), parts)


def _nested(found: Quantities, indikator: str, group: str, parent: str, shares_n: bool, terms: Terms) -> None:
    names = (X,) if shares_n else (X, REST)
    for name in names:
        _sum(found, [f"{indikator}/{parent}:{name}"], [f"{indikator}/{group}:{name}"], "", terms)


def _declared(found: Quantities, terms: Terms) -> None:
    for indikator, each in found.estimates.sammenhenger:
        named = any(":" in term for term in (*each.helhet, *each.deler))
        for name in (X,) if named else (X, REST):
            helhet = [_full_name(indikator, term, name) for term in each.helhet]
            deler = [_full_name(indikator, term, name) for term in each.deler]
            rest = each.rest and _full_name(indikator, each.rest, name)
            _sum(found, helhet, deler, rest, terms)


def _full_name(indikator: str, term: str, name: str) -> str:
    term = term if "/" in term else f"{indikator}/{term}"
    return term if ":" in term else f"{term}:{name}"


def _sum(
    found: Quantities, wholes: Sequence[str], parts: Sequence[str], rest: str | None, terms: Terms
) -> None:
    """The wholes are the parts and what is left over, wherever the wholes and some part are told."""
    if not all(name in found.places for name in wholes):
        return
    whole_places = [found.places[name] for name in wholes]
    part_places = [found.places[name] for name in parts if name in found.places]
    if not part_places:
        return
    units = found.units
    here = np.asarray(found.present[whole_places, :units].all(axis=0))
    here &= found.present[part_places, :units].any(axis=0)
    if rest is None and len(wholes) == len(part_places) == 1:
        found.same_as.append((whole_places[0], part_places[0]))
        return
    if rest is None and all(name.endswith(f":{N}") for name in (*wholes, *parts)):
        # whoever adds the wholes has it, and may: a denominator tells nothing of its numerator
        found.added_up.update(part_places)
    leftover = None if rest is None else _rest(found, rest, whole_places[0])
    signed = [*((place, 1.0) for place in whole_places), *((place, -1.0) for place in part_places)]
    if rest is None:
        here &= found.present[part_places, :units].all(axis=0)
    _sum_of_units(found, signed, leftover, here, terms)
    for family, _, leaves in found.families:
        _sum_of_rests(found, signed, leftover, family, leaves, terms)


def _rest(found: Quantities, name: str, whole: int) -> int:
    place = found.add(bool(found.stock[whole]))
    if name:
        found.places[name] = place
    return place


def _sum_of_units(
    found: Quantities, signed: Sequence[Signed], leftover: int | None, here: Flags, terms: Terms
) -> None:
    """The sum at each unit and period of `here`."""
    values, present = found.values[:, : found.units], found.present[:, : found.units]
    left, size = np.zeros((2, *here.shape))
    for place, sign in signed:
        numbers = np.where(here & present[place], values[place], 0.0)
        left, size = left + sign * numbers, size + (numbers if sign > 0 else 0.0)
    here = here & _holds(left, size, leftover)
    if leftover is not None:
        values[leftover] = np.where(here, np.maximum(left, 0.0), np.nan)
        present[leftover] = here
        signed = [*signed, (leftover, -1.0)]
    unit, period = np.nonzero(here)
    count = np.arange(len(unit))
    for_each = [(place, sign, found.present[place, unit, period]) for place, sign in signed]
    terms.add_terms(
        len(unit),
        np.concatenate([count[mask] for _, _, mask in for_each]),
        np.concatenate([found.cell(place, unit[mask], period[mask]) for place, _, mask in for_each]),
        np.concatenate([np.full(int(mask.sum()), sign) for _, sign, mask in for_each]),
    )


def _sum_of_rests(
    found: Quantities,
    signed: Sequence[Signed],
    leftover: int | None,
    family: int,
    leaves: Flags,
    terms: Terms,
) -> None:
    """The sum for the units of a family that have no row of one of the quantities, taken together."""
    wholes, some = (np.array([place for place, sign in signed if sign == of]) for of in (1.0, -1.0))
    mine = np.flatnonzero(leaves)
    together: Flags = found.without[np.ix_(np.append(wholes, some), mine)].any(axis=0)
    # each whole, and some part, is known of some of them: together or, where it has rows, one by one
    known = found.present[:, family] | (found.present[:, mine] & together).any(axis=1)
    periods = np.flatnonzero(together.any(axis=0) & known[wholes].all(axis=0) & known[some].any(axis=0))
    together = together[:, periods]
    parts: list[tuple[Indices, Indices, float]] = []
    left, size = np.zeros((2, len(periods)))
    for place, sign in signed:
        rest = np.flatnonzero(found.present[place, family, periods])
        # those of them that have a row of this quantity stand by themselves
        unit, at = np.nonzero(together & found.present[place][np.ix_(mine, periods)])
        columns = np.concatenate([rest, at])
        cells = np.concatenate(
            [
                found.cell(place, family, periods[rest]),
                found.cell(place, mine[unit], periods[at]),
            ]
        )
        total = np.bincount(columns, found.values.ravel()[cells], len(periods))
        left, size = left + sign * total, size + (total if sign > 0 else 0.0)
        parts.append((columns, cells, sign))
    holds = _holds(left, size, leftover)
    if leftover is not None:
        found.values[leftover, family, periods[holds]] = np.maximum(left, 0.0)[holds]
        found.present[leftover, family, periods[holds]] = True
        found.without[leftover][np.ix_(mine, periods[holds])] = together[:, holds]
        parts.append((np.arange(len(periods)), found.cell(leftover, family, periods), -1.0))
    number = np.cumsum(holds) - 1
    kept = [holds[columns] for columns, _, _ in parts]
    terms.add_terms(
        int(holds.sum()),
        np.concatenate([number[columns[mask]] for (columns, _, _), mask in zip(parts, kept, strict=True)]),
        np.concatenate([cells[mask] for (_, cells, _), mask in zip(parts, kept, strict=True)]),
        np.concatenate(
            [np.full(int(mask.sum()), sign) for (_, _, sign), mask in zip(parts, kept, strict=True)]
        ),
    )


def _holds(left: np.ndarray, size: np.ndarray, leftover: int | None) -> Flags:
    """Where a sum leaves what it may; counts that contradict the declaration are bound by nothing."""
    tolerance = NEGLIGIBLE * np.maximum(1.0, np.abs(size))
    return np.asarray(left >= -tolerance if leftover is not None else np.abs(left) <= tolerance)


def same_cells(found: Quantities) -> Indices:
    """For each cell the first of those that are the same number under other names."""
    canonical = np.arange(int(np.prod(found.shape)), dtype=np.intp).reshape(found.shape)
    for wider, mine in found.same_as:
        both: Flags = found.present[wider] & found.present[mine]
        with np.errstate(invalid="ignore"):
            both &= np.abs(found.values[wider] - found.values[mine]) <= NEGLIGIBLE
        canonical[mine][both] = canonical[wider][both]
    return canonical.ravel()
