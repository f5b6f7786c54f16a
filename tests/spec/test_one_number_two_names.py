"""A number that several series show has one status, and what a definition makes smaller than another number
stays a constraint: attacks on editions before these relations were declared.
"""

import pandas as pd

from editions import NORTH, SOUTH, decided, series_counts
from navbook.disclosure import attack

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


WITH, CURVE = "f02_aktivitetskrav_8u/med_arbeidsgiver", "g16_gradert_kurve/uke8"


def eight_weeks() -> pd.DataFrame:
    """9001 has 3 cases that pass eight weeks with an employer. All but 2 of 9002 are graded."""
    counts = [
        series(WITH, {"9001": (1, 3), "9002": (25, 50), "9003": (15, 30), "9004": (30, 60)}),
        series(CURVE, {"9001": (1, 3), "9002": (48, 50), "9003": (10, 30), "9004": (20, 60)}),
    ]
    return decided(counts, MONTH, OFFICES).tall


def test_an_attacker_with_both_names_of_the_cases_learns_no_small_number():
    """The n of a shown row of either is known. By itself the curve would hide 9001 and 9002, the other series
    9001 and 9003, so that all n but that of 9001 would be known.
    """
    units = {"0000": list(OFFICES), NORTH: ["9001", "9002", "9003"], SOUTH: ["9004"]}
    rows = eight_weeks()
    shown = rows[(rows["status"] == "vist") & (rows["periode"] == MONTH)]
    assert set(shown["indikator"]) <= {name.split("/")[0] for name in (WITH, CURVE)}
    known = dict(zip(shown["enhet"], shown["n"], strict=True))
    assert known[NORTH] == 83
    assert len(known) > 3
    cells = [(unit, known.get(unit, 0.0), 0 if unit in known else 1) for unit in (*units, *OFFICES)]
    terms = [(unit, part, 1.0) for unit, parts in units.items() for part in parts]
    terms += [(unit, unit, -1.0) for unit in units]
    found = attack(
        pd.DataFrame(cells, columns=["cell", "value", "status"]),
        pd.DataFrame(terms, columns=["equation", "cell", "coef"]),
    ).set_index("cell")
    assert found.at["9001", "low"] <= 3 <= found.at["9001", "high"]
    assert found.at["9001", "high"] - found.at["9001", "low"] >= 3
