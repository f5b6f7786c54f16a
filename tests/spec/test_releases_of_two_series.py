"""Two editions with shared months, attacked with both series of a definition and all periods in one system.

Everybody under 30 in work is also in work or education, so that the difference of the two series is a count
of persons like any other. In the first tertial of 2022 only few of 9001 are in education.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import pytest

from editions import MANIFEST, NORTH, SOUTH, counts_frame, letter_in, register_of
from navbook.disclosure import attack, load_settings
from navbook.edition.ledger import COLUMNS, no_releases
from navbook.estimate import estimate
from navbook.gate import EarlierReleases, decide
from navbook.indicators import REGISTRY
from navbook.runtime.periods import month_range, parse_period

OFFICES = {"9001": NORTH, "9002": NORTH, "9003": SOUTH, "9004": SOUTH}
UNITS = {office: (office,) for office in OFFICES} | {NORTH: ("9001", "9002"), SOUTH: ("9003", "9004")}
UNITS |= {"0000": tuple(OFFICES)}
MEMBERS = {unit: " ".join(offices) for unit, offices in UNITS.items()} | {"0000": ""}
MONTHS = month_range("2021-01", "2022-12")
FEW = month_range("2022-01", "2022-04")
WIDE, NARROW = ("g47_arbeid_utdanning", "under30"), ("ota_u30", "alle")
EDUCATION = ("i utdanning", "")
SERIES = (WIDE, NARROW, EDUCATION)
Cell = tuple[tuple[str, str], str, str]


def numbers() -> dict[tuple[tuple[str, str], str, str], int]:
    """How many, by (series, office, month). From January to April 2022 one person is in education."""
    found = {}
    for k, office in enumerate(OFFICES):
        for m, month in enumerate(MONTHS):
            education = int(office == "9001" and month == FEW[0]) if month in FEW else 4 + (3 * k + 5 * m) % 8
            found[NARROW, office, month] = work = 20 + (7 * k + 3 * m) % 19
            found[EDUCATION, office, month] = education
            found[WIDE, office, month] = work + education
    return found


def counts() -> pd.DataFrame:
    shown = {cell: x for cell, x in numbers().items() if cell[0] != EDUCATION}
    return counts_frame((*series, *place, float(x), 100.0) for (series, *place), x in shown.items())


def edition(period: str, ledger: pd.DataFrame) -> pd.DataFrame:
    asked, table = parse_period(period), counts()
    cover = MANIFEST.model_copy(update={"dekker_fom": date(2021, 1, 1)})
    estimates = estimate(table, register_of(OFFICES), cover, letter_in(asked.year), REGISTRY, asked)
    tall = decide(estimates, load_settings(), "nav", earlier=EarlierReleases(ledger, table)).tall
    pairs = pd.Series(zip(tall["indikator"], tall["gruppe"], strict=True), index=tall.index)
    return tall[pairs.isin([WIDE, NARROW]) & tall["status"].isin(["vist", "skjult"])]


def ledger_of(tall: pd.DataFrame) -> pd.DataFrame:
    shown = tall[tall["status"] == "vist"]
    return shown.assign(
        utgivelse=1,
        utgave="2022",
        uttrekksdato="2023-01-01",
        fylke=shown["enhet"].map(OFFICES).fillna(""),
        medlemmer=shown["enhet"].map(MEMBERS),
    ).loc[:, list(COLUMNS)]


def equations(periods: Mapping[str, tuple[str, ...]]) -> list[tuple[Cell, list[Cell]]]:
    """Total and parts of every sum over series, months and units."""
    sums = []
    for unit, offices in UNITS.items():
        for period, months in periods.items():
            sums.append(((WIDE, unit, period), [(NARROW, unit, period), (EDUCATION, unit, period)]))
            for series in SERIES:
                if len(months) > 1:
                    sums.append(((series, unit, period), [(series, unit, month) for month in months]))
                if len(offices) > 1:
                    sums.append(((series, unit, period), [(series, office, period) for office in offices]))
    return sums


def known_too_closely(editions: list[pd.DataFrame]) -> list[str]:
    """The small numbers in education that a reader of the editions bounds within less than three."""
    rows = pd.concat(editions)
    periods = {name: parse_period(name).months for name in rows["periode"].unique()}
    sums = equations(periods | {month: (month,) for month in MONTHS})
    shown = rows[rows["status"] == "vist"]
    known = {((row.indikator, row.gruppe), row.enhet, row.periode): row.x for row in shown.itertuples()}
    by_month, name = numbers(), {}
    for cell in dict.fromkeys(cell for total, parts in sums for cell in (total, *parts)):
        series, unit, period = cell
        months = periods.get(period, (period,))
        name[cell] = "|".join((*series, unit, period))
        true = sum(by_month[series, office, month] for office in UNITS[unit] for month in months)
        assert known.get(cell, true) == true
        by_month[cell] = true
    cells = pd.DataFrame(
        [(name[cell], float(by_month[cell]), 0 if cell in known else 2) for cell in name],
        columns=["cell", "value", "status"],
    )
    terms = [
        (str(number), name[cell], coefficient)
        for number, (total, parts) in enumerate(sums)
        for cell, coefficient in [(total, -1.0), *((part, 1.0) for part in parts)]
    ]
    found = attack(cells, pd.DataFrame(terms, columns=["equation", "cell", "coef"])).set_index("cell")
    width = found["high"] - found["low"]
    return [
        name[cell]
        for cell in name
        if cell[0] == EDUCATION and cell[2] in periods and by_month[cell] < 4 and width[name[cell]] < 3 - 1e-6
    ]


FIRST, SECOND = "2021-07..2022-06", "2022"


@pytest.mark.parametrize("period", [FIRST, SECOND])
def test_one_edition_keeps_the_difference_of_two_series(period: str) -> None:
    assert known_too_closely([edition(period, no_releases())]) == []


def test_two_editions_keep_the_difference_of_two_series() -> None:
    first = edition(FIRST, no_releases())
    assert known_too_closely([first, edition(SECOND, ledger_of(first))]) == []
