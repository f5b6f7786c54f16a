"""Contact in the last 30 days, (d(m) - 30, d(m)]: who is asked, and what counts. Each case has an office."""

from datetime import date
from typing import Any, NamedTuple

import pytest

from stays import counts_of

MONTHS = ("2021-02", "2021-03")


class Case(NamedTuple):
    """`expected`: the months with x = 1 for all contact, and for a dialogue from the user."""

    name: str
    kontakt: dict[str, Any]
    expected: tuple[str, ...]
    from_user: tuple[str, ...] = ()


CASES = [
    Case("on d(m)", {"dato": "2021-02-28"}, ("2021-02",)),
    Case("29 days before d(m)", {"dato": "2021-01-30"}, ("2021-02",)),
    Case("exactly 30 days before", {"dato": "2021-01-29"}, ()),
    Case("the day after d(m) is in the next month's window", {"dato": "2021-03-02"}, ("2021-03",)),
    Case("1 March is 30 days before 31 March", {"dato": "2021-03-01"}, ()),
    Case("a meeting", {"dato": "2021-02-10", "type": "MOTE"}, ("2021-02",)),
    Case("a talk", {"dato": "2021-02-10", "type": "SAMTALE"}, ("2021-02",)),
    Case("planned, the date has passed", {"dato": "2021-02-10", "status": "PLANLAGT"}, ("2021-02",)),
    Case("without status", {"dato": "2021-02-10", "status": None}, ("2021-02",)),
    Case("called off", {"dato": "2021-02-10", "type": "MOTE", "status": "AVBRUTT"}, ()),
    Case("automatic", {"dato": "2021-02-10", "automatisk": True}, ()),
    Case("not said whether automatic", {"dato": "2021-02-10", "automatisk": None}, ("2021-02",)),
    Case("from the user", {"dato": "2021-02-10", "fra_bruker": True}, ("2021-02",), ("2021-02",)),
    Case("a talk is none", {"dato": "2021-02-10", "type": "SAMTALE", "fra_bruker": True}, ("2021-02",)),
    Case("automatic, from the user", {"dato": "2021-02-10", "fra_bruker": True, "automatisk": True}, ()),
]  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    tables: dict[str, list] = {"kontor": [], "person": [], "oppfolging": [], "kontakt": []}
    for i, case in enumerate(CASES):
        office = str(9101 + i)
        tables["kontor"].append({"enhetsnr": office})
        tables["person"].append({"person_id": case.name, "fodselsdato": "1995-05-05"})
        tables["oppfolging"].append(
            {"person_id": case.name, "fom": "2021-02-01", "tom": "2021-03-31", "enhetsnr": office}
        )
        tables["kontakt"] += [{"person_id": case.name} | case.kontakt] * 2
    return counts_of(tmp_path_factory.mktemp("kontakt"), tables, indicators=["u30_kontakt30"])


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_contact_in_the_last_30_days(case: Case, counted: dict) -> None:
    office = str(9101 + CASES.index(case))
    cells = {
        gruppe: {month: counted["u30_kontakt30", gruppe, office, month] for month in MONTHS}
        for gruppe in ("IKVAL", "IKVAL_fra_bruker")
    }
    assert cells["IKVAL"] == {month: (month in case.expected, 1) for month in MONTHS}
    assert cells["IKVAL_fra_bruker"] == {month: (month in case.from_user, 1) for month in MONTHS}


BIRTHS = {
    "30 on d(m)": ("1991-02-28", 0),
    "30 the day after": ("1991-03-01", 1),
    "born 29 February: 30 on 1 March": ("1992-02-29", 1),
    "17 years": ("2004-01-01", 1),
}
GROUPS = {"IKVAL": "IKVAL", "SITUASJONSBESTEMT_INNSATS": "BFORM", "BATT": "BATT", "VARIG": None, None: None}


def test_under_30_is_asked_on_the_counting_date(tmp_path: Any) -> None:
    offices = {name: str(9101 + i) for i, name in enumerate(BIRTHS)}
    found = counts_of(
        tmp_path,
        {
            "kontor": [{"enhetsnr": office} for office in offices.values()],
            "person": [{"person_id": name, "fodselsdato": born} for name, (born, _) in BIRTHS.items()],
            "oppfolging": [
                {"person_id": name, "fom": "2021-01-01", "tom": "2022-12-31", "enhetsnr": offices[name]}
                for name in BIRTHS
            ],
        },
        indicators=["u30_kontakt30"],
    )
    young = {name: found["u30_kontakt30", "IKVAL", office, "2021-02"][1] for name, office in offices.items()}
    assert young == {name: n for name, (_, n) in BIRTHS.items()}
    # 1992 + 30 = 2022 has no 29 February: still 29 on the last of February, 30 on the last of March
    leap = offices["born 29 February: 30 on 1 March"]
    assert found["u30_kontakt30", "IKVAL", leap, "2022-02"] == (0, 1)
    assert found["u30_kontakt30", "IKVAL", leap, "2022-03"] == (0, 0)


def test_only_the_three_groups_the_letters_and_the_contract_name(tmp_path: Any) -> None:
    found = counts_of(
        tmp_path,
        {
            "person": [{"person_id": f"p{g}", "fodselsdato": date(1995, 5, 5)} for g in GROUPS],
            "oppfolging": [
                {"person_id": f"p{g}", "fom": "2021-02-01", "tom": "2021-02-28", "innsatsgruppe": g}
                for g in GROUPS
            ],
        },
        indicators=["u30_kontakt30"],
    )
    assert {key[1]: cell for key, cell in found.items() if cell[1] and "_" not in key[1]} == {
        group: (0, 1) for group in GROUPS.values() if group
    }
