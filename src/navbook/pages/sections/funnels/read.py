"""The funnel plots that an edition holds: the points of the offices and the limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from navbook.edition import Edition
from navbook.edition.schema import COUNTRY
from navbook.pages.charts import FunnelPoint, LimitLine

# the columns of the limits and the class of each line; "smal" are the limits without overdispersion
LIMITS = (
    ("smal_nedre_95", "smal"),
    ("smal_ovre_95", "smal"),
    ("smal_nedre_998", "smal"),
    ("smal_ovre_998", "smal"),
    ("nedre_95", "95"),
    ("ovre_95", "95"),
    ("nedre_998", "998"),
    ("ovre_998", "998"),
    ("nedre_fdr", "fdr"),
    ("ovre_fdr", "fdr"),
)


@dataclass(frozen=True)
class Funnel:
    """The funnel plot of one series as the edition holds it."""

    target: float
    left_out: int
    points: Sequence[FunnelPoint]
    lines: Sequence[LimitLine]
    by_office: Mapping[str, FunnelPoint] = field(default_factory=dict)

    @property
    def outside(self) -> list[FunnelPoint]:
        """The outliers by the false discovery rate, in number order."""
        return [point for point in self.points if point.side]


def read_funnels(edition: Edition) -> dict[tuple[str, str], Funnel]:
    """The funnel plots of an edition by (indikator, gruppe); the pages of all units share them."""
    return edition.compute_once("trakt", _read_funnels)


def _read_funnels(edition: Edition) -> dict[tuple[str, str], Funnel]:
    lines = dict(iter(edition.further("traktlinjer").groupby(["indikator", "gruppe"], sort=False)))
    parts = edition.further("trakt").groupby(["indikator", "gruppe"], sort=False)
    return {(str(key[0]), str(key[1])): _funnel(part, lines[key]) for key, part in parts}


def _funnel(rows: pd.DataFrame, limits: pd.DataFrame) -> Funnel:
    country = rows[rows["enhet"] == COUNTRY].iloc[0]
    offices = rows[rows["enhet"] != COUNTRY].sort_values("enhet")
    names = ["enhet", "n", "verdi", "nedre", "ovre", "utslag"]
    points = [
        FunnelPoint(str(enhet), n, share, lower, upper, int(side))
        for enhet, n, share, lower, upper, side in offices[names].itertuples(index=False, name=None)
    ]
    return Funnel(
        target=float(country["mal"]),
        left_out=int(country["utenfor"]),
        points=points,
        lines=_lines(limits),
        by_office={point.enhet: point for point in points},
    )


def _lines(limits: pd.DataFrame) -> list[LimitLine]:
    sizes = limits["n"].tolist()
    made = []
    for column, css in LIMITS:
        known = [
            (n, share) for n, share in zip(sizes, limits[column].tolist(), strict=True) if share == share
        ]
        made.append(LimitLine(known, css))
    return made
