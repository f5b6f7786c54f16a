"""Folders for unfinished work: gone when the one who works there ends, however it ends, and never before."""

import subprocess
import sys
from pathlib import Path

import pytest

from navbook.runtime.temp_dirs import Scratch

WAITING = """
import sys
from navbook.runtime.temp_dirs import Scratch
scratch = Scratch("lesing-")
(scratch.path / "rader.parquet").touch()
print(scratch.path, flush=True)
sys.stdin.read()
"""


def reader(place: Path) -> tuple["subprocess.Popen[str]", Path]:
    """A process that has a folder under `place`/privat until its standard input is closed, and the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING], cwd=place, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_the_folder_of_a_killed_process_is_removed_by_the_next_and_that_of_a_living_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    killed, left = reader(tmp_path)
    living, used = reader(tmp_path)
    killed.kill()
    killed.communicate()
    assert left.is_dir()
    scratch = Scratch("lesing-")
    assert {path for path in (tmp_path / "privat").iterdir() if path.is_dir()} == {used, scratch.path}
    assert (used / "rader.parquet").is_file()
    living.kill()
    living.communicate()
    scratch.remove()
    Scratch("lesing-").remove()
    assert list((tmp_path / "privat").iterdir()) == []


def test_a_folder_is_for_its_owner_alone_and_leaves_what_others_call_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    elsewhere = tmp_path / "annet"
    elsewhere.mkdir()
    (tmp_path / "privat").mkdir()
    (tmp_path / "privat" / "lesing-lenke").symlink_to(elsewhere)
    (tmp_path / "privat" / "tellinger").mkdir()
    scratch = Scratch("lesing-")
    assert scratch.path.stat().st_mode & 0o777 == 0o700
    scratch.remove()
    scratch.remove()
    assert elsewhere.is_dir()
    assert {path.name for path in (tmp_path / "privat").iterdir()} == {"lesing-lenke", "tellinger"}


def test_a_build_removes_what_a_killed_one_left_beside_the_site(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    left = tmp_path / ".navbook-0123"
    (left / "site").mkdir(parents=True)
    with Scratch(".navbook-", tmp_path) as work:
        assert work.parent == tmp_path
        assert {path.name for path in tmp_path.iterdir()} == {"html", work.name}
    assert [path.name for path in tmp_path.iterdir()] == ["html"]
