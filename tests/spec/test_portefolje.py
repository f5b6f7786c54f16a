"""The portfolio: eleven overlapping groups, among them langtids with its days and its gaps."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from stays import counts_of

LAST = date(2021, 6, 30)  # d(m)
DAY = timedelta(days=1)


def test_a_person_is_in_every_group_that_fits(tmp_path: Path) -> None:
    found = counts_of(
        tmp_path,
        {
            "person": [
                {"person_id": "a", "fodselsdato": "1995-01-01", "fodeland": "SOM"},
                {"person_id": "n", "fodselsdato": "1960-01-01"},
                {"person_id": "v", "fodselsdato": "1960-01-01"},
            ],
            "oppfolging": [
                {"person_id": "a", "fom": "2020-01-01", "innsatsgruppe": "BFORM"},
                {
                    "person_id": "n",
                    "fom": "2020-01-01",
                    "innsatsgruppe": "BATT",
                    "formidlingsgruppe": "IARBS",
                },
                {
                    "person_id": "v",
                    "fom": "2020-01-01",
                    "innsatsgruppe": "VARIG",
                    "formidlingsgruppe": "IARBS",
                },
            ],
            "ytelse": [{"person_id": "n", "fom": "2020-01-01"}],
        },
        indicators=["portefolje"],
    )
    assert {key[1]: cell[0] for key, cell in found.items() if key[2:] == ("9001", "2021-06")} == {
        "alle": 3, "IKVAL": 0, "BFORM": 1, "BATT": 1, "VARIG": 1, "under30": 1, "landgruppe3": 1,
        "langtid": 1,
        "AAP": 1, "arbeidssoker": 1, "nedsatt": 2,
    }  # fmt: skip
    assert all(n is None for _, n in found.values())


class Case(NamedTuple):
    """`stays` as (first day, last day) counted back from d(m): (0 is d(m), 181 the 182nd day)."""

    name: str
    stays: list[tuple[int, int]]
    expected: int
    aap: tuple[int, int] | None = None
    fields: dict[str, Any] | None = None


CASES = [
    Case("182 days", [(181, 0)], 1),
    Case("181 days", [(180, 0)], 0),
    Case("not arbeidssøker on d(m)", [(400, 1)], 0),
    Case("a gap of 14 days, and its days count", [(181, 100), (85, 0)], 1),
    Case("a gap of 15 days breaks", [(400, 100), (84, 0)], 0),
    Case("a gap of 14 days at the 182nd day", [(195, 195), (180, 0)], 1),
    Case("a gap of 15 days just at the 182nd day", [(196, 196), (180, 0)], 0),
    Case("several gaps of 14 days", [(181, 150), (135, 100), (85, 50), (35, 0)], 1),
    Case("14 days of AAP are a gap", [(300, 0)], 1, (100, 87)),
    Case("15 days of AAP break", [(300, 0)], 0, (100, 86)),
    Case("AAP on d(m)", [(300, 0)], 0, (10, 0)),
    Case("nedsatt by decision", [(300, 0)], 0, None, {"innsatsgruppe": "BATT"}),
    Case("IARBS is not arbeidssøker", [(300, 0)], 0, None, {"formidlingsgruppe": "IARBS"}),
    Case(
        "jobs and arbeidssokerstatus play no part", [(181, 0)], 1, None, {"arbeidssokerstatus": "PA_TILTAK"}
    ),
]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    tables: dict[str, list] = {"kontor": [], "oppfolging": [], "ytelse": [], "arbeidsforhold": []}
    for i, case in enumerate(CASES):
        tables["kontor"].append({"enhetsnr": str(9101 + i)})
        tables["oppfolging"] += [
            {
                "person_id": case.name,
                "enhetsnr": str(9101 + i),
                "fom": LAST - first * DAY,
                "tom": LAST - last * DAY,
            }
            | (case.fields or {})
            for first, last in case.stays
        ]
        if case.aap:
            first, last = case.aap
            tables["ytelse"].append(
                {"person_id": case.name, "fom": LAST - first * DAY, "tom": LAST - last * DAY}
            )
        tables["arbeidsforhold"].append({"person_id": case.name, "fom": "2021-03-01"})
    return counts_of(tmp_path_factory.mktemp("langtid"), tables, indicators=["portefolje"])


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_langtids_is_182_days_unbroken(case: Case, counted: dict) -> None:
    assert counted["portefolje", "langtid", str(9101 + CASES.index(case)), "2021-06"] == (case.expected, None)


def test_a_move_between_offices_does_not_break_the_run(tmp_path: Path) -> None:
    rows = [
        {"person_id": "p", "enhetsnr": "9001", "fom": LAST - 300 * DAY, "tom": LAST - 50 * DAY},
        {"person_id": "p", "enhetsnr": "9002", "fom": LAST - 49 * DAY, "tom": LAST},
    ]
    found = counts_of(tmp_path, {"oppfolging": rows}, indicators=["portefolje"])
    assert found["portefolje", "langtid", "9002", "2021-06"] == (1, None)
    assert found["portefolje", "langtid", "9001", "2021-06"] == (0, None)
