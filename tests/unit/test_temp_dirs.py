"""Temporary folders: removed when their process has ended, however it ended, and never before."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from navbook.runtime import TempDir
from whole_way import hear_ctrl_c

WAITING = """
import sys
from navbook.runtime import TempDir
folder = TempDir("lesing-")
(folder.path / "rader.parquet").touch()
print(folder.path, flush=True)
sys.stdin.read()
"""
WAITING_FOR_A_SIGNAL = """
import sys, time
from pathlib import Path
from navbook.runtime import TempDir, sigterm_as_interrupt

with sigterm_as_interrupt(), TempDir(".bygges-", Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(60)
"""


def start(place: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WAITING], cwd=place, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def folder_of(process: "subprocess.Popen[str]") -> Path:
    assert process.stdout
    return Path(process.stdout.readline().strip())


def reader(place: Path) -> tuple["subprocess.Popen[str]", Path]:
    """A process that holds a folder under `place`/privat until its input is closed, and that folder."""
    process = start(place)
    return process, folder_of(process)


def test_the_folder_of_a_killed_process_is_removed_by_the_next_and_that_of_a_living_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    killed, left = reader(tmp_path)
    living, used = reader(tmp_path)
    killed.kill()
    killed.communicate()
    assert left.is_dir()
    folder = TempDir("lesing-")
    assert {path for path in (tmp_path / "privat").iterdir() if path.is_dir()} == {used, folder.path}
    assert (used / "rader.parquet").is_file()
    living.kill()
    living.communicate()
    folder.remove()
    TempDir("lesing-").remove()
    assert list((tmp_path / "privat").iterdir()) == []


def test_a_folder_is_for_its_owner_alone_and_other_folders_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    elsewhere = tmp_path / "annet"
    elsewhere.mkdir()
    (tmp_path / "privat").mkdir()
    (tmp_path / "privat" / "lesing-lenke").symlink_to(elsewhere)
    (tmp_path / "privat" / "tellinger").mkdir()
    folder = TempDir("lesing-")
    assert folder.path.stat().st_mode & 0o777 == 0o700
    folder.remove()
    folder.remove()
    assert elsewhere.is_dir()
    assert {path.name for path in (tmp_path / "privat").iterdir()} == {"lesing-lenke", "tellinger"}


def test_a_folder_without_a_lock_was_left_by_an_older_version_and_is_removed(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    left = tmp_path / ".navbook-0123"
    (left / "site").mkdir(parents=True)
    with TempDir(".navbook-", tmp_path) as work:
        assert work.parent == tmp_path
        assert {path.name for path in tmp_path.iterdir()} == {"html", work.name}
    assert [path.name for path in tmp_path.iterdir()] == ["html"]


def test_many_processes_that_begin_together_each_keep_their_own_folder(tmp_path: Path) -> None:
    processes = [start(tmp_path) for _ in range(8)]
    folders = [folder_of(process) for process in processes]
    assert len(set(folders)) == 8
    assert all((folder / "rader.parquet").is_file() for folder in folders)
    for process in processes:
        process.communicate()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_asked_to_end_removes_its_folder(tmp_path: Path, end: signal.Signals) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", WAITING_FOR_A_SIGNAL, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=hear_ctrl_c,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == b"ready\n"
    run.send_signal(end)
    assert run.wait(timeout=10) != 0
    assert list(tmp_path.iterdir()) == []
