"""The municipal side of an office: its municipalities with their figures and goals."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from navbook.edition import Edition
from navbook.edition.schema import VIST
from navbook.runtime.periods import parse_period


@dataclass(frozen=True)
class MunicipalFigure:
    """A figure as the mean of the months, now and in the same period a year before.

    `value` and `before` are persons a month, None where `status` or `status_before` is not `vist`.
    """

    code: str
    name: str
    status: str
    value: float | None
    status_before: str
    before: float | None


@dataclass(frozen=True)
class MunicipalGoal:
    """A goal in the municipality's own words; `deadline` is a date as text, or empty."""

    text: str
    deadline: str


@dataclass(frozen=True)
class Municipality:
    """A municipality that the office serves; `shared_with` names its other offices."""

    number: str
    name: str
    shared_with: str
    figures: tuple[MunicipalFigure, ...]
    goals: tuple[MunicipalGoal, ...]


def municipalities_of(edition: Edition, enhet: str) -> list[Municipality]:
    """The municipalities of an office in number order; none if the extract does not say."""
    links, figures, goals = (
        _own(edition.further(name), enhet) for name in ("kommuner", "kommunale_tall", "kommunale_mal")
    )
    period = str(edition.utgave["periode"])
    return [
        Municipality(
            number=str(link["kommunenr"]),
            name=str(link["kommune_navn"]),
            shared_with=str(link["delt_med"]),
            figures=_figures(figures[figures["kommunenr"] == link["kommunenr"]], period),
            goals=tuple(
                MunicipalGoal(str(goal["kommunens_mal"]), str(goal["frist"]))
                for goal in goals[goals["kommunenr"] == link["kommunenr"]].to_dict("records")
            ),
        )
        for link in links.sort_values("kommunenr", kind="stable").to_dict("records")
    ]


def _own(table: pd.DataFrame, enhet: str) -> pd.DataFrame:
    return table[table["enhet"] == enhet]


def _figures(rows: pd.DataFrame, period: str) -> tuple[MunicipalFigure, ...]:
    earlier = parse_period(period).shifted(-12).name
    known = {(r["tall"], r["periode"]): r for r in rows.to_dict("records")}
    return tuple(
        MunicipalFigure(
            code=str(code),
            name=str(known[code, period]["tall_navn"]),
            status=str(known[code, period]["status"]),
            value=_value(known[code, period]),
            status_before=str(known[code, earlier]["status"]),
            before=_value(known[code, earlier]),
        )
        for code in sorted({code for code, _ in known})
    )


def _value(row: dict[Hashable, Any]) -> float | None:
    return float(row["verdi"]) if row["status"] == VIST else None
