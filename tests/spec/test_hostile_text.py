"""Texts and folders made to do harm: refused within seconds, with nothing read that lies elsewhere."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from extracts import write_extract
from navbook.extract import check_extract
from navbook.extract.norg2 import kontor_lines, read_norg2
from navbook.extract.register import OfficeRow
from navbook.extract.report import shown_value
from navbook.runtime.errors import UsageError
from sound_extract import sound_tables

LIMIT_SECONDS = 5


def codes(folder: Path) -> set[tuple[str, str]]:
    return {(problem.table, problem.code) for problem in check_extract(folder).problems}


def sound(folder: Path) -> Path:
    return write_extract(folder / "uttrekk", sound_tables("person"))


def with_comment(folder: Path, text: str) -> Path:
    extract = sound(folder)
    (extract / "kommentarer").mkdir()
    (extract / "kommentarer" / "9001.md").write_text(text, encoding="utf-8")
    return extract


@pytest.mark.parametrize(
    "text",
    ["[a]: b\n" * 6_000, "[a]:\n" * 3_000, "> [a]: b\n" * 2_000, "[a]: b 'c'\n" * 1_500, "[" * 48_000],
    ids=["48 kB of definitions", "without address", "quoted", "with titles", "brackets"],
)
def test_a_comment_that_takes_long_to_read_is_refused_unread(tmp_path: Path, text: str) -> None:
    folder = with_comment(tmp_path, text)
    began = time.monotonic()
    assert {table for table, _ in codes(folder)} == {"kommentarer/9001.md"}
    assert time.monotonic() - began < LIMIT_SECONDS


@pytest.mark.parametrize("text", ["[" * 19_000, "![" * 9_000, "**a_ " * 3_500, "[a[" * 6_000, "_a*" * 6_000])
def test_a_comment_within_the_limits_is_read_in_time(tmp_path: Path, text: str) -> None:
    folder = with_comment(tmp_path, text)
    began = time.monotonic()
    codes(folder)
    assert time.monotonic() - began < LIMIT_SECONDS


UNSEEN = [
    *("\u202e", "\u200b", "\u2066", "\ufeff", "\u061c", "\U000e0041"),
    *("\x0b", "\x1b", "\x7f", "\x9b", "\ufffe"),
]


@pytest.mark.parametrize("sign", UNSEEN)
def test_signs_that_nobody_sees_are_named(tmp_path: Path, sign: str) -> None:
    (problem,) = check_extract(with_comment(tmp_path, f"Vi er\n{sign}mange")).problems
    assert (problem.code, problem.keys) == ("invisible_characters", (f"line 2: <U+{ord(sign):04X}>",))
    assert shown_value(f"a{sign}b") == f"a<U+{ord(sign):04X}>b"


@pytest.mark.parametrize("kind", ["kommentarer", "planer", "rapport"])
def test_signs_that_nobody_sees_are_found_behind_an_entity(tmp_path: Path, kind: str) -> None:
    extract = sound(tmp_path)
    (extract / kind).mkdir()
    file = extract / kind / ("9900.md" if kind == "rapport" else "9001.md")
    for entity, sign in (("&#x202e;", "202E"), ("&rlm;", "200F"), ("&#8203;", "200B"), ("&shy;", "00AD")):
        file.write_text(f"Vi er\nmange{entity}", encoding="utf-8")
        (problem,) = check_extract(extract).problems
        assert (problem.code, problem.keys) == ("invisible_characters", (f"line 2: <U+{sign}>",))


def test_a_number_behind_an_entity_is_for_approval_too(tmp_path: Path) -> None:
    found = check_extract(with_comment(tmp_path, "Vi er &#49;&#55; her\n")).reported
    (problem,) = [problem for problem in found if problem.code == "comment_numbers"]
    assert "line 1: 17" in problem.keys


@pytest.mark.parametrize("sign", UNSEEN)
def test_every_text_of_a_table_is_held_to_the_same(tmp_path: Path, sign: str) -> None:
    rows = [{"enhetsnr": "9001", "navn": f"NAV {sign}B"}, {"enhetsnr": "9002", "fylke_navn": f"NAV {sign}B"}]
    folder = write_extract(tmp_path / "uttrekk", sound_tables("person") | {"kontor": rows})
    found = {problem.column for problem in check_extract(folder).problems if problem.table == "kontor"}
    assert {"navn", "fylke_navn"} <= found


def test_an_office_name_that_reads_backwards_is_refused(tmp_path: Path) -> None:
    rows = [{"enhetsnr": "9001", "navn": "NAV \u202eyøræbålB"}, {"enhetsnr": "9002"}]
    folder = write_extract(tmp_path / "uttrekk", sound_tables("person") | {"kontor": rows})
    (problem,) = check_extract(folder).problems
    assert (problem.column, problem.code) == ("navn", "invisible_characters")
    assert "<U+202E>" in problem.value


@pytest.mark.parametrize("name", ["kontakt.csv", "kommentarer", "uttrekk.yml", "lenke"])
def test_links_inside_an_extract_are_refused_wherever_they_lead(tmp_path: Path, name: str) -> None:
    folder = sound(tmp_path)
    target = folder / name
    elsewhere = tmp_path / f"annet-{name}"
    if target.exists():
        target.rename(elsewhere)
    else:
        elsewhere.mkdir()
        (elsewhere / "9001.md").write_text("HEMMELIG", encoding="utf-8")
    target.symlink_to(elsewhere)
    report = check_extract(folder)
    assert not report.ok
    assert "link" in {problem.code for problem in report.problems}
    assert "HEMMELIG" not in str(report)


def test_a_link_to_a_file_of_the_same_extract_is_refused_too(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    (folder / "kontakt.csv").rename(folder / "kontakt_2.csv")
    (folder / "kontakt.csv").symlink_to("kontakt_2.csv")
    assert ("kontakt", "link") in codes(folder)


def test_a_norg2_export_nested_without_end_is_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "norg2.json"
    for content in ("[" * 100_000, '[{"enhet":' * 20_000, json.dumps([1]) + "x"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(UsageError, match="is not JSON"):
            read_norg2(path)


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text() -> None:
    row = OfficeRow("9001", date(2000, 1, 1), None, '=HYPERLINK("x")', "9901", "@SUM(1)")
    _, line = kontor_lines([row])
    assert line[1:4] == ['\'=HYPERLINK("x")', "9901", "'@SUM(1)"]
