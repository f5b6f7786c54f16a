"""Overgang til arbeid fra tiltak: who leaves which tiltak, in which innsatsgruppe, and who works for a wage.

Months are numbered as in the conformance tables; a case is in ARBTREN in some of them, under oppfølging in
BFORM all along, with a job in some and a wage in some.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from apart import Case, case_id, cells_apart
from navbook.runtime.periods import first_day, last_day
from stays import counts_of, month_number, whole_months

Rows = list[dict[str, Any]]
BFORM: Rows = [{"fom": "2020-01-01", "tom": None, "innsatsgruppe": "BFORM"}]


def left(months: dict[int, int], gruppe: str = "BFORM", n: int = 1) -> dict[tuple[str, str], tuple[int, int]]:
    """Cells from the number of each month of avgang and how many of its `n` worked for a wage later."""
    return {(gruppe, month_number(month)): (x, n) for month, x in months.items()}


def months(numbers: Sequence[int], **fields: Any) -> Rows:
    return [{k: v for k, v in row.items() if k != "person_id"} for row in whole_months("", numbers, **fields)]


def wages(numbers: Sequence[int], kroner: float = 30_000.0) -> Rows:
    return [{"maned": month_number(number), "kroner": kroner} for number in numbers]


def took_part(
    name: str, expected: dict, tiltak: Rows, job: Sequence[int] = (), wage: Sequence[int] = (), **tables: Rows
) -> Case:
    worked = {"arbeidsforhold": months(job), "lonn": wages(wage)}
    return Case(name, {"tiltak": tiltak, "oppfolging": BFORM} | worked | tables, expected)


ONE_TO_THREE = months([1, 2, 3])
MONTH_9, AFTER_MONTH_9 = last_day(month_number(9)), first_day(month_number(10))
LEFT_3, WORKED_3 = left({3: 0}), left({3: 1})
TAKING_PART = ("FULLF", "DELAVB", "GJENN_AVB", "DELTAR", "HAR_SLUTTET", "FULLFORT", "AVBRUTT")
LEFT_OUT = ("VASV", "VTA", "VATIAROR", "VTA-O", "TILRETTELAGT_ARBEID_ORDINAER", "FUNKSJASS", "EKSPEBIST",
            "INKLUTILS", "TILRETTEL", "VARLONTIL")  # fmt: skip
CASES = [
    took_part("in work with wage at m+6", WORKED_3, ONE_TO_THREE, [9], [9]),
    took_part("in work without wage", LEFT_3, ONE_TO_THREE, [9]),
    took_part("wage without work", LEFT_3, ONE_TO_THREE, [], [9]),
    took_part("wage of another month", LEFT_3, ONE_TO_THREE, [8, 9, 10], [8, 10]),
    took_part("wage of nought", LEFT_3, ONE_TO_THREE, [9], lonn=wages([9], 0.0)),
    took_part("wage paid back", LEFT_3, ONE_TO_THREE, [9], lonn=wages([9], -500.0)),
    took_part("work in other months", LEFT_3, ONE_TO_THREE, [8, 10], [8, 9, 10]),
    took_part("one-month gap is no avgang", left({4: 0}), months([1, 2, 4])),
    took_part("two-month gap is", left({2: 1, 5: 0}), months([1, 2, 5]), [8], [8]),
    took_part("still in the tiltak", {}, [{"fom": first_day(month_number(1)), "tom": None}]),
    took_part("a day in between two counting dates", {}, [{"fom": "2020-09-02", "tom": "2020-09-29"}]),
    took_part("on the counting date only", LEFT_3, [{"fom": "2020-09-30", "tom": "2020-09-30"}]),
    took_part("a move is an avgang from the first", left({3: 0, 5: 1}),
              ONE_TO_THREE + months([4, 5], tiltakskode="AVKLARAG"), [11], [11]),
    took_part("two at once are two", left({3: 2}, n=2), ONE_TO_THREE + months([3], tiltakskode="AVKLARAG"),
              [9], [9]),
    took_part("two rows of one tiltak are one", LEFT_3, ONE_TO_THREE + months([3], deltakerstatus="FULLF")),
    took_part("AFT is ARBFORB", left({4: 0}),
              months([1, 2], tiltakskode="AFT") + months([3, 4], tiltakskode="ARBFORB")),
    took_part("the new name is the old tiltak", left({4: 0}),
              months([1, 2]) + months([3, 4], tiltakskode="ARBEIDSTRENING")),
    took_part("an unknown tiltak is one", LEFT_3, months([1, 2, 3], tiltakskode="NYTT_TILTAK")),
    took_part("FIREARIG_LONNSTILSUDD is its own", LEFT_3,
              months([1, 2, 3], tiltakskode="FIREARIG_LONNSTILSUDD")),
    *[took_part(f"{code} is left out", {}, months([1, 2, 3], tiltakskode=code)) for code in LEFT_OUT],
    *[took_part(f"status {s}", LEFT_3, months([1, 2, 3], deltakerstatus=s)) for s in TAKING_PART],
    *[took_part(f"status {s}", {}, months([1, 2, 3], deltakerstatus=s)) for s in ("IKKEM", "VENTELISTE")],
    took_part("dead on d(m+6)", {}, ONE_TO_THREE, [9], [9], person=[{"dodsdato": MONTH_9}]),
    took_part("dead the day after", WORKED_3, ONE_TO_THREE, [9], [9], person=[{"dodsdato": AFTER_MONTH_9}]),
    took_part("emigrated within the six months", {}, ONE_TO_THREE,
              person=[{"utvandringsdato": "2020-11-01"}]),
    took_part("age does not matter", LEFT_3, ONE_TO_THREE, person=[{"fodselsdato": "2003-01-01"}]),
    took_part("BATT on the last day", left({3: 0}, "BATT"), ONE_TO_THREE, oppfolging=[
        {"fom": "2020-01-01", "tom": "2020-09-29", "innsatsgruppe": "BFORM"},
        {"fom": "2020-09-30", "tom": None, "innsatsgruppe": "BATT"}]),
    took_part("BATT from the day after", LEFT_3, ONE_TO_THREE, oppfolging=[
        {"fom": "2020-01-01", "tom": "2020-09-30", "innsatsgruppe": "BFORM"},
        {"fom": "2020-10-01", "tom": None, "innsatsgruppe": "BATT"}]),
    took_part("the last day lies after d(m)", left({3: 0}, "BATT"),
              [{"fom": "2020-07-01", "tom": "2020-10-15"}], oppfolging=[
        {"fom": "2020-01-01", "tom": "2020-10-14", "innsatsgruppe": "BFORM"},
        {"fom": "2020-10-15", "tom": None, "innsatsgruppe": "BATT"}]),
    took_part("oppfølging ended before", LEFT_3, ONE_TO_THREE,
              oppfolging=[{"fom": "2020-01-01", "tom": "2020-08-01", "innsatsgruppe": "BFORM"}]),
    took_part("ended before: the latest row", left({3: 0}, "BATT"), ONE_TO_THREE, oppfolging=[
        {"fom": "2020-01-01", "tom": "2020-03-01", "innsatsgruppe": "BFORM"},
        {"fom": "2020-04-01", "tom": "2020-05-01", "innsatsgruppe": "BATT"}]),
    took_part("ended before: the latest day, not the row that begins last", LEFT_3, ONE_TO_THREE, oppfolging=[
        {"fom": "2020-01-01", "tom": "2020-08-01", "innsatsgruppe": "BFORM"},
        {"fom": "2020-04-01", "tom": "2020-05-01", "innsatsgruppe": "BATT"}]),
    took_part("ended before: the row that counts on the latest day", left({3: 0}, "BATT"), ONE_TO_THREE,
              oppfolging=[
        {"fom": "2020-01-01", "tom": "2020-08-01", "innsatsgruppe": "BFORM"},
        {"fom": "2020-04-01", "tom": "2020-08-01", "innsatsgruppe": "BATT"}]),
    took_part("a later row that does not qualify", LEFT_3, ONE_TO_THREE, oppfolging=[
        {"fom": "2020-01-01", "tom": "2020-08-01", "innsatsgruppe": "BFORM"},
        {"fom": "2020-08-02", "tom": None, "innsatsgruppe": "BATT", "formidlingsgruppe": "ISERV"}]),
    took_part("never under oppfølging", {}, ONE_TO_THREE, oppfolging=[]),
    took_part("under oppfølging only afterwards", {}, ONE_TO_THREE,
              oppfolging=[{"fom": "2020-10-01", "tom": None, "innsatsgruppe": "BFORM"}]),
    took_part("another innsatsgruppe", {}, ONE_TO_THREE,
              oppfolging=[{"fom": "2020-01-01", "tom": None, "innsatsgruppe": "IKVAL"}]),
]  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    return cells_apart(tmp_path_factory.mktemp("tiltak"), CASES, "tiltak_ota")


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_from_tiltak_to_work(case: Case, counted: dict) -> None:
    assert counted[case.name] == case.expected


def test_the_office_is_the_one_in_charge_of_the_person_not_of_the_tiltak(tmp_path: Path) -> None:
    tables = {
        "tiltak": [row | {"person_id": "p", "enhetsnr": "9002"} for row in ONE_TO_THREE],
        "oppfolging": [{"person_id": "p", "enhetsnr": "9001", "fom": "2020-01-01", "innsatsgruppe": "BATT"}],
        "lonn": [],
    }
    found = counts_of(tmp_path, tables, indicators=["tiltak_ota"])
    assert found["tiltak_ota", "BATT", "9001", month_number(3)] == (0, 1)
    assert found["tiltak_ota", "BATT", "9002", month_number(3)] == (0, 0)


def test_without_wages_in_the_extract_nothing_is_counted(tmp_path: Path) -> None:
    tables = {"tiltak": [row | {"person_id": "p"} for row in ONE_TO_THREE]}
    assert counts_of(tmp_path, tables, indicators=["tiltak_ota"]) == {}
