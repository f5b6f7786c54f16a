"""The numbers that releases tell of a series, x, n-x and n, and the equations between those of all series."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from navbook.disclosure import load_settings
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.linked_tables import ABSENT
from navbook.estimate import Estimates
from navbook.gate.releases.grid import Source
from navbook.gate.series_sums import FIELDS, REST, N, SeriesSum, X, equal_denominators, series_sums

TOLERANCE = 1e-6


class NumberSum(NamedTuple):
    """The numbers at the places `numbers`, times `signs`, are zero. `rest` is the place of the one that no
    release tells, ABSENT if there is none.
    """

    numbers: Indices
    signs: Floats
    rest: int


@dataclass(frozen=True)
class Numbers:
    """The first axis of a table of releases: FIELDS of each series, and then the rests of sums.

    `names` and `stock` (judged by its monthly mean) have an entry for each. `sums` are the equations between
    them, none where each series is taken by itself. `added_up` are denominators that anyone may add up.
    """

    names: list[str]
    stock: Flags
    sums: list[NumberSum]
    added_up: frozenset[int]

    def of_rows(self, axes: Sequence[Indices]) -> tuple[Indices, ...]:
        """The places (number, unit, period), each FIELDS x rows, of rows at (series, unit, period)."""
        series, unit, period = axes
        number = len(FIELDS) * series[None] + np.arange(len(FIELDS))[:, None]
        return number, np.broadcast_to(unit, number.shape), np.broadcast_to(period, number.shape)

    def values(self, x: Floats, complement: Floats) -> Floats:
        """The numbers (number, unit, period) of series with these; rests are added by `with_rests`."""
        values = np.full((len(self.names), *x.shape[1:]), np.nan)
        for field, told in ((X, x), (REST, complement), (N, x + complement)):
            values[FIELDS.index(field) : len(FIELDS) * len(x) : len(FIELDS)] = told
        return values

    def fill_rests(self, values: Floats) -> None:
        """Fill in what each sum leaves over, nan where the sum does not hold."""
        for each in self.sums:
            if each.rest == ABSENT:
                continue
            told = each.numbers != each.rest
            left = np.einsum("n,nup->up", each.signs[told], values[each.numbers[told]])
            values[each.rest] = np.where(left >= -TOLERANCE, np.maximum(left, 0.0), np.nan)


def numbers_of(sources: Iterable[Source], estimates: Estimates, linked: bool) -> Numbers:
    """The numbers of these series, with the equations between them if `linked`."""
    sources = list(sources)
    names = [f"{indikator}/{gruppe}:{field}" for indikator, gruppe in sources for field in FIELDS]
    lines = {(line.indikator, line.gruppe): line for line in estimates.series}
    stock = [source in lines and lines[source].stock for source in sources for _ in FIELDS]
    if not linked:
        return Numbers(names, np.array(stock, dtype=bool), [], frozenset())
    pure = {source for source in sources if source in lines and lines[source].count_only}
    shares = [source for source in sources if source not in pure]
    places = {
        name: place
        for place, name in enumerate(names)
        if name.endswith(f":{X}") or sources[place // len(FIELDS)] not in pure
    }
    sums: list[NumberSum] = []
    added_up: set[int] = set()
    for indikator, gruppe in shares:
        x, rest, n = (f"{indikator}/{gruppe}:{field}" for field in FIELDS)
        sums.append(_sum_of([n], [x, rest], places))
    equal = [SeriesSum((first,), (second,), None) for first, second in _equal(estimates)]
    for relation in (*series_sums(estimates), *equal):
        parts = [name for name in relation.parts if name in places]
        if not parts or not all(name in places for name in relation.wholes):
            continue
        if relation.rest is None:
            sums.append(_sum_of(relation.wholes, parts, places))
            if len(relation.wholes) + len(parts) > 2 and all(name.endswith(f":{N}") for name in parts):
                added_up.update(places[name] for name in parts)
            continue
        rest = relation.rest or f"{' + '.join(relation.wholes)} less {' + '.join(parts)}"
        places[rest] = len(names)
        names.append(rest)
        stock.append(stock[places[relation.wholes[0]]])
        sums.append(_sum_of(relation.wholes, [*parts, rest], places, rest))
    return Numbers(names, np.array(stock, dtype=bool), sums, frozenset(added_up))


def _equal(estimates: Estimates) -> list[tuple[str, str]]:
    return equal_denominators(estimates, load_settings())


def _sum_of(
    wholes: Sequence[str], parts: Sequence[str], places: Mapping[str, int], rest: str | None = None
) -> NumberSum:
    return NumberSum(
        np.array([places[name] for name in (*wholes, *parts)], dtype=np.intp),
        np.array([1.0] * len(wholes) + [-1.0] * len(parts)),
        ABSENT if rest is None else places[rest],
    )
