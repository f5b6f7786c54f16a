"""Many pages on workers: every failure is told, none hides another, and nothing outlives the run."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from processes import MARK, marked, settled

from navbook.book.execution.page_task import PageTask
from navbook.book.execution.run_tasks import run_tasks
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.workers import Worker
from navbook.runtime.errors import PageFailed, UsageError
from notebooks import GREETING, write_notebook
from whole_way import hear_ctrl_c

FOUR = ["9001", "9002", "9003", "9004"]
SOME_FAIL = 'if enhet in ("9002", "9004"):\n    raise ValueError(f"ingen rader\\nfor {enhet}")'
ONE_HANGS = 'import time\nif enhet == "9001":\n    time.sleep(600)'
ONE_KILLS_ITS_WORKER = (
    "import os, signal, psutil\n"
    'if enhet == "9001":\n'
    "    os.kill(psutil.Process(os.getppid()).ppid(), signal.SIGKILL)"
)


pytestmark = pytest.mark.usefixtures("nothing_outlives_the_run")


def tasks_for(notebook: Path, offices: list[str] = FOUR) -> list[PageTask]:
    return [PageTask(notebook, Path("kontor", f"{nr}.ipynb"), {"enhet": nr}, f"NAV {nr}") for nr in offices]


def test_pages_come_in_the_order_of_their_tasks_and_progress_is_told(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", GREETING)
    told: list[tuple[int, int, int]] = []
    pages = run_tasks(
        tasks_for(notebook), tmp_path / "sider", workers=2, on_progress=lambda *now: told.append(now)
    )
    assert [page.stem for page in pages] == FOUR
    assert all("Enhet 900" in page.read_text(encoding="utf-8") for page in pages)
    assert told[-1] == (4, 0, 4)


def test_every_failed_page_is_listed_with_office_cell_and_last_line(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", GREETING, SOME_FAIL)
    with pytest.raises(PageFailed) as failure:
        run_tasks(tasks_for(notebook), tmp_path / "sider", workers=2)
    assert str(failure.value).splitlines() == [
        "2 of 4 pages failed and nothing was published; fix them and build again:",
        "  kontor/9002 (NAV 9002): cell 4: ValueError: for 9002",
        "  kontor/9004 (NAV 9004): cell 4: ValueError: for 9004",
    ]
    assert failure.value.exit_code == 4


def test_a_page_that_hangs_is_ended_and_the_others_are_made(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", ONE_HANGS)
    with pytest.raises(PageFailed, match=r"1 of 2 pages(.|\n)*9001.*longer than 3 s"):
        run_tasks(
            tasks_for(notebook, FOUR[:2]),
            tmp_path / "sider",
            workers=1,
            settings=ExecutionSettings(time_limit=3),
        )
    assert (tmp_path / "sider" / "kontor" / "9002.ipynb").is_file()


def test_a_killed_worker_fails_its_page_and_is_replaced(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", ONE_KILLS_ITS_WORKER)
    with pytest.raises(PageFailed, match=r"9001.*worker process was killed"):
        run_tasks(tasks_for(notebook, FOUR[:2]), tmp_path / "sider", workers=1)
    assert (tmp_path / "sider" / "kontor" / "9002.ipynb").is_file()


class DyingProcess:
    """A process that was killed: its link is closed already, but the system does not call it dead yet."""

    def is_alive(self) -> bool:
        return True

    def kill(self) -> None:
        """It is on its way."""

    def join(self, timeout: float | None = None) -> None:
        """Nothing to wait for."""


def test_a_worker_whose_link_closed_first_was_killed_and_not_slow(tmp_path: Path) -> None:
    ours, theirs = multiprocessing.Pipe()
    theirs.close()
    worker = Worker(tmp_path, ExecutionSettings())
    worker._process, worker._connection, worker._number = DyingProcess(), ours, 0
    worker.deadline = time.monotonic() + 60
    assert worker.result() == (0, "its worker process was killed (out of memory?)")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_from_outside_leaves_no_process(tmp_path: Path, end: signal.Signals) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", ONE_HANGS)
    script = tmp_path / "kjor.py"
    script.write_text(
        "from pathlib import Path\n"
        "from navbook.book.execution.run_tasks import run_tasks\n"
        "from navbook.book.execution.page_task import PageTask\n"
        "if __name__ == '__main__':\n"
        f"    task = PageTask(Path({str(notebook)!r}), Path('9001.ipynb'), {{'enhet': '9001'}}, '')\n"
        f"    run_tasks([task], Path({str(tmp_path)!r}), workers=1)\n",
        encoding="utf-8",
    )
    run = subprocess.Popen([sys.executable, str(script)], stderr=subprocess.DEVNULL, preexec_fn=hear_ctrl_c)
    wait_for_kernel(os.environ[MARK])
    run.send_signal(end)
    assert run.wait(timeout=10) != 0
    assert settled(os.environ[MARK]) == []


def wait_for_kernel(mark: str) -> None:
    """Until the warm process has forked a kernel: two processes with its command."""
    deadline = time.monotonic() + 30
    while sum("warm.zygote" in command for command in marked(mark)) < 2:
        assert time.monotonic() < deadline, "no kernel was started"
        time.sleep(0.05)


def test_wrong_parameters_are_told_before_any_page_is_run(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", GREETING)
    task = PageTask(notebook, Path("kontor/9001.ipynb"), {"kontornr": "9001"}, "NAV 9001")
    with pytest.raises(UsageError, match=r"kontor/9001.*kontornr is unknown"):
        run_tasks([task], tmp_path / "sider", workers=1)
