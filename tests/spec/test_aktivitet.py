"""Arbeidsrettet aktivitet in June 2021, broad and narrow. Each case is someone under 30 at an own office."""

from typing import Any, NamedTuple

import pytest

from stays import counts_of


class Case(NamedTuple):
    """One row of `table`; `expected`: x of the broad group and of the narrow one."""

    name: str
    table: str
    row: dict[str, Any]
    expected: tuple[int, int]


def activity(name: str, expected: tuple[int, int], **fields: Any) -> Case:
    return Case(name, "aktivitet", {"fom": "2021-05-10", "tom": "2021-07-10"} | fields, expected)


def tiltak(name: str, expected: tuple[int, int], **fields: Any) -> Case:
    return Case(name, "tiltak", {"fom": "2021-05-10", "tom": "2021-07-10"} | fields, expected)


COUNTING = (
    "EGENAKTIVITET", "JOBBSOEKING", "STILLING", "SOKEAVTALE", "STILLING_FRA_NAV", "EKSTERNAKTIVITET",
    "GRUPPEAKTIVITET", "UTDANNINGSAKTIVITET",
)  # fmt: skip
NOT_COUNTING = ("BEHANDLING", "MOTE", "SAMTALEREFERAT", "TILTAKSAKTIVITET")
TAKING_PART = ("GJENN", "FULLF", "DELAVB", "GJENN_AVB", "DELTAR", "HAR_SLUTTET", "FULLFORT", "AVBRUTT")
ON_THE_DAY = {"fom": "2021-06-30", "tom": "2021-06-30", "stillingsprosent": 0.5}
CASES = [
    *[activity(f"type {kind}", (1, 0), type=kind) for kind in COUNTING],
    activity("type IJOBB is narrow too", (1, 1), type="IJOBB"),
    *[activity(f"type {kind}", (0, 0), type=kind) for kind in NOT_COUNTING],
    activity("running past d(m)", (1, 0), tom="2021-06-30"),
    activity("running until the day before d(m)", (0, 0), tom="2021-06-29"),
    activity("running without an end", (1, 0), tom=None),
    activity("begins on d(m)", (1, 0), fom="2021-06-30"),
    activity("begins after d(m)", (0, 0), fom="2021-07-01"),
    activity("finished on the first of the month", (1, 0), status="FULLFORT", tom="2021-06-01"),
    activity("finished on the last of the month before", (0, 0), status="FULLFORT", tom="2021-05-31"),
    activity("finished later, begun before", (1, 0), status="FULLFORT"),
    activity("finished, begins after d(m)", (0, 0), status="FULLFORT", fom="2021-07-01"),
    *[activity(f"status {s}", (0, 0), status=s) for s in ("PLANLAGT", "BRUKER_ER_INTERESSERT", "AVBRUTT")],
    *[tiltak(f"tiltak {s}", (1, 1), deltakerstatus=s) for s in TAKING_PART],
    *[tiltak(f"tiltak {s}", (0, 0), deltakerstatus=s) for s in ("IKKEM", "TILBUD", "VENTELISTE", "FEILREG")],
    tiltak("any tiltakskode counts", (1, 1), tiltakskode="VASV"),
    tiltak("so does an unknown one", (1, 1), tiltakskode="NYTT_TILTAK"),
    tiltak("tiltak without an end", (1, 1), tom=None),
    tiltak("tiltak ended the day before d(m)", (0, 0), tom="2021-06-29"),
    Case("in work on d(m)", "arbeidsforhold", ON_THE_DAY, (1, 1)),
    Case("work ended the day before", "arbeidsforhold", {"fom": "2021-01-01", "tom": "2021-06-29"}, (0, 0)),
    Case("work of nought per cent", "arbeidsforhold", {"fom": "2021-01-01", "stillingsprosent": 0.0}, (0, 0)),
]  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    tables: dict[str, list] = {
        name: [] for name in ("kontor", "person", "oppfolging", "aktivitet", "tiltak", "arbeidsforhold")
    }
    for i, case in enumerate(CASES):
        office = str(9101 + i)
        tables["kontor"].append({"enhetsnr": office})
        tables["person"].append({"person_id": case.name, "fodselsdato": "1995-05-05"})
        tables["oppfolging"].append(
            {
                "person_id": case.name,
                "fom": "2021-06-30",
                "tom": "2021-06-30",
                "enhetsnr": office,
                "innsatsgruppe": "BFORM",
            }
        )
        tables[case.table].append({"person_id": case.name} | case.row)
    return counts_of(tmp_path_factory.mktemp("aktivitet"), tables, indicators=["u30_aktivitet"])


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_activity_in_the_month(case: Case, counted: dict) -> None:
    office = str(9101 + CASES.index(case))
    cells = [counted["u30_aktivitet", group, office, "2021-06"] for group in ("BFORM", "BFORM_smal")]
    assert cells == [(case.expected[0], 1), (case.expected[1], 1)]
