"""Since when a requirement is not met: months in a row against the same month a year before, or the limit."""

from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from navbook.pages.chapters.unmet_since import unmet_since
from navbook.pages.view import Cell, LetterSeries
from navbook.runtime.periods import month_range

RISE = LetterSeries("ota_arbs", "alle", judged=True, rule={"kind": "higher_than_base", "polarity": 1})
BELOW = LetterSeries(
    "sykefravaer_etat", "sum", judged=True, rule={"kind": "fixed_limit", "operator": "<", "limit": 0.061}
)
TOWARDS = LetterSeries("ota_arbs", "alle", judged=True, rule={"kind": "towards_level", "level_year": 2019})
LAST_YEAR = dict.fromkeys(month_range("2021-01", "2021-12"), 50.0)
RISING = dict.fromkeys(month_range("2022-01", "2022-12"), 55.0)
YEAR = Cell("ota_arbs", "alle", "9001", "2022", status="vist", vurdering="ikke_oppfylt")


def said(
    shares: Mapping[str, float | None],
    series: LetterSeries = RISE,
    tertials: tuple[int, ...] = (),
    cell: Cell = YEAR,
) -> str:
    """What is said where each month has that many of a hundred; None is a month that is not shown."""
    months = [
        Cell(
            series.indikator,
            series.gruppe,
            "9001",
            month,
            status="skjult" if x is None else "vist",
            x=x,
            n=None if x is None else 100.0,
        )
        for month, x in sorted(shares.items())
    ]

    def get(indikator: str, gruppe: str, enhet: str, periode: str) -> Cell:
        met = "ikke_oppfylt" if int(periode[-1]) in tertials else "kan_ikke_avgjores"
        return Cell(indikator, gruppe, enhet, periode, status="vist", vurdering=met)

    cells = SimpleNamespace(months=lambda *_: months, get=get)
    return unmet_since(SimpleNamespace(cells=cells), cell, series)  # type: ignore[arg-type]


def late(**changed: float | None) -> dict[str, float | None]:
    """2021 with 50 of a hundred every month, 2022 with 55 but in the months named (`m12=45`)."""
    return LAST_YEAR | RISING | {f"2022-{name[1:]}": x for name, x in changed.items()}


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        (
            late(m10=45, m11=45, m12=45),
            "I tre måneder på rad til og med desember 2022 var tallet ikke høyere",
        ),
        # the same as a year before is not higher
        (
            late(m10=50, m11=50, m12=50),
            "I tre måneder på rad til og med desember 2022 var tallet ikke høyere",
        ),
        (late(m09=None, m10=45, m11=45, m12=45), "I minst tre måneder på rad til og med desember 2022"),
        (late(m08=45, m09=55, m11=45, m12=45), "I to måneder på rad til og med desember 2022"),
        (late(m12=45), "Måneden før var det bedre."),
        (late(m10=45, m11=45), "I desember 2022 var tallet høyere enn i samme måned året før."),
    ],
)
def test_months_in_a_row_are_counted_from_the_last_month_of_the_period(
    shares: dict[str, float | None], words: str
) -> None:
    assert words in said(shares)


def test_the_whole_cover_on_the_wrong_side_is_at_least_so_long() -> None:
    never = said(LAST_YEAR | dict.fromkeys(RISING, 40.0))
    assert never == (
        "I minst tolv måneder på rad til og med desember 2022 var tallet ikke høyere enn i samme måned "
        "året før."
    )


def test_a_limit_is_compared_with_itself_and_reaching_it_is_not_below() -> None:
    shares = {"2022-09": 5.0, "2022-10": 6.0, "2022-11": 6.1, "2022-12": 7.0}
    assert said(shares, BELOW) == (
        "I to måneder på rad til og med desember 2022 var tallet ikke under grensen på 6,1 prosent."
    )


@pytest.mark.parametrize("shares", [{}, late(m12=None)])
def test_nothing_is_said_of_months_where_the_last_is_not_shown(shares: dict[str, float | None]) -> None:
    assert said(shares) == ""


def test_a_rule_about_a_level_says_nothing_of_single_months() -> None:
    assert said(late(m12=45), TOWARDS) == ""


def test_the_tertials_of_a_year_are_named() -> None:
    assert said({}, tertials=(1, 3)) == (
        "Kravet er heller ikke oppfylt i 1. tertial 2022 og 3. tertial 2022."
    )


def test_a_month_is_not_set_against_itself() -> None:
    month = Cell("ota_arbs", "alle", "9001", "2022-12", status="vist", vurdering="ikke_oppfylt")
    assert said(late(m11=45, m12=45), cell=month).startswith("I to måneder på rad")
