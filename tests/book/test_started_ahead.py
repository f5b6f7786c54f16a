"""What is started ahead of its work gives the same bytes, says what went wrong, and leaves nothing behind."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from processes import MARK, marked, settled

from navbook.book.execution.page_list import page_list
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.workers import Worker, run_on_workers
from navbook.book.site.build import source_date_epoch
from navbook.book.site.sphinx_process import SphinxProcess, sendable_error
from navbook.edition import Edition
from whole_way import hear_ctrl_c

pytestmark = pytest.mark.usefixtures("nothing_outlives_the_run")

STARTS_BOTH = """
import time
from contextlib import closing
from pathlib import Path
from navbook.book.site.sphinx_process import SphinxProcess
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.workers import Worker
if __name__ == "__main__":
    with closing(SphinxProcess()):
        Worker(Path(), ExecutionSettings()).prestart()
        time.sleep(60)
"""


@pytest.mark.parametrize("many", [1, 99], ids=["with a rehearsal", "without"])
def test_a_worker_started_before_there_is_an_edition_makes_the_same_page(
    edition: Edition, executed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr("navbook.book.execution.workers.WARM_UP_FROM", many)
    folder = tmp_path / "utgaver" / edition.folder.name
    settings = ExecutionSettings(edition_root=folder.parent, source_date_epoch=source_date_epoch(edition))
    worker = Worker(tmp_path / "sider", settings)
    worker.prestart()
    tasks = [task for task in page_list(edition) if task.name in ("landet", "kontor/9001")]
    shutil.copytree(edition.folder, folder)
    assert run_on_workers(tasks, tmp_path / "sider", workers=1, settings=settings, first=worker) == {}
    for task in tasks:
        assert (tmp_path / "sider" / task.out).read_bytes() == (executed / task.out).read_bytes()


def test_a_worker_is_for_the_run_it_was_started_for_only(tmp_path: Path) -> None:
    worker = Worker(tmp_path, ExecutionSettings(source_date_epoch=1))
    assert worker.is_for(tmp_path, ExecutionSettings(source_date_epoch=1))
    assert not worker.is_for(tmp_path, ExecutionSettings(source_date_epoch=2))
    assert not worker.is_for(tmp_path / "andre", ExecutionSettings(source_date_epoch=1))


def test_what_went_wrong_in_another_process_is_told_as_it_was() -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/bok")

    class Odd(Exception):
        def __init__(self, one: str, other: str) -> None:
            super().__init__(f"{one} {other}")

    def odd() -> None:
        raise Odd("en", "to")

    problem = sendable_error(full)
    assert isinstance(problem, OSError)
    assert (problem.errno, problem.filename) == (errno.ENOSPC, "/bok")
    assert str(sendable_error(odd)) == "Odd: en to"
    assert sendable_error(lambda: None) is None


def test_a_binder_that_was_killed_says_so(tmp_path: Path) -> None:
    with closing(SphinxProcess()) as binder:
        while not (
            spawned := [c for c in psutil.Process().children() if "spawn_main" in " ".join(c.cmdline())]
        ):
            time.sleep(0.02)  # until it is more than a copy of this process
        for child in spawned:
            child.kill()
        with pytest.raises(RuntimeError, match="was ended"):
            binder(tmp_path, tmp_path, tmp_path)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_what_was_started_ahead_ends_with_the_run(tmp_path: Path, end: signal.Signals) -> None:
    script = tmp_path / "kjor.py"
    script.write_text(STARTS_BOTH, encoding="utf-8")
    run = subprocess.Popen([sys.executable, str(script)], stderr=subprocess.DEVNULL, preexec_fn=hear_ctrl_c)
    deadline = time.monotonic() + 30
    while sum("spawn_main" in command for command in marked(os.environ[MARK])) < 2:
        assert time.monotonic() < deadline, "nothing was started"
        time.sleep(0.05)
    run.send_signal(end)
    assert run.wait(timeout=15) != 0
    assert settled(os.environ[MARK]) == []
