"""The innsatsgrupper of a number taken together: the plain total, the total with last year's national mix,
and whether all groups move against the total (Simpson's paradox). From rows that are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.edition.schema import COUNTRY, STANDARDISED_COLUMNS, VIST
from navbook.estimate.series import ALL, Series
from navbook.estimate.timeline import Comparison
from navbook.gate.derived.published import Told, months_in
from navbook.statistics import directly_standardised, newcombe, wilson
from navbook.statistics.differences import mover_difference

GROUPS = ("IKVAL", "BFORM", "BATT", "VARIG")


@dataclass(frozen=True)
class Counts:
    """x and n of each group (column) in each unit (row), now and in the base period; monthly means for
    stocks."""

    units: pd.DataFrame
    x1: np.ndarray
    n1: np.ndarray
    x0: np.ndarray
    n0: np.ndarray


def mixed_totals(told: Told) -> pd.DataFrame:
    """A row (STANDARDISED_COLUMNS) for each unit of an indicator published by innsatsgruppe only.

    Only units all of whose groups are shown in both periods.
    """
    made = [
        _totals(lines[0].indikator, each, counts)
        for lines, each in _told_by_group(told)
        if (counts := _counts(told, lines, each)) is not None
    ]
    if not made:
        return pd.DataFrame(columns=list(STANDARDISED_COLUMNS))
    return pd.concat(made, ignore_index=True).loc[:, list(STANDARDISED_COLUMNS)]


def _told_by_group(told: Told) -> Iterator[tuple[list[Series], Comparison]]:
    by_indicator: dict[str, list[tuple[Series, Comparison]]] = {}
    for line, each in told.compared():
        by_indicator.setdefault(line.indikator, []).append((line, each))
    for found in by_indicator.values():
        groups = [line for line, _ in found if line.gruppe in GROUPS and not line.count_only]
        periods = {(each.period, each.base) for line, each in found if line in groups}
        if len(groups) > 1 and len(periods) == 1 and all(line.gruppe != ALL for line, _ in found):
            yield groups, next(each for line, each in found if line in groups)


def _counts(told: Told, lines: list[Series], each: Comparison) -> Counts | None:
    """The counts of the units that show every group in both periods; None where the country does not."""
    wide: list[pd.DataFrame | pd.Series] = []
    for place, line in enumerate(lines):
        for name, period in (("1", each.period.name), ("0", each.base.name)):
            rows = told.of(line, period)
            if rows is None:
                return None
            shown = rows[rows["status"] == VIST].set_index("enhet")
            counts = shown[["x", "n"]].astype(float) / months_in(line, each)
            wide.append(counts.set_axis([f"x{name}{place}", f"n{name}{place}"], axis=1))
    levels = told.rows[lines[0].indikator, lines[0].gruppe, each.period.name].set_index("enhet")[["niva"]]
    joined = levels.join(wide, how="inner").dropna().sort_index()
    if COUNTRY not in joined.index:
        return None

    def block(name: str) -> np.ndarray:
        return joined[[f"{name}{place}" for place in range(len(lines))]].to_numpy(float)

    return Counts(joined[["niva"]].reset_index(), block("x1"), block("n1"), block("x0"), block("n0"))


def _totals(indikator: str, each: Comparison, counts: Counts) -> pd.DataFrame:
    x1, n1, x0, n0 = counts.x1, counts.n1, counts.x0, counts.n0
    weights = n0[(counts.units["enhet"] == COUNTRY).to_numpy()][0]
    change = newcombe(x1.sum(axis=1), n1.sum(axis=1), x0.sum(axis=1), n0.sum(axis=1))
    mixed, before = directly_standardised(x1, n1, weights), directly_standardised(x0, n0, weights)
    named = {
        "verdi": wilson(x1.sum(axis=1), n1.sum(axis=1)),
        "endring": change,
        "standardisert": mixed,
        "standardisert_endring": mover_difference(mixed, before),
    }
    ends = {"": 0, "_nedre": 1, "_ovre": 2}
    values = {f"{name}{end}": triple[k] for name, triple in named.items() for end, k in ends.items()}
    key = {"indikator": indikator, "periode": each.period.name, "basis_periode": each.base.name}
    against = against_the_total(x1 / n1 - x0 / n0, np.asarray(change.value))
    return counts.units.assign(**key, **values, mot_summen=against.astype(float))


def against_the_total(of_groups: np.ndarray, of_total: np.ndarray) -> np.ndarray:
    """For each unit (row) whether every group moves one way and the total the other."""
    total = np.sign(of_total)
    return np.asarray((total != 0) & (np.sign(of_groups) == -total[:, None]).all(axis=1))
