"""Overgang til arbeid: the conformance table, and who is in which of the series.

A status string has a sign per month: A arbeidssøker, N nedsatt arbeidsevne, O under oppfølging as neither,
S registered without follow-up, - not registered. Each case is a person at an office of their own.
"""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from stays import Cell, counts_of, month_number, stays, whole_months

ARBS, NEDSATT = "ota_arbs", "ota_nedsatt"


class Case(NamedTuple):
    name: str
    months: str
    jobs: tuple[int, ...]  # months with an employment
    expected: dict[int, tuple[str, int]]  # month of avgang: the indicator that counts it, 1 if in work
    person: dict[str, Any] | None = None


CASES = [
    Case("plain", "A A A - - - - - -", (9,), {3: (ARBS, 1)}),
    Case("plain, no job", "A A A - - - - - -", (8, 10), {3: (ARBS, 0)}),
    Case("one-month gap is no avgang", "A A - A A A", (12,), {6: (ARBS, 1)}),
    Case("two-month gap, return is irrelevant", "A A - - A", (8,), {2: (ARBS, 1), 5: (ARBS, 0)}),
    Case("reclassified", "N A A - -", (9,), {1: (NEDSATT, 0), 3: (NEDSATT, 1)}),
    Case("reclassified, five months before", "N A A A A A - -", (12,), {1: (NEDSATT, 0), 6: (NEDSATT, 1)}),
    Case("six months before is too early", "N A A A A A A - -", (13,), {1: (NEDSATT, 0), 7: (ARBS, 1)}),
    Case("move", "A A N N N - -", (), {2: (ARBS, 0), 5: (NEDSATT, 0)}),
    Case("move, with a job", "A A N N N - -", (8,), {2: (ARBS, 1), 5: (NEDSATT, 0)}),
    Case("nedsatt before and again in m+1", "N A N - -", (8,), {2: (NEDSATT, 1), 3: (NEDSATT, 0)}),
    Case("nedsatt the month before", "N A - - -", (), {1: (NEDSATT, 0), 2: (NEDSATT, 0)}),
    Case("one month back in the other status", "A N A A - -", (10,), {2: (NEDSATT, 0), 4: (NEDSATT, 1)}),
    Case("neither is a status", "A O O - -", (7,), {1: (ARBS, 1)}),
    Case("ISERV is no status", "A S S S S", (7,), {1: (ARBS, 1)}),
    Case("registered again and in work", "A A - - A A A A", (8,), {2: (ARBS, 1), 8: (ARBS, 0)}),
    Case("dead at m+6", "A A - - -", (8,), {}, {"dodsdato": date(2021, 2, 28)}),
    Case("dead the day after d(m+6)", "A A - - -", (8,), {2: (ARBS, 1)}, {"dodsdato": date(2021, 3, 1)}),
    Case("emigrated on d(m+6)", "A A - - -", (8,), {}, {"utvandringsdato": date(2021, 2, 28)}),
    Case("died within the six months", "A A - -", (), {}, {"dodsdato": date(2020, 8, 31)}),
    Case("19 years", "A - -", (7,), {}, {"fodselsdato": date(2000, 8, 1)}),
    Case("20 years on d(m)", "A - -", (7,), {1: (ARBS, 1)}, {"fodselsdato": date(2000, 7, 31)}),
    Case("66 years on d(m)", "A - -", (7,), {1: (ARBS, 1)}, {"fodselsdato": date(1953, 8, 1)}),
    Case("67 years on d(m)", "A - -", (7,), {}, {"fodselsdato": date(1953, 7, 31)}),
    Case("20 in m+1 is too late", "A A - -", (7, 8), {2: (ARBS, 1)}, {"fodselsdato": date(2000, 8, 31)}),
]  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str, str], Cell]:
    tables: dict[str, list] = {"person": [], "oppfolging": [], "arbeidsforhold": [], "kontor": []}
    for i, case in enumerate(CASES):
        person, office = f"p{i}", office_of(case)
        tables["kontor"].append({"enhetsnr": office})
        tables["person"].append({"person_id": person} | (case.person or {}))
        tables["oppfolging"] += stays(person, case.months, enhetsnr=office)
        tables["arbeidsforhold"] += whole_months(person, case.jobs)
    return counts_of(tmp_path_factory.mktemp("ota"), tables, indicators=[ARBS, NEDSATT])


def office_of(case: Case) -> str:
    return str(9101 + CASES.index(case))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_conformance_table(case: Case, counted: dict[tuple[str, str, str, str], Cell]) -> None:
    found = {
        (indikator, maned): cell
        for (indikator, gruppe, office, maned), cell in counted.items()
        if office == office_of(case) and gruppe == "alle" and cell[1]
    }
    assert found == {
        (indikator, month_number(month)): (success, 1)
        for month, (indikator, success) in case.expected.items()
    }


def series_with(counts: dict[tuple[str, str, str, str], Cell]) -> dict[tuple[str, str], Cell]:
    return {key[:2]: cell for key, cell in counts.items() if cell[1]}


def test_young_and_lg3_count_both_statuses_together(tmp_path: Path) -> None:
    young = {"fodselsdato": "1995-01-01", "fodeland": "SOM"}
    found = counts_of(
        tmp_path,
        {
            "person": [{"person_id": "a"} | young, {"person_id": "n"} | young],
            "oppfolging": [*stays("a", "A - -"), *stays("n", "N - -")],
            "arbeidsforhold": whole_months("a", [7]),
        },
        indicators=["ota_arbs", "ota_nedsatt", "ota_u30", "ota_lg3"],
    )
    assert series_with(found) == {
        ("ota_arbs", "alle"): (1, 1),
        ("ota_arbs", "uten_permitterte"): (1, 1),
        ("ota_nedsatt", "alle"): (0, 1),
        ("ota_u30", "alle"): (1, 2),
        ("ota_lg3", "alle"): (1, 2),
        ("ota_lg3", "fotnote5"): (1, 2),
    }


@pytest.mark.parametrize(
    ("born", "is_young"),
    [("1990-07-31", False), ("1990-08-01", True), ("2000-07-31", True), ("2000-08-01", False)],
    ids=["30 on d(m)", "30 the day after", "20 on d(m)", "19 on d(m)"],
)
def test_u30_is_20_to_29_on_the_counting_date(born: str, is_young: bool, tmp_path: Path) -> None:
    person = {"person_id": "p", "fodselsdato": born}
    found = counts_of(
        tmp_path, {"person": [person], "oppfolging": stays("p", "A - -")}, indicators=["ota_u30"]
    )
    assert (series_with(found) == {("ota_u30", "alle"): (0, 1)}) is is_young


COUNTRIES = {
    "SOM": (True, True),
    "NOR": (False, False),
    "USA": (False, False),
    "GBR": (False, True),
    "CHE": (False, True),
    "AND": (False, True),
    "GIB": (False, True),
    "MCO": (False, True),
    "SMR": (False, True),
    "VAT": (False, True),
    "ALA": (True, False),
    "BMU": (True, False),
    "SPM": (True, False),
    "XXX": (True, True),
    "XXK": (True, True),
    "": (False, False),
}


def test_landgruppe_3_and_its_footnote_5_variant(tmp_path: Path) -> None:
    offices = {country: str(9101 + i) for i, country in enumerate(COUNTRIES)}
    found = counts_of(
        tmp_path,
        {
            "kontor": [{"enhetsnr": office} for office in offices.values()],
            "person": [{"person_id": f"p{c}", "fodeland": c} for c in COUNTRIES],
            "oppfolging": [row for c in COUNTRIES for row in stays(f"p{c}", "A - -", enhetsnr=offices[c])],
        },
        indicators=["ota_lg3"],
    )
    month = month_number(1)
    groups = {
        country: tuple(found["ota_lg3", gruppe, office, month][1] == 1 for gruppe in ("alle", "fotnote5"))
        for country, office in offices.items()
    }
    assert groups == COUNTRIES


def test_permittert_is_asked_on_the_counting_date(tmp_path: Path) -> None:
    laid_off_last = stays("p", "A A - -")
    laid_off_last[1] |= {"permittert": True}
    laid_off_before = stays("q", "A A - -")
    laid_off_before[0] |= {"permittert": True}
    found = counts_of(tmp_path, {"oppfolging": laid_off_last + laid_off_before}, indicators=["ota_arbs"])
    assert series_with(found) == {("ota_arbs", "alle"): (0, 2), ("ota_arbs", "uten_permitterte"): (0, 1)}


def test_the_office_is_that_of_the_last_month(tmp_path: Path) -> None:
    rows = [*stays("p", "A", enhetsnr="9001"), *stays("p", "- A - -", enhetsnr="9002")]
    found = counts_of(tmp_path, {"oppfolging": rows}, indicators=["ota_arbs"])
    assert {key[2:] for key, cell in found.items() if cell[1]} == {("9002", month_number(2))}


def test_a_job_of_nought_per_cent_is_no_work(tmp_path: Path) -> None:
    found = counts_of(
        tmp_path,
        {
            "oppfolging": stays("p", "A - -"),
            "arbeidsforhold": whole_months("p", [7], stillingsprosent=0.0),
        },
        indicators=["ota_arbs"],
    )
    assert series_with(found)["ota_arbs", "alle"] == (0, 1)


def test_only_the_last_day_of_a_month_is_looked_at(tmp_path: Path) -> None:
    between = [{"person_id": "p", "fom": "2020-09-01", "tom": "2020-09-29"}]
    found = counts_of(tmp_path, {"oppfolging": [*stays("p", "A A"), *between]}, indicators=["ota_arbs"])
    assert {key[3] for key, cell in found.items() if cell[1]} == {month_number(2)}
