"""A number that several series show has one status, and what a definition makes smaller than another number
stays a constraint: attacks on editions before these relations were declared.
"""

import pandas as pd

from editions import NORTH, SOUTH, decided, series_counts

MONTH = "2022-03"
OFFICES = {"9001": NORTH, "9002": NORTH, "9003": NORTH, "9004": SOUTH}


def status(tall: pd.DataFrame, series: str) -> dict[str, str]:
    """The status by unit."""
    indikator, gruppe = series.split("/")
    rows = tall[(tall["indikator"] == indikator) & (tall["gruppe"] == gruppe) & (tall["periode"] == MONTH)]
    return dict(zip(rows["enhet"], rows["status"], strict=True))


def series(name: str, offices: dict[str, tuple[float, float | None]]) -> pd.DataFrame:
    indikator, gruppe = name.split("/")
    return series_counts(indikator, gruppe, [MONTH], offices)


def none_shows_what_is_hidden(tall: pd.DataFrame, hidden: str, shows_it: str) -> None:
    """No row of `shows_it` stands where the row of `hidden` is withheld; there is such a row."""
    withheld = {unit for unit, value in status(tall, hidden).items() if value == "skjult"}
    other = status(tall, shows_it)
    assert withheld & set(OFFICES)
    assert {unit for unit in withheld if other[unit] == "vist"} == set()


def test_the_number_of_complaints_is_not_printed_as_the_n_of_those_in_time():
    """9001 has 3 complaints, and 9003 is hidden with it. All but 2 of 9002 were in time."""
    counts = [
        series("f10_serviceklager/alle", {"9001": (3, None), "9002": (30, None), "9003": (20, None)}),
        series("f10_serviceklager/alle", {"9004": (40, None)}),
        series("f09_serviceklager_frist/alle", {"9001": (1, 3), "9002": (28, 30), "9003": (10, 20)}),
        series("f09_serviceklager_frist/alle", {"9004": (20, 40)}),
    ]
    tall = decided(counts, MONTH, OFFICES).tall
    none_shows_what_is_hidden(tall, "f10_serviceklager/alle", "f09_serviceklager_frist/alle")


def test_the_number_with_aap_is_not_printed_as_the_n_of_those_with_two_years():
    """Two names away: n of two years is n of one year, which is the number with AAP."""
    aap = {"9001": 3, "9002": 50, "9003": 20, "9004": 60}
    counts = [
        series("portefolje/alle", {name: (10.0 * n, None) for name, n in aap.items()}),
        series("portefolje/AAP", {name: (n, None) for name, n in aap.items()}),
        series("g01_aap_varighet/over_ett_ar", {name: (n // 2, n) for name, n in aap.items()}),
        series("g01_aap_varighet/over_to_ar", {"9001": (0, 3), "9002": (48, 50), "9003": (5, 20)}),
        series("g01_aap_varighet/over_to_ar", {"9004": (15, 60)}),
    ]
    tall = decided(counts, MONTH, OFFICES).tall
    none_shows_what_is_hidden(tall, "portefolje/AAP", "g01_aap_varighet/over_ett_ar")
    none_shows_what_is_hidden(tall, "portefolje/AAP", "g01_aap_varighet/over_to_ar")


def test_how_many_with_reduced_capacity_lack_aap_is_no_difference_of_two_shown_numbers():
    """Everybody with AAP has reduced capacity: 43 less 40 are three persons of 9003."""
    nedsatt = {"9001": 80, "9002": 90, "9003": 43, "9004": 120}
    counts = [
        series("portefolje/alle", dict.fromkeys(nedsatt, (300, None))),
        series("portefolje/nedsatt", {name: (n, None) for name, n in nedsatt.items()}),
        series("portefolje/AAP", {"9001": (50, None), "9002": (60, None), "9003": (40, None)}),
        series("portefolje/AAP", {"9004": (70, None)}),
    ]
    tall = decided(counts, MONTH, OFFICES).tall
    shown = [status(tall, f"portefolje/{group}")["9003"] for group in ("nedsatt", "AAP")]
    assert "skjult" in shown
