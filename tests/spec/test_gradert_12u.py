"""Graded sick leave at 12 weeks: which cases pass day 84, when, where, and which are graded that day.

Unless a case says otherwise it begins on 1 January 2021, so that it passes on 26 March.
"""

from pathlib import Path
from typing import Any

import pytest

from apart import Case, case_id, cells_apart
from stays import counts_of

FIRST, PASSING, DAY_BEFORE = "2021-01-01", "2021-03-26", "2021-03-25"
FULL, GRADED, NOTHING = {("alle", "2021-03"): (0, 1)}, {("alle", "2021-03"): (1, 1)}, {}


def certificate(fom: str = FIRST, tom: str | None = "2021-03-31", **fields: Any) -> dict[str, Any]:
    return {"fom": fom, "tom": tom} | fields


def leave(name: str, expected: dict, *certificates: dict[str, Any]) -> Case:
    return Case(name, {"sykmelding": certificates}, expected)


JANUARY = certificate(tom="2021-01-31")
TO_DAY_82 = certificate(tom="2021-03-24")
CASES = [
    leave("on leave on day 84", FULL, certificate(tom=PASSING)),
    leave("ended the day before", NOTHING, certificate(tom=DAY_BEFORE)),
    leave("still running", FULL, certificate(tom=None)),
    leave("graded", GRADED, certificate(grad=50.0)),
    leave("nearly full", GRADED, certificate(grad=99.0)),
    leave("no degree is not graded", FULL, certificate(grad=None)),
    leave("graded from the day", GRADED, certificate(tom=DAY_BEFORE), certificate(PASSING, grad=80.0)),
    leave("graded until the day before", FULL, certificate(tom=DAY_BEFORE, grad=50.0), certificate(PASSING)),
    leave("the lowest of two employments", GRADED, certificate(), certificate("2021-02-01", grad=40.0)),
    *[
        leave(f"{kind} counts as full", FULL, certificate(grad=50.0, type=kind))
        for kind in ("AVVENTENDE", "BEHANDLINGSDAGER", "REISETILSKUDD")
    ],
    leave("other types carry the case", FULL, certificate(tom=DAY_BEFORE, type="REISETILSKUDD"),
          certificate(PASSING)),
    leave("a graded one beside another type", GRADED, certificate(grad=60.0), certificate(type="AVVENTENDE")),
    leave("16 days between join", FULL, JANUARY, certificate("2021-02-17")),
    leave("17 days between do not", NOTHING, JANUARY, certificate("2021-02-18")),
    leave("17 days between: the second passes by itself", {("alle", "2021-05"): (0, 1)}, JANUARY,
          certificate("2021-02-18", "2021-05-13")),
    leave("the gap is counted from the latest end so far", FULL, certificate(tom="2021-02-28"),
          certificate("2021-01-10", "2021-01-20"), certificate("2021-03-16")),
    leave("at work on the day itself", NOTHING, TO_DAY_82, certificate("2021-03-29", "2021-04-30")),
    leave("no employer", NOTHING, certificate(arbeidsgiver=False)),
    leave("not said whether there is an employer", NOTHING, certificate(arbeidsgiver=None)),
    leave("without employer between two with", NOTHING, JANUARY,
          certificate("2021-02-01", "2021-02-28", arbeidsgiver=False), certificate("2021-03-01")),
    leave("a person may have two cases", {("alle", "2021-03"): (0, 1), ("alle", "2021-07"): (1, 1)},
          certificate(), certificate("2021-05-01", "2021-07-24", grad=50.0)),
    leave("29 February 2020 + 84 days is 23 May", {("alle", "2020-05"): (0, 1)},
          certificate("2020-02-29", "2020-05-23")),
    leave("not 22 May", NOTHING, certificate("2020-02-29", "2020-05-22")),
    leave("oppfølging and benefits play no part", FULL, certificate()),
]  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    return cells_apart(tmp_path_factory.mktemp("gradert"), CASES, "gradert_12u")


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_passing_twelve_weeks(case: Case, counted: dict) -> None:
    assert counted[case.name] == case.expected


def test_the_office_is_that_of_the_certificate_on_the_day(tmp_path: Path) -> None:
    found = counts_of(
        tmp_path,
        {
            "kontor": [{"enhetsnr": number} for number in ("9001", "9002", "9003", "9004")],
            "sykmelding": [
                {"person_id": "moved"} | certificate(tom="2021-02-28", enhetsnr="9001"),
                {"person_id": "moved"} | certificate("2021-03-01", enhetsnr="9002"),
                {"person_id": "latest"} | certificate(enhetsnr="9004", grad=50.0),
                {"person_id": "latest"} | certificate("2021-02-01", enhetsnr="9001"),
                {"person_id": "highest"} | certificate(enhetsnr="9001"),
                {"person_id": "highest"} | certificate(enhetsnr="9003"),
            ],
        },
        indicators=["gradert_12u"],
    )
    march = {key[2]: cell for key, cell in found.items() if key[3] == "2021-03"}
    assert march == {"9001": (1, 1), "9002": (0, 1), "9003": (0, 1), "9004": (0, 0)}
