"""Contract 1, rules on an extract as a whole: uttrekk.yml, the folder, counts only, missing reports."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extracts import write_extract
from navbook.extract import CheckReport, check_extract
from navbook.runtime.errors import UsageError
from navbook.runtime.periods import parse_period
from sound_extract import Rows, sound_tables


def told(report: CheckReport) -> list[tuple[str, str, str, str]]:
    """What a report says, as (severity, table, column, code)."""
    return [(p.severity, p.table, p.column, p.code) for p in (*report.problems, *report.reported)]


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"kilde": None}, "kilde", "bad_manifest"),
        ({"uttrekksdato": "31.12.2023"}, "uttrekksdato", "bad_manifest"),
        ({"syntetisk": "nei"}, "syntetisk", "bad_manifest"),
        ({"versjon": 2}, "versjon", "bad_manifest"),
        ({"dekker_fom": date(2024, 1, 1)}, "dekker_fom", "cover_order"),
        ({"uttrekksdato": date(2023, 12, 30)}, "dekker_tom", "cover_order"),
    ],
)
def test_what_uttrekk_yml_must_say(tmp_path: Path, change: dict[str, Any], column: str, code: str) -> None:
    report = check_extract(write_extract(tmp_path, sound_tables("kontor"), manifest=change))
    assert ("invalid", "uttrekk.yml", column, code) in told(report)


def test_without_uttrekk_yml_the_tables_are_checked_all_the_same(tmp_path: Path) -> None:
    tables = sound_tables("kontor") | {"person": [{"person_id": "p1", "kjonn": "X"}, {"person_id": "p2"}]}
    (write_extract(tmp_path, tables) / "uttrekk.yml").unlink()
    assert {p.code for p in check_extract(tmp_path).problems} == {"no_manifest", "unknown_code"}


@pytest.mark.parametrize(
    ("period", "ok"), [("2019", False), ("2024-T1", False), ("2020-01", True), ("2019-12..2020-01", True)]
)
def test_a_period_wholly_outside_the_cover(tmp_path: Path, period: str, ok: bool) -> None:
    report = check_extract(write_extract(tmp_path, sound_tables("kontor")), parse_period(period))
    assert report.ok is ok


def test_unknown_files_are_reported_and_the_planted_truths_passed_over(tmp_path: Path) -> None:
    write_extract(tmp_path, sound_tables("kontor"))
    (tmp_path / "notater.docx").write_text("x")
    (tmp_path / "fasit").mkdir()
    assert told(check_extract(tmp_path)) == [("reported", "notater.docx", "", "unknown_file")]


def test_a_table_as_both_csv_and_parquet(tmp_path: Path) -> None:
    write_extract(tmp_path, sound_tables("kontor"))
    write_extract(tmp_path, sound_tables("kontor"), fmt="parquet")
    assert {p.code for p in check_extract(tmp_path).problems} == {"two_files"}


def test_a_folder_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        check_extract(tmp_path / "nowhere")


def counts(**change: Any) -> dict[str, Rows]:
    row = {"indikator": "ota_arbs", "gruppe": "alle", "enhetsnr": "9001", "maned": "2023-12", "x": 4, "n": 10}
    return {"kontor": [{"enhetsnr": "9001"}], "tellinger": [row | change]}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"n": None}, []),
        ({"x": 11}, [("invalid", "tellinger", "x", "x_over_n")]),
        ({"x": -1}, [("invalid", "tellinger", "x", "negative")]),
        ({"x": None}, [("invalid", "tellinger", "x", "empty")]),
        ({"enhetsnr": "9009"}, [("invalid", "tellinger", "enhetsnr", "unknown_office")]),
    ],
)
def test_an_extract_of_counts_only(
    tmp_path: Path, change: dict[str, Any], expected: list[tuple[str, ...]]
) -> None:
    report = check_extract(write_extract(tmp_path, counts(**change)))
    assert [entry for entry in told(report) if entry[3] != "no_report"] == expected


def test_what_count_writes_beside_its_table_is_known_and_not_read(tmp_path: Path) -> None:
    write_extract(tmp_path, counts())
    before = told(check_extract(tmp_path))
    (tmp_path / "tellinger_forlop.parquet").write_text("the eight weeks of u30_8uker")
    assert told(check_extract(tmp_path)) == before


def test_counts_that_contradict_each_other(tmp_path: Path) -> None:
    tables = counts()
    tables["tellinger"].append(tables["tellinger"][0] | {"x": 5})
    assert [p.code for p in check_extract(write_extract(tmp_path, tables)).problems] == ["contradiction"]


def test_counts_beside_the_tables_they_are_counted_from(tmp_path: Path) -> None:
    report = check_extract(write_extract(tmp_path, sound_tables("kontor") | counts()))
    assert "mixed_extract" in {p.code for p in report.problems}


def test_a_month_without_an_offices_report(tmp_path: Path) -> None:
    months = ["2023-09", "2023-10", "2023-11", "2023-12"]
    days = {"avtalte_dagsverk": 100, "egenmeldt_dagsverk": 1, "legemeldt_dagsverk": 1}
    reported = [("9001", month) for month in months] + [
        ("9003", month) for month in months if month != "2023-10"
    ]
    tables = sound_tables("kontor") | {
        "fravaer_ansatte": [days | {"enhetsnr": o, "maned": m} for o, m in reported]
    }
    tables["kontor"].append({"enhetsnr": "9003"})
    (found,) = check_extract(write_extract(tmp_path, tables)).reported
    assert (found.code, found.enhetsnr, found.keys) == ("no_report", "9003", ("2023-10",))


def test_a_month_in_which_nobody_at_a_large_office_had_contact(tmp_path: Path) -> None:
    people = {"9001": range(30), "9002": range(30, 60)}
    months = ["2023-08", "2023-09", "2023-10", "2023-11", "2023-12"]
    tables = {
        "oppfolging": [
            {"person_id": f"p{n}", "enhetsnr": office, "fom": "2023-08-01"}
            for office, who in people.items()
            for n in who
        ],
        "kontakt": [
            {"person_id": f"p{n}", "dato": f"{month}-15"}
            for office, who in people.items()
            for n in who
            for month in months
            if (office, month) != ("9002", "2023-10")
        ],
    }
    # one who leaves the office early in the month, and has contact with the next, does not hide that
    tables["oppfolging"][-1] |= {"tom": "2023-10-03"}
    tables["oppfolging"].append({"person_id": "p59", "enhetsnr": "9001", "fom": "2023-10-04"})
    tables["kontakt"].append({"person_id": "p59", "dato": "2023-10-20"})
    found = [p for p in check_extract(write_extract(tmp_path, tables)).reported if p.code == "no_report"]
    assert [(p.table, p.enhetsnr, p.keys) for p in found] == [("kontakt", "9002", ("2023-10",))]
