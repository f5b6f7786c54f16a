"""The labour market of the regions of a unit, now and in the same period the year before."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from navbook.edition import Edition
from navbook.edition.schema import IKKE_I_UTTREKKET, VIST
from navbook.runtime.periods import parse_period


@dataclass(frozen=True)
class Market:
    """The labour market of a period, as means of its months: `share` fully unemployed of the labour force
    (0–1), `unemployed` and `force` in persons, `vacancies` in jobs. All are None unless `status` is `vist`.
    """

    status: str
    share: float | None = None
    unemployed: float | None = None
    force: float | None = None
    vacancies: float | None = None


@dataclass(frozen=True)
class RegionMarket:
    """The labour market of a region now and the year before; the name is empty for all regions together."""

    name: str
    now: Market
    before: Market

    @property
    def known(self) -> bool:
        """Whether the extract has figures of the region."""
        return self.now.status != IKKE_I_UTTREKKET


def labour_markets_of(edition: Edition, enhet: str) -> list[RegionMarket]:
    """The regions of a unit by name, all together first; none if the extract has no such table."""
    table = edition.further("arbeidsmarked")
    period = str(edition.utgave["periode"])
    earlier = parse_period(period).shifted(-12).name
    rows = {
        (str(row["arbeidsmarkedsregion"]), str(row["periode"])): row
        for row in table[table["enhet"] == enhet].to_dict("records")
    }
    return [
        RegionMarket(name, _market(rows[name, period]), _market(rows[name, earlier]))
        for name in sorted({name for name, _ in rows}, key=_by_number)
    ]


def _by_number(name: str) -> tuple[str, int, str]:
    """«Region 2» before «Region 10»."""
    text = name.rstrip("0123456789")
    return text, int(name[len(text) :] or 0), name


def _market(row: dict[Hashable, Any]) -> Market:
    if row["status"] != VIST:
        return Market(str(row["status"]))
    share, unemployed, force = (
        float(row[name]) for name in ("andel_helt_ledige", "helt_ledige", "arbeidsstyrke")
    )
    vacancies = float(row["ledige_stillinger"])
    return Market(VIST, share, unemployed, force, None if vacancies != vacancies else vacancies)
