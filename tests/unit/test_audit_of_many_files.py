"""A book of many files is looked through in two processes, and a line of a table once: nothing is missed."""

import os
import signal
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pytest

from navbook.disclosure import audit_site
from navbook.disclosure.audit.parallel_scan import FILES_WORTH_A_PROCESS, scan_files

COLUMNS = ["indikator", "gruppe", "niva", "enhet", "periode", "felt", "verdi"]
SECRET = pd.DataFrame([("ota_arbs", "alle", "kontor", "9003", "2022", "x", 47119.0)], columns=COLUMNS)
HEAD = "indikator;gruppe;enhet;periode;n;x\n"
TELLS = "ota_arbs;alle;9003;2022;;47119\n"
HONEST = "ota_arbs;alle;9001;2022;60000;50000\n"


def places(folder: Path) -> list[tuple[str, str]]:
    return [(each.file, each.where) for each in audit_site(folder, SECRET)]


def test_a_line_that_tells_is_found_in_every_file_that_holds_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + HONEST, encoding="utf-8")
    for name in ("b.csv", "c.csv"):
        (tmp_path / name).write_text(HEAD + HONEST + TELLS, encoding="utf-8")
    assert [where for where in places(tmp_path) if "line" in where[1]] == [
        ("b.csv", "line 3"),
        ("c.csv", "line 3"),
    ]


def test_a_line_that_is_honest_under_one_head_may_tell_under_another(tmp_path: Path) -> None:
    secret = SECRET.assign(verdi=12.0)
    line = "ota_arbs;alle;9003;2022;12;\n"
    (tmp_path / "a.csv").write_text(HEAD + line, encoding="utf-8")
    (tmp_path / "b.csv").write_text(HEAD.replace("n;x", "x;n") + line, encoding="utf-8")
    assert [each.file for each in audit_site(tmp_path, secret)] == ["b.csv"]


def test_lines_that_no_table_can_be_read_from_hide_no_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "for;mange;felt;i;denne;linjen;her\n" + TELLS, encoding="utf-8")
    (tmp_path / "b.csv").write_text(HEAD + TELLS, encoding="utf-8")
    by_key = [file for file, where in places(tmp_path) if "line" in where]
    assert by_key == ["a.csv", "b.csv"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Pages enough for two processes, of which every seventh tells."""
    for number in range(2 * FILES_WORTH_A_PROCESS):
        told = "Det var 47119." if number % 7 == 0 else "Det vises ikke."
        (tmp_path / f"{number:03}.html").write_text(f"<p>{told}</p>\n", encoding="utf-8")
    return tmp_path


def test_two_processes_find_what_one_finds(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    by_two = places(book)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert by_two == places(book)
    assert [file for file, _ in by_two] == [f"{number:03}.html" for number in range(0, 200, 7)]


@pytest.mark.parametrize("fault", [ValueError, None], ids=["a fault", "killed"])
def test_a_helper_that_fails_or_is_killed_leaves_nothing_unread(
    fault: type[Exception] | None, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here, begun = os.getpid(), get_context("fork").Event()

    def look(path: Path) -> str:
        if os.getpid() == here:
            assert begun.wait(60)
            return path.name
        begun.set()
        if fault:
            raise fault("i den andre prosessen")
        os.kill(os.getpid(), signal.SIGKILL)
        return ""

    with pytest.raises(fault or RuntimeError):
        scan_files(look, [*book.iterdir()], [])
