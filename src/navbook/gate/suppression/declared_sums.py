"""Equations between series: groups that make up wider ones, and the sums that indicators declare."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.gate.series_sums import N, SeriesSum, series_sums
from navbook.gate.suppression.cells import NEGLIGIBLE, CountyRest, Quantities
from navbook.gate.suppression.terms import Terms

# a quantity and its coefficient in an equation
Signed = tuple[int, float]


def add_declared_sums(found: Quantities, terms: Terms) -> None:
    """Add the sums of every group and its wider group, and those that the indicators declare.

    What is left of a wider group becomes a new quantity of `found`, a rest.
    """
    for relation in series_sums(found.estimates):
        _sum(found, relation, terms)


def _sum(found: Quantities, relation: SeriesSum, terms: Terms) -> None:
    """The wholes are the parts and a rest, wherever the wholes and some part are present."""
    wholes, parts, rest = relation
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
        # anyone can add the wholes, and may: a denominator says nothing of its numerator
        found.added_up.update(part_places)
    leftover = None if rest is None else _rest(found, rest, whole_places[0])
    signed = [*((place, 1.0) for place in whole_places), *((place, -1.0) for place in part_places)]
    if rest is None:
        here &= found.present[part_places, :units].all(axis=0)
    _sum_of_units(found, signed, leftover, here, terms)
    for county in found.county_rests:
        _sum_of_rests(found, signed, leftover, county, terms)


def _rest(found: Quantities, name: str, whole: int) -> int:
    place = found.add(bool(found.stock[whole]))
    if name:
        found.places[name] = place
    return place


def _sum_of_units(
    found: Quantities, signed: Sequence[Signed], leftover: int | None, here: Flags, terms: Terms
) -> None:
    """Add the equation at each unit and period of `here`."""
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
    present_terms = [(place, sign, found.present[place, unit, period]) for place, sign in signed]
    terms.add_terms(
        len(unit),
        np.concatenate([count[mask] for _, _, mask in present_terms]),
        np.concatenate([found.cell(place, unit[mask], period[mask]) for place, _, mask in present_terms]),
        np.concatenate([np.full(int(mask.sum()), sign) for _, sign, mask in present_terms]),
    )


class _Group(NamedTuple):
    """Terms with one coefficient: the equation (by its column) and the cell of each."""

    equation: Indices
    cells: Indices
    sign: float


def _sum_of_rests(
    found: Quantities, signed: Sequence[Signed], leftover: int | None, county: CountyRest, terms: Terms
) -> None:
    """Add the equation for the units of a county that lack a row of some quantity, taken together."""
    leaves = np.flatnonzero(county.leaves)
    together, periods = _rest_periods(found, signed, county, leaves)
    groups: list[_Group] = []
    left, size = np.zeros((2, len(periods)))
    for quantity, sign in signed:
        group = _rest_terms(found, (quantity, sign), county, leaves, together, periods)
        total = np.bincount(group.equation, found.values.ravel()[group.cells], len(periods))
        left, size = left + sign * total, size + (total if sign > 0 else 0.0)
        groups.append(group)
    holds = _holds(left, size, leftover)
    if leftover is not None:
        found.values[leftover, county.rest, periods[holds]] = np.maximum(left, 0.0)[holds]
        found.present[leftover, county.rest, periods[holds]] = True
        found.without[leftover][np.ix_(leaves, periods[holds])] = together[:, holds]
        rest_cells = found.cell(leftover, county.rest, periods)
        groups.append(_Group(np.arange(len(periods)), rest_cells, -1.0))
    _add_groups(terms, groups, holds)


def _rest_periods(
    found: Quantities, signed: Sequence[Signed], county: CountyRest, leaves: Indices
) -> tuple[Flags, Indices]:
    """Which leaves lack a row of some quantity, by (leaf, period), and the periods with an equation."""
    wholes, parts = (
        np.array([quantity for quantity, sign in signed if sign == side]) for side in (1.0, -1.0)
    )
    together: Flags = found.without[np.ix_(np.append(wholes, parts), leaves)].any(axis=0)
    # each whole, and some part, is known of some of them: taken together or, where it has rows, one by one
    present = found.present[:, county.rest] | (found.present[:, leaves] & together).any(axis=1)
    periods = np.flatnonzero(together.any(axis=0) & present[wholes].all(axis=0) & present[parts].any(axis=0))
    return together[:, periods], periods


def _rest_terms(
    found: Quantities,
    signed: Signed,
    county: CountyRest,
    leaves: Indices,
    together: Flags,
    periods: Indices,
) -> _Group:
    """The cells of one quantity for those leaves: their rest, and each that has a row of its own."""
    quantity, sign = signed
    rest = np.flatnonzero(found.present[quantity, county.rest, periods])
    unit, column = np.nonzero(together & found.present[quantity][np.ix_(leaves, periods)])
    cells = np.concatenate(
        [
            found.cell(quantity, county.rest, periods[rest]),
            found.cell(quantity, leaves[unit], periods[column]),
        ]
    )
    return _Group(np.concatenate([rest, column]), cells, sign)


def _add_groups(terms: Terms, groups: Sequence[_Group], holds: Flags) -> None:
    """Add the equations (columns) that hold."""
    number = np.cumsum(holds) - 1
    kept = [holds[group.equation] for group in groups]
    pairs = list(zip(groups, kept, strict=True))
    terms.add_terms(
        int(holds.sum()),
        np.concatenate([number[group.equation[mask]] for group, mask in pairs]),
        np.concatenate([group.cells[mask] for group, mask in pairs]),
        np.concatenate([np.full(int(mask.sum()), group.sign) for group, mask in pairs]),
    )


def _holds(left: np.ndarray, size: np.ndarray, leftover: int | None) -> Flags:
    """Where a declared sum holds. Counts that contradict the declaration give no equation."""
    tolerance = NEGLIGIBLE * np.maximum(1.0, np.abs(size))
    return np.asarray(left >= -tolerance if leftover is not None else np.abs(left) <= tolerance)
