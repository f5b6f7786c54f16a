"""Formidlinger: the cases that NAV's own open code is tested by, and which innsatsgruppe each is in."""

from pathlib import Path
from typing import Any

import pytest

from apart import Case, case_id, cells_apart
from stays import counts_of

GOT_IT, PRESENTED = "FATT_JOBBEN", "PRESENTERT"
ONE, TWO, NONE = {("alle", "2021-06"): (1, None)}, {("alle", "2021-06"): (2, None)}, {}


def registered(number: int, utfall: str = GOT_IT, day: str = "2021-06-10", **fields: Any) -> dict[str, Any]:
    time = day if ":" in day else f"{day} 12:00:00"
    return {"id": number, "utfall": utfall, "tidspunkt": time} | fields


def placed(name: str, expected: dict, *rows: dict[str, Any], **tables: list[dict[str, Any]]) -> Case:
    return Case(name, {"kandidatutfall": rows} | tables, expected)


def followed(
    innsatsgruppe: str | None, fom: str = "2021-01-01", tom: str | None = None
) -> list[dict[str, Any]]:
    return [{"fom": fom, "tom": tom, "innsatsgruppe": innsatsgruppe}]


BATT_TOO = ONE | {("BATT", "2021-06"): (1, None)}
CASES = [
    placed("got the job", ONE, registered(1)),
    placed("without an earlier presentation", ONE, registered(2)),
    placed("presented only", NONE, registered(3, PRESENTED)),
    placed("two lists", TWO, registered(4), registered(5, kandidatliste_id="L2")),
    placed("same list twice", ONE, registered(6), registered(7, day="2021-06-20")),
    placed("set back in the month", NONE, registered(8), registered(9, PRESENTED, "2021-06-20")),
    placed("set back the month after", ONE, registered(10), registered(11, PRESENTED, "2021-07-01")),
    placed("presented, then got it", ONE, registered(12, PRESENTED), registered(13)),
    placed("equal time: the highest id", ONE, registered(14, PRESENTED), registered(15)),
    placed("the highest id, not the latest time", NONE, registered(16, day="2021-06-20"),
           registered(17, PRESENTED, "2021-06-10")),
    placed("registered again the month after", ONE | {("alle", "2021-07"): (1, None)}, registered(18),
           registered(19, day="2021-07-02")),
    placed("first moment of the month", ONE, registered(20, day="2021-06-01 00:00:00")),
    placed("last moment of the month", ONE, registered(21, day="2021-06-30 23:59:59")),
    placed("the day after", {("alle", "2021-07"): (1, None)}, registered(22, day="2021-07-01 00:00:00")),
    placed("in BATT that day", BATT_TOO, registered(23), oppfolging=followed("BATT")),
    placed("in BATT by an older name", BATT_TOO, registered(24),
           oppfolging=followed("SPESIELT_TILPASSET_INNSATS")),
    placed("in BFORM that day", ONE | {("BFORM", "2021-06"): (1, None)}, registered(25),
           oppfolging=followed("BFORM")),
    placed("in IKVAL that day", ONE, registered(26), oppfolging=followed("IKVAL")),
    placed("BATT until the day before", ONE, registered(27), oppfolging=followed("BATT", tom="2021-06-09")),
    placed("BATT from that day", BATT_TOO, registered(28), oppfolging=followed("BATT", "2021-06-10")),
    placed("no longer resident", ONE, registered(29), oppfolging=followed("BATT"),
           person=[{"utvandringsdato": "2021-06-10"}]),
]  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    return cells_apart(tmp_path_factory.mktemp("formidlinger"), CASES, "formidlinger")


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_placements(case: Case, counted: dict) -> None:
    assert counted[case.name] == case.expected


def test_the_later_office_gets_it_wherever_the_candidate_is_followed_up(tmp_path: Path) -> None:
    found = counts_of(
        tmp_path,
        {
            "kontor": [{"enhetsnr": number} for number in ("9001", "9002", "9003")],
            "oppfolging": [
                {"person_id": "p", "enhetsnr": "9003", "fom": "2021-01-01", "innsatsgruppe": "BATT"}
            ],
            "kandidatutfall": [
                registered(1) | {"person_id": "p", "enhetsnr": "9001"},
                registered(2) | {"person_id": "p", "enhetsnr": "9002"},
            ],
        },
        indicators=["formidlinger"],
    )
    june = {(key[1], key[2]): cell for key, cell in found.items() if key[3] == "2021-06" and cell[0]}
    assert june == {("alle", "9002"): (1, None), ("BATT", "9002"): (1, None)}


def test_without_the_table_there_are_no_rows_and_without_rows_there_are_noughts(tmp_path: Path) -> None:
    assert counts_of(tmp_path / "a", {}, indicators=["formidlinger"]) == {}
    empty = counts_of(tmp_path / "b", {"kandidatutfall": []}, indicators=["formidlinger"])
    assert set(empty.values()) == {(0, None)}
    assert len(empty) == 3 * 2 * 48  # groups, offices, months of the cover
