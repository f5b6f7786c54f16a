"""Rows that an edition leaves out by design, before anything is suppressed.

The first rule against small numbers is to make no table that leaves a small remainder. What a level leaves
out is declared with the indicator (`ikke_for`, `framfor` and `bare_sammen_med` of a group). A row that is
left out is no secret: it must only not be exactly derivable, since it is printed as not shown.
"""

import numpy as np

from navbook.disclosure import below_threshold
from navbook.disclosure.array_types import Flags
from navbook.edition.schema import FYLKE, KONTOR, LANDET
from navbook.estimate import Estimates
from navbook.gate.suppression.cell_status import existing


def left_out(estimates: Estimates, minimum: float) -> Flags:
    """The rows that are left out, by (series, unit, period)."""
    return _of_level(estimates) | _yielding(estimates, minimum) | _alone(estimates, minimum)


def yielding(estimates: Estimates, minimum: float, place: int) -> Flags:
    """Where the wider group of a series is left out in its favour, by (unit, period)."""
    wider = dict(preferred(estimates)).get(place)
    if wider is None:
        return np.zeros(estimates.cube.x.shape[1:], dtype=bool)
    return np.asarray(_yielding(estimates, minimum)[wider])


def nearly_the_same(estimates: Estimates, minimum: float) -> Flags:
    """The rows that are left out and count fewer than `minimum` more than the row shown in their place."""
    cube = estimates.cube
    found = _yielding(estimates, minimum)
    for place, wider in preferred(estimates):
        with np.errstate(invalid="ignore"):
            others = (cube.n[wider] - cube.n[place]) / _months(estimates, place)
            found[wider] &= others < minimum
    return found


def _yielding(estimates: Estimates, minimum: float) -> Flags:
    """The rows of a group that differ too little from one that is shown in their place.

    Only rows of offices, and only where the two differ in the country: where they are one number everywhere,
    it is the narrower group that says nothing of its own.
    """
    cube, exists = estimates.cube, existing(estimates)
    office = _offices_of_shared_counties(estimates)
    found = np.zeros(exists.shape, dtype=bool)
    for place, wider in preferred(estimates):
        few = few_differ(estimates, place, wider, minimum)
        both = exists[place] & exists[wider] & ~_too_small(estimates, place, minimum)
        found[wider] |= both & few & office[:, None] & ~few[cube.country]
    return found


def preferred(estimates: Estimates) -> list[tuple[int, int]]:
    """The places of each series that is shown rather than a wider one, and of the wider one."""
    pairs = [
        (place, _place_of(estimates, line.indikator, line.preferred_to))
        for place, line in enumerate(estimates.series)
    ]
    return [(place, wider) for place, wider in pairs if wider is not None]


def few_differ(estimates: Estimates, place: int, wider: int, minimum: float) -> Flags:
    """Where numerator, complement or denominator of two groups differ by too few, by (unit, period)."""
    cube, line = estimates.cube, estimates.series[place]
    months = _months(estimates, place)
    differences = [(cube.x[wider] - cube.x[place]) / months]
    if not line.count_only:
        others = ((cube.n - cube.x)[wider] - (cube.n - cube.x)[place]) / months
        differences += [others] if line.shares_n else [others, differences[0] + others]
    return np.any([below_threshold(difference[None], minimum) for difference in differences], axis=0)


def _of_level(estimates: Estimates) -> Flags:
    cube = estimates.cube
    unit = np.arange(len(cube.units))
    levels = np.where(unit < cube.leaves, KONTOR, np.where(unit < cube.country, FYLKE, LANDET))
    apart = (levels != KONTOR) | _offices_of_shared_counties(estimates)
    at = np.array([np.isin(levels, sorted(line.left_out_at)) & apart for line in estimates.series])
    return at[:, :, None] & existing(estimates)


def _offices_of_shared_counties(estimates: Estimates) -> Flags:
    """The offices and special units of counties that hold at least two, by unit of the cube.

    The only one of its county has the county's numbers, so that nothing is left out by leaving out its rows.
    """
    cube = estimates.cube
    counted = existing(estimates)[:, : cube.leaves].any(axis=(0, 2)) & (cube.county_of[: cube.leaves] >= 0)
    of_county = np.bincount(cube.county_of[: cube.leaves][counted], minlength=len(cube.units))
    shared = np.zeros(len(cube.units), dtype=bool)
    shared[: cube.leaves] = counted & (of_county[cube.county_of[: cube.leaves]] >= 2)
    return shared


def _alone(estimates: Estimates, minimum: float) -> Flags:
    """The rows of a group whose partner has too small a number to be shown."""
    exists = existing(estimates)
    found = np.zeros(exists.shape, dtype=bool)
    for place, line in enumerate(estimates.series):
        partner = _place_of(estimates, line.indikator, line.together_with)
        if partner is not None:
            found[place] = exists[place] & _too_small(estimates, partner, minimum)
    return found


def _too_small(estimates: Estimates, place: int, minimum: float) -> Flags:
    """Where a number of the series is too small to be shown, by (unit, period)."""
    cube = estimates.cube
    numbers = np.stack([cube.x[place], (cube.n - cube.x)[place]])
    return below_threshold(numbers / _months(estimates, place), minimum)


def _place_of(estimates: Estimates, indikator: str, gruppe: str | None) -> int | None:
    names = [(line.indikator, line.gruppe) for line in estimates.series]
    return names.index((indikator, gruppe)) if gruppe and (indikator, gruppe) in names else None


def _months(estimates: Estimates, place: int) -> np.ndarray:
    """What a number of the series is divided by: the months behind it for a stock, else 1."""
    cube = estimates.cube
    if not estimates.series[place].stock:
        return np.ones(cube.x.shape[1:])
    return np.where(cube.partial[place], np.maximum(cube.reported[place], 1.0), cube.length)
