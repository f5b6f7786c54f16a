"""Innsatsgrupper combined: the crude total, the total standardised to last year's national mix, and whether
all groups move against the total (Simpson's paradox). From shown rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.edition.schema import COUNTRY, STANDARDISED_COLUMNS, VIST
from navbook.estimate.series import ALL, Series
from navbook.estimate.timeline import Comparison
from navbook.gate.derived.published import SeriesRows, months_averaged
from navbook.statistics import directly_standardised, newcombe, wilson
from navbook.statistics.differences import mover_difference

GROUPS = ("IKVAL", "BFORM", "BATT", "VARIG")


@dataclass(frozen=True)
class GroupCounts:
    """x and n in the period (1) and the base period (0), shape (unit, group); monthly means for stocks."""

    units: pd.DataFrame
    x1: np.ndarray
    n1: np.ndarray
    x0: np.ndarray
    n0: np.ndarray


def standardised_totals(published: SeriesRows) -> pd.DataFrame:
    """A row (STANDARDISED_COLUMNS) for each unit of an indicator published by innsatsgruppe only.

    Only units with every group shown in both periods have a row.
    """
    totals = [
        _totals(lines[0].indikator, comparison, counts)
        for lines, comparison in _by_group(published)
        if (counts := _counts(published, lines, comparison)) is not None
    ]
    if not totals:
        return pd.DataFrame(columns=list(STANDARDISED_COLUMNS))
    return pd.concat(totals, ignore_index=True).loc[:, list(STANDARDISED_COLUMNS)]


def _by_group(published: SeriesRows) -> Iterator[tuple[list[Series], Comparison]]:
    by_indicator: dict[str, list[tuple[Series, Comparison]]] = {}
    for line, comparison in published.compared():
        if not comparison.comparable:
            continue
        by_indicator.setdefault(line.indikator, []).append((line, comparison))
    for found in by_indicator.values():
        groups = [line for line, _ in found if line.gruppe in GROUPS and not line.count_only]
        periods = {(pair.period, pair.base) for line, pair in found if line in groups}
        if len(groups) > 1 and len(periods) == 1 and all(line.gruppe != ALL for line, _ in found):
            yield groups, next(pair for line, pair in found if line in groups)


def _counts(published: SeriesRows, lines: list[Series], comparison: Comparison) -> GroupCounts | None:
    """The counts of the units that show every group in both periods; None where the country does not."""
    wide: list[pd.DataFrame | pd.Series] = []
    for place, line in enumerate(lines):
        for name, period in (("1", comparison.period.name), ("0", comparison.base.name)):
            rows = published.of(line, period)
            if rows is None:
                return None
            shown = rows[rows["status"] == VIST].set_index("enhet")
            counts = shown[["x", "n"]].astype(float) / months_averaged(line, comparison)
            wide.append(counts.set_axis([f"x{name}{place}", f"n{name}{place}"], axis=1))
    levels = published.rows[lines[0].indikator, lines[0].gruppe, comparison.period.name].set_index("enhet")[
        ["niva"]
    ]
    joined = levels.join(wide, how="inner").dropna().sort_index()
    if COUNTRY not in joined.index:
        return None

    def block(name: str) -> np.ndarray:
        return joined[[f"{name}{place}" for place in range(len(lines))]].to_numpy(float)

    return GroupCounts(joined[["niva"]].reset_index(), block("x1"), block("n1"), block("x0"), block("n0"))


def _totals(indikator: str, comparison: Comparison, counts: GroupCounts) -> pd.DataFrame:
    x1, n1, x0, n0 = counts.x1, counts.n1, counts.x0, counts.n0
    weights = n0[(counts.units["enhet"] == COUNTRY).to_numpy()][0]
    change = newcombe(x1.sum(axis=1), n1.sum(axis=1), x0.sum(axis=1), n0.sum(axis=1))
    standardised, before = directly_standardised(x1, n1, weights), directly_standardised(x0, n0, weights)
    named = {
        "verdi": wilson(x1.sum(axis=1), n1.sum(axis=1)),
        "endring": change,
        "standardisert": standardised,
        "standardisert_endring": mover_difference(standardised, before),
    }
    ends = {"": 0, "_nedre": 1, "_ovre": 2}
    values = {f"{name}{end}": limits[k] for name, limits in named.items() for end, k in ends.items()}
    key = {"indikator": indikator, "periode": comparison.period.name, "basis_periode": comparison.base.name}
    against = against_the_total(x1 / n1 - x0 / n0, np.asarray(change.value))
    return counts.units.assign(**key, **values, mot_summen=against.astype(float))


def against_the_total(of_groups: np.ndarray, of_total: np.ndarray) -> np.ndarray:
    """Flags by unit: whether every group (column of `of_groups`) moves one way and the total the other."""
    total = np.sign(of_total)
    return np.asarray((total != 0) & (np.sign(of_groups) == -total[:, None]).all(axis=1))
