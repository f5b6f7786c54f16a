"""AAP at 26 weeks: which spells pass day 182, when, and who is in work or in tiltak on that day.

Unless a case says otherwise the spell begins on 1 January 2021, so that it passes on 2 July, and the person
is under oppfølging all year.
"""

from pathlib import Path
from typing import Any

import pytest

from apart import Case, case_id, cells_apart
from extracts import write_extract
from navbook.extract import open_extract
from navbook.indicators import uten_kontor

FIRST, PASSING, DAY_BEFORE, DAY_AFTER = "2021-01-01", "2021-07-02", "2021-07-01", "2021-07-03"
IDLE, BUSY, NOTHING = {("alle", "2021-07"): (0, 1)}, {("alle", "2021-07"): (1, 1)}, {}
ALL_ALONG = {"fom": "2020-01-01", "tom": None, "innsatsgruppe": "BATT"}


def days(fom: str = FIRST, tom: str | None = "2021-07-31", **fields: Any) -> dict[str, Any]:
    return {"fom": fom, "tom": tom} | fields


def spell(name: str, expected: dict, *aap: dict[str, Any], **tables: list[dict[str, Any]]) -> Case:
    return Case(name, {"ytelse": aap or [days()], "oppfolging": [ALL_ALONG]} | tables, expected)


CASES = [
    spell("still AAP on day 182", IDLE, days(tom=PASSING)),
    spell("AAP ended the day before", NOTHING, days(tom=DAY_BEFORE)),
    spell("still running", IDLE, days(tom=None)),
    spell("14 days between join", IDLE, days(tom="2021-01-31"), days("2021-02-15")),
    spell("15 days between do not", NOTHING, days(tom="2021-01-31"), days("2021-02-16")),
    spell("15 days between: the second passes by itself", {("alle", "2021-08"): (0, 1)},
          days(tom="2021-01-31"), days("2021-02-16", "2021-08-17")),
    spell("the gap is counted from the latest end so far", IDLE, days(tom="2021-03-31"),
          days("2021-01-10", "2021-01-20"), days("2021-04-15")),
    spell("without AAP on the day itself", NOTHING, days(tom=DAY_BEFORE), days(DAY_AFTER)),
    spell("other benefits do not join", NOTHING, days(tom="2021-01-31"),
          days("2021-02-01", "2021-02-28", ytelse="DAG"), days("2021-03-01")),
    spell("dagpenger are not AAP", NOTHING, days(ytelse="DAG")),
    spell("only once a spell", IDLE, days(tom="2022-12-31")),
    spell("a new spell passes anew", IDLE | {("alle", "2022-01"): (0, 1)}, days(tom="2021-07-10"),
          days("2021-08-01", None)),
    spell("29 February 2020 + 182 days is 29 August", {("alle", "2020-08"): (0, 1)},
          days("2020-02-29", "2020-08-29")),
    spell("not 28 August", NOTHING, days("2020-02-29", "2020-08-28")),
    spell("28 February 2021 + 182 days is 29 August", {("alle", "2021-08"): (0, 1)},
          days("2021-02-28", "2021-08-29")),
    spell("in work on the day", BUSY, arbeidsforhold=[days(PASSING, PASSING, stillingsprosent=10.0)]),
    spell("work ended the day before", IDLE, arbeidsforhold=[days(tom=DAY_BEFORE)]),
    spell("work begins the day after", IDLE, arbeidsforhold=[days(DAY_AFTER, None)]),
    spell("work of nought per cent", IDLE, arbeidsforhold=[days(stillingsprosent=0.0)]),
    spell("in tiltak on the day", BUSY, tiltak=[days(PASSING, PASSING, tiltakskode="VASV")]),
    spell("tiltak ended the day before", IDLE, tiltak=[days(tom=DAY_BEFORE)]),
    spell("on the waiting list", IDLE, tiltak=[days(deltakerstatus="VENTELISTE")]),
    spell("work and tiltak count once", BUSY, arbeidsforhold=[days()], tiltak=[days()]),
    spell("an activity is neither", IDLE, aktivitet=[days()]),
    spell("not under oppfølging on the day", NOTHING, oppfolging=[days(tom=DAY_BEFORE)]),
    spell("under oppfølging on the day only", IDLE, oppfolging=[days(PASSING, PASSING)]),
    spell("died on the day", NOTHING, person=[{"dodsdato": PASSING}]),
    spell("died the day after", IDLE, person=[{"dodsdato": DAY_AFTER}]),
    spell("30 on d(m)", BUSY, arbeidsforhold=[days()], person=[{"fodselsdato": "1991-07-31"}]),
    spell("29 on d(m)", BUSY | {("under30", "2021-07"): (1, 1)}, arbeidsforhold=[days()],
          person=[{"fodselsdato": "1991-08-01"}]),
]  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    return cells_apart(tmp_path_factory.mktemp("aap"), CASES, "aap_26u")


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_passing_twenty_six_weeks(case: Case, counted: dict) -> None:
    assert counted[case.name] == case.expected


def test_passings_without_an_office_are_told(tmp_path: Path) -> None:
    tables = {
        "ytelse": [{"person_id": person} | days() for person in ("a", "b", "c")]
        + [{"person_id": "a"} | days("2020-06-01", "2020-12-10")],
        "oppfolging": [{"person_id": "a", "fom": FIRST}, {"person_id": "b", "fom": DAY_AFTER}],
    }
    with open_extract(write_extract(tmp_path / "u", tables)) as extract:
        found = uten_kontor(extract).to_dict("records")
    assert found == [
        {"maned": "2020-11", "passert": 1, "uten_kontor": 1},  # 1 June 2020 + 182 days = 30 November
        {"maned": "2021-07", "passert": 3, "uten_kontor": 2},
    ]
