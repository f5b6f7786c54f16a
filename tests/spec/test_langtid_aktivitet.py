"""Langtidsarbeidssøkere in activity on 31 July 2021: half a year is from 31 January at the latest."""

from typing import Any

import pytest

from apart import Case, case_id, cells_apart

LONG = {"fom": "2021-01-31", "tom": "2021-07-31"}  # 182 days
IDLE, BUSY, NOTHING = {("alle", "2021-07"): (0, 1)}, {("alle", "2021-07"): (1, 1)}, {}
ON_THE_DAY = {"fom": "2021-07-31", "tom": "2021-07-31"}


def seeker(name: str, expected: dict, *stays: dict[str, Any], **tables: list[dict[str, Any]]) -> Case:
    return Case(name, {"oppfolging": stays or [LONG]} | tables, expected)


CASES = [
    seeker("182 days", IDLE),
    seeker("181 days", NOTHING, LONG | {"fom": "2021-02-01"}),
    seeker("14 days away are bridged", IDLE, LONG | {"tom": "2021-04-30"}, LONG | {"fom": "2021-05-15"}),
    seeker("15 days away are not", NOTHING, LONG | {"tom": "2021-04-30"}, LONG | {"fom": "2021-05-16"}),
    seeker("nedsatt is no arbeidssøker", NOTHING, LONG | {"innsatsgruppe": "BATT"}),
    seeker("an activity in the month", BUSY, aktivitet=[{"fom": "2021-07-01", "tom": "2021-08-01"}]),
    seeker("finished early in the month", BUSY,
           aktivitet=[{"fom": "2021-06-01", "tom": "2021-07-01", "status": "FULLFORT"}]),
    seeker("finished the month before", IDLE,
           aktivitet=[{"fom": "2021-06-01", "tom": "2021-06-30", "status": "FULLFORT"}]),
    seeker("planned", IDLE, aktivitet=[{"fom": "2021-07-01", "tom": "2021-08-01", "status": "PLANLAGT"}]),
    seeker("treatment", IDLE, aktivitet=[{"fom": "2021-07-01", "tom": "2021-08-01", "type": "BEHANDLING"}]),
    seeker("in tiltak on d(m)", BUSY, tiltak=[ON_THE_DAY]),
    seeker("in work on d(m)", BUSY, arbeidsforhold=[ON_THE_DAY | {"stillingsprosent": 20.0}]),
    seeker("work ended the day before", IDLE, arbeidsforhold=[LONG | {"tom": "2021-07-30"}]),
    seeker("any age", IDLE, person=[{"fodselsdato": "1950-01-01"}]),
    seeker("any innsatsgruppe that is not nedsatt", IDLE, LONG | {"innsatsgruppe": "BFORM"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    return cells_apart(tmp_path_factory.mktemp("langtid"), CASES, "langtid_aktivitet")


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_long_term_job_seekers_in_activity(case: Case, counted: dict) -> None:
    assert counted[case.name] == case.expected
