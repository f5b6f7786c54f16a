"""Goals outside the styringsparametere, by hand: the day that is just in time, and the one that is not.

Unless a case says otherwise a sick leave begins on 1 January 2021, so that day 56 is 26 February and day 84
is 26 March, and the person is followed up all of 2021.
"""

from pathlib import Path
from typing import Any

import pytest

from apart import Case, cells_apart
from stays import counts_of

YEAR = {"fom": "2021-01-01", "tom": "2021-12-31"}
YOUNG = [{"fodselsdato": "1991-04-01"}]  # 29 years old on 31 March 2021
NOTHING: dict[tuple[str, str], Any] = {}


def leave(name: str, tom: str = "2021-03-31", fom: str = "2021-01-01", **fields: Any) -> dict[str, Any]:
    return {"sykmelding_id": name, "fom": fom, "tom": tom} | fields


def assessed(name: str, day: str | None) -> list[dict[str, Any]]:
    return [{"sykmelding_id": name, "vurdert": day}]


def aap(*days: tuple[str, str | None]) -> dict[str, list[dict[str, Any]]]:
    return {
        "oppfolging": [{"fom": "2020-01-01", "tom": "2022-12-31", "innsatsgruppe": "BATT"}],
        "ytelse": [{"fom": fom, "tom": tom} for fom, tom in days],
    }


def stock(group: str, months: list[str], x: int, n: int | None = 1) -> dict[tuple[str, str], Any]:
    return {(group, month): (x, n) for month in months}


MED, UTEN = "med_arbeidsgiver", "uten_arbeidsgiver"
F02 = [
    Case("assessed on day 56", {"sykmelding": [leave("a")], "aktivitetskrav": assessed("a", "2021-02-26")},
         {(MED, "2021-02"): (1, 1)}),
    Case("the day after", {"sykmelding": [leave("b")], "aktivitetskrav": assessed("b", "2021-02-27")},
         {(MED, "2021-02"): (0, 1)}),
    Case("a row without a day", {"sykmelding": [leave("c")], "aktivitetskrav": assessed("c", None)},
         {(MED, "2021-02"): (0, 1)}),
    Case("never", {"sykmelding": [leave("d")], "aktivitetskrav": []}, {(MED, "2021-02"): (0, 1)}),
    Case("on an earlier certificate of the case",
         {"sykmelding": [leave("e", "2021-01-31"), leave("f", fom="2021-02-17")],
          "aktivitetskrav": assessed("e", "2021-01-20")}, {(MED, "2021-02"): (1, 1)}),
    Case("on a certificate of an earlier case",
         {"sykmelding": [leave("g", "2020-11-30", "2020-11-01"), leave("h")],
          "aktivitetskrav": assessed("g", "2020-11-20")}, {(MED, "2021-02"): (0, 1)}),
    Case("without employer", {"sykmelding": [leave("i", arbeidsgiver=False)],
         "aktivitetskrav": assessed("i", "2021-02-01")}, {(UTEN, "2021-02"): (1, 1)}),
    Case("well on day 56", {"sykmelding": [leave("j", "2021-02-25")], "aktivitetskrav": []}, NOTHING),
    Case("29 February 2020 + 56 days is 25 April",
         {"sykmelding": [leave("k", "2020-04-25", "2020-02-29")], "aktivitetskrav": []},
         {(MED, "2020-04"): (0, 1)}),
]  # fmt: skip
ALONE = [leave("s", arbeidsgiver=False)]
F05 = [
    Case("decided", {"sykmelding": ALONE, "oppfolging": [YEAR]}, {("alle", "2021-03"): (1, 1)}),
    Case("decided on day 84", {"sykmelding": ALONE, "oppfolging": [{"fom": "2021-03-26"}]},
         {("alle", "2021-03"): (1, 1)}),
    Case("decided the day after", {"sykmelding": ALONE, "oppfolging": [{"fom": "2021-03-27"}]},
         {("alle", "2021-03"): (0, 1)}),
    Case("the decision ended on day 83",
         {"sykmelding": ALONE, "oppfolging": [{"fom": "2021-01-01", "tom": "2021-03-25"}]},
         {("alle", "2021-03"): (0, 1)}),
    Case("followed up, but not assessed",
         {"sykmelding": ALONE,
          "oppfolging": [YEAR | {"formidlingsgruppe": "IARBS", "innsatsgruppe": "VURDU"}]},
         {("alle", "2021-03"): (0, 1)}),
    Case("not followed up", {"sykmelding": ALONE}, {("alle", "2021-03"): (0, 1)}),
    Case("young", {"sykmelding": ALONE, "oppfolging": [YEAR], "person": YOUNG},
         {("alle", "2021-03"): (1, 1), ("under30", "2021-03"): (1, 1)}),
    Case("with an employer", {"sykmelding": [leave("t")], "oppfolging": [YEAR]}, NOTHING),
]  # fmt: skip
SPRING = ["2021-04", "2021-05"]
F06 = [
    Case("ends 30 June", aap(("2021-01-01", "2021-06-30")), stock("alle", SPRING, 0)),
    Case("ends 1 July", aap(("2021-01-01", "2021-07-01")), stock("alle", ["2021-05", "2021-06"], 0)),
    Case("another after 14 days", aap(("2021-01-01", "2021-06-30"), ("2021-07-15", None)),
         stock("alle", SPRING, 1)),
    Case("another after 15 days", aap(("2021-01-01", "2021-06-30"), ("2021-07-16", None)),
         stock("alle", SPRING, 0)),
    Case("another the day after", aap(("2021-01-01", "2021-06-30"), ("2021-07-01", None)),
         stock("alle", SPRING, 1)),
    Case("another that overlaps is the same", aap(("2021-01-01", "2021-06-30"), ("2021-06-30", None)),
         NOTHING),
    Case("ends on leap day", aap(("2020-01-01", "2020-02-29")), stock("alle", ["2020-01"], 0)),
    Case("began in the month before", aap(("2021-05-31", "2021-06-30")), stock("alle", ["2021-05"], 0)),
    Case("not followed up", {"ytelse": [{"fom": "2021-01-01", "tom": "2021-06-30"}]}, NOTHING),
]  # fmt: skip
F09 = [
    Case(name, {"serviceklage": [{"mottatt": "2021-03-31", "behandlet": handled}]},
         {("alle", "2021-03"): (x, 1)})
    for name, handled, x in (
        ("the same day", "2021-03-31", 1), ("day 21", "2021-04-21", 1), ("day 22", "2021-04-22", 0),
        ("never", None, 0),
    )
]  # fmt: skip
GAPS = [
    Case("14 days without", aap(("2021-01-01", "2021-06-30"), ("2021-07-15", None)),
         {("alle", "2021-07"): (0, 1)}),
    Case("15 days", aap(("2021-01-01", "2021-06-30"), ("2021-07-16", None)), {("alle", "2021-07"): (1, 1)}),
    Case("none", aap(("2021-01-01", "2021-06-30"), ("2021-07-01", None)), NOTHING),
    Case("182 days", aap(("2021-01-01", "2021-06-30"), ("2021-12-30", None)), {("alle", "2021-12"): (1, 1)}),
    Case("183 days is a new case", aap(("2021-01-01", "2021-06-30"), ("2021-12-31", None)), NOTHING),
]  # fmt: skip
IN_MAY = {"fom": "2021-05-01", "tom": "2021-05-31"}
ON_AAP = {"oppfolging": [IN_MAY | {"innsatsgruppe": "BATT"}], "ytelse": [IN_MAY]}
TREATED = IN_MAY | {"type": "BEHANDLING"}
G04 = [
    Case("treatment and activity", ON_AAP | {"aktivitet": [TREATED, IN_MAY]}, {("alle", "2021-05"): (1, 1)}),
    Case("treatment and work", ON_AAP | {"aktivitet": [TREATED], "arbeidsforhold": [IN_MAY]},
         {("alle", "2021-05"): (1, 1)}),
    Case("treatment alone", ON_AAP | {"aktivitet": [TREATED]}, {("alle", "2021-05"): (0, 1)}),
    Case("activity alone", ON_AAP | {"aktivitet": [IN_MAY]}, {("alle", "2021-05"): (0, 1)}),
    Case("finished on the first of the month",
         ON_AAP | {"aktivitet": [TREATED | {"fom": "2021-03-01", "tom": "2021-05-01", "status": "FULLFORT"},
                                 IN_MAY]}, {("alle", "2021-05"): (1, 1)}),
    Case("finished the day before",
         ON_AAP | {"aktivitet": [TREATED | {"fom": "2021-03-01", "tom": "2021-04-30", "status": "FULLFORT"},
                                 IN_MAY]}, {("alle", "2021-05"): (0, 1)}),
    Case("planned only", ON_AAP | {"aktivitet": [TREATED | {"status": "PLANLAGT"}, IN_MAY]},
         {("alle", "2021-05"): (0, 1)}),
]  # fmt: skip
IN_MARCH = {"fom": "2021-03-01", "tom": "2021-03-31"}
G05 = [
    Case(kind, {"person": YOUNG, "oppfolging": [IN_MARCH], "ytelse": [IN_MARCH | {"ytelse": kind}]},
         {("alle", "2021-03"): (x, 1)})
    for kind, x in (("AAP", 1), ("SP", 1), ("UFO", 1), ("TP", 0), ("DAG", 0))
] + [
    Case("30 years the next day", {"person": YOUNG, "oppfolging": [IN_MARCH | {"tom": "2021-04-30"}]},
         {("alle", "2021-03"): (0, 1)}),
]  # fmt: skip
G06 = [
    Case("takes part on the last day", {"kvp": [IN_MAY]}, {("alle", "2021-05"): (1, None)}),
    Case("stopped the day before", {"kvp": [IN_MAY | {"tom": "2021-05-30"}]}, NOTHING),
    Case("twice is once", {"kvp": [IN_MAY, IN_MAY | {"fom": "2021-05-10"}]},
         {("alle", "2021-05"): (1, None)}),
    Case("moved abroad on the day", {"kvp": [IN_MAY], "person": [{"utvandringsdato": "2021-05-31"}]},
         NOTHING),
]  # fmt: skip
PLACE = {"oppfolging": [IN_MAY | {"innsatsgruppe": "VARIG"}]}


def place(*codes: str, **fields: Any) -> dict[str, Any]:
    return PLACE | {"tiltak": [IN_MAY | {"tiltakskode": code} | fields for code in codes]}


G07 = [
    Case("sheltered", place("VASV"), {("alle", "2021-05"): (0, 1)}),
    Case("ordinary", place("VATIAROR"), {("alle", "2021-05"): (1, 1)}),
    Case("by their everyday and newest names", place("VTA", "TILRETTELAGT_ARBEID_ORDINAER"),
         {("alle", "2021-05"): (1, 1)}),
    Case("another measure", place("ARBTREN"), NOTHING),
    Case("never began", place("VASV", deltakerstatus="IKKEM"), NOTHING),
    Case("not followed up", {"tiltak": [IN_MAY | {"tiltakskode": "VASV"}]}, NOTHING),
]  # fmt: skip
G11 = [
    Case(code, place(code), {("alle", "2021-05"): (x, 1)})
    for code, x in (("MIDLONTIL", 1), ("ARBTREN", 1), ("VATIAROR", 1), ("GRUPPEAMO", 0), ("INDJOBSTOT", 0),
                    ("AVKLARAG", 0), ("UKJENT", 0))
]  # fmt: skip
LEFT = {"oppfolging": [{"fom": "2021-01-01", "tom": "2021-02-28"}]}  # the six months are over on 31 August
STUDY = {"fom": "2021-08-01", "tom": "2021-08-31", "type": "UTDANNINGSAKTIVITET"}
G47 = [
    Case("studies", LEFT | {"aktivitet": [STUDY]}, {("alle", "2021-02"): (1, 1)}),
    Case("studied until the day before", LEFT | {"aktivitet": [STUDY | {"tom": "2021-08-30"}]},
         {("alle", "2021-02"): (0, 1)}),
    Case("another activity", LEFT | {"aktivitet": [STUDY | {"type": "EGENAKTIVITET"}]},
         {("alle", "2021-02"): (0, 1)}),
    Case("a university place", LEFT | {"tiltak": [STUDY | {"tiltakskode": "HOYEREUTD"}]},
         {("alle", "2021-02"): (1, 1)}),
    Case("a course", LEFT | {"tiltak": [STUDY | {"tiltakskode": "GRUPPEAMO"}]},
         {("alle", "2021-02"): (0, 1)}),
    Case("works", LEFT | {"arbeidsforhold": [{"fom": "2021-08-31"}]}, {("alle", "2021-02"): (1, 1)}),
    Case("both are one", LEFT | {"arbeidsforhold": [{"fom": "2021-08-31"}], "aktivitet": [STUDY]},
         {("alle", "2021-02"): (1, 1)}),
]  # fmt: skip
FAMILIES = {
    "f02_aktivitetskrav_8u": F02, "f05_avklart_12u": F05, "f06_aap_utlop": F06,
    "f09_serviceklager_frist": F09, "g01_aap_opphold": GAPS, "g04_behandling_aktivitet": G04,
    "g05_unge_helseytelser": G05, "g06_kvp": G06, "g07_vta_ordinaer": G07, "g11_ordinaert_arbeidsliv": G11,
    "g47_arbeid_utdanning": G47,
}  # fmt: skip


@pytest.mark.parametrize("indikator", FAMILIES)
def test_by_hand(indikator: str, tmp_path: Path) -> None:
    cases = FAMILIES[indikator]
    found = cells_apart(tmp_path, cases, indikator)
    assert found == {case.name: dict(case.expected) for case in cases}


@pytest.mark.parametrize(
    ("fom", "month", "group", "x"),
    [
        ("2021-02-01", "2022-01", "over_ett_ar", 1),  # 365 days on 31 January 2022
        ("2021-02-02", "2022-01", "over_ett_ar", 0),
        ("2020-02-02", "2022-01", "over_to_ar", 1),  # 730 days, a 29 February among them
        ("2020-02-03", "2022-01", "over_to_ar", 0),
    ],
)
def test_how_long_on_aap(fom: str, month: str, group: str, x: int, tmp_path: Path) -> None:
    tables = aap((fom, "2021-06-30"), ("2021-07-15", None))
    cells = cells_apart(tmp_path, [Case("one", tables, {})], "g01_aap_varighet")["one"]
    assert cells[group, month] == (x, 1)


def test_the_graded_curve_at_12_weeks_is_the_styringsparameter(tmp_path: Path) -> None:
    rows = [
        {"person_id": name, "fom": "2021-01-01", "tom": tom, "grad": grad, "sykmelding_id": name}
        for name, tom, grad in (
            ("a", "2021-03-26", 50.0),
            ("b", "2021-08-31", 100.0),
            ("c", "2021-07-02", 40.0),
        )
    ]
    cells = counts_of(tmp_path, {"sykmelding": rows}, indicators=["g16_gradert_kurve", "gradert_12u"])
    at = {key[1:]: cell for key, cell in cells.items() if cell[1]}
    assert at["uke4", "9001", "2021-01"] == (2, 3)
    assert at["uke8", "9001", "2021-02"] == (2, 3)
    assert at["uke12", "9001", "2021-03"] == at["alle", "9001", "2021-03"] == (2, 3)
    assert at["uke26", "9001", "2021-07"] == (1, 2)  # 2 July is day 182


@pytest.mark.parametrize(
    ("table", "indicators"),
    [
        ("sykmelding", ["f05_avklart_12u", "g16_gradert_kurve"]),
        ("aktivitetskrav", ["f02_aktivitetskrav_8u"]),
        ("serviceklage", ["f09_serviceklager_frist", "f10_serviceklager"]),
        ("kvp", ["g06_kvp"]),
    ],
)
def test_a_missing_table_gives_no_rows_and_an_empty_one_gives_noughts(
    table: str, indicators: list[str], tmp_path: Path
) -> None:
    others: dict[str, Any] = {"sykmelding": []} if table == "aktivitetskrav" else {}
    assert not counts_of(tmp_path / "missing", others, indicators=indicators)
    empty = counts_of(tmp_path / "empty", others | {table: []}, indicators=indicators)
    assert {key[0] for key in empty} == set(indicators)
    assert set(empty.values()) <= {(0.0, 0.0), (0.0, None)}
