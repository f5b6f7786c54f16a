"""Pages on a Dask cluster: the bytes of a local run, also when a worker is killed, and nothing is left."""

import contextlib
import io
import json
import os
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from processes import MARK, marked, settled

from editions import make_small_edition
from navbook.book.execution import dask as cluster
from navbook.book.execution.dask_bundle import differences, pack
from navbook.book.execution.page_list import page_list
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.run_tasks import run_tasks
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.timings import read_timing
from navbook.cli import main
from navbook.edition import Edition
from navbook.runtime.errors import PageFailed, UsageError
from notebooks import FIGURE, GREETING, write_notebook

SIX = ["9001", "9002", "9003", "9004", "9005", "9006"]
NOBODY = "tcp://127.0.0.1:1"
ONE_FAILS = 'if enhet == "9004":\n    raise ValueError("ingen rader")'
# The warm process forks the kernel; its parent is the process in which Dask runs tasks.
KILL_WORKER_ONCE = """
import os, signal, psutil
from pathlib import Path
done = Path({done!r})
if enhet == "9003" and not done.exists():
    done.touch()
    os.kill(psutil.Process(os.getppid()).ppid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def mark() -> str:
    """What every process of the cluster carries in its environment."""
    return uuid.uuid4().hex


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory, mark: str) -> Iterator[str]:
    """The address of a scheduler with two workers of one thread each, all of them processes of their own."""
    with dask(tmp_path_factory.mktemp("dask"), mark, workers=2) as (address, _):
        yield address
    assert settled(mark) == []


@contextlib.contextmanager
def dask(folder: Path, mark: str, workers: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A running cluster: its address, and its scheduler's process."""
    card = folder / "scheduler.json"
    with (folder / "log").open("w") as log:

        def start(*arguments: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", *arguments, "--scheduler-file", str(card), "--no-dashboard"]
            environment = {**os.environ, MARK: mark}
            return subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)

        processes = [
            start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"),
            start("distributed.cli.dask_worker", "--nworkers", str(workers), "--nthreads", "1"),
        ]
        try:
            yield address_on(card), processes[0]
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in processes:
                process.wait(timeout=20)


def address_on(card: Path) -> str:
    """The address that the scheduler writes to its file once it listens."""
    deadline = time.monotonic() + 30
    while not (card.is_file() and card.read_text(encoding="utf-8")):
        assert time.monotonic() < deadline, "the scheduler did not start"
        time.sleep(0.05)
    return str(json.loads(card.read_text(encoding="utf-8"))["address"])


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Do not wait long for a scheduler that is not there; one that is may take its time to get workers."""
    if "scheduler" not in request.fixturenames:
        monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.3)
    else:
        monkeypatch.setattr(cluster, "CONNECT_SECONDS", 30)


def tasks_for(notebook: Path) -> list[PageTask]:
    return [PageTask(notebook, Path("kontor", f"{nr}.ipynb"), {"enhet": nr}, f"NAV {nr}") for nr in SIX]


def test_a_page_whose_worker_is_killed_is_made_by_another_and_bytes_are_those_of_a_local_run(
    scheduler: str, mark: str, tmp_path: Path
) -> None:
    done = tmp_path / "drept"
    notebook = write_notebook(
        tmp_path / "kontor.ipynb", GREETING, FIGURE, KILL_WORKER_ONCE.format(done=str(done))
    )
    told: list[tuple[int, int, int]] = []
    on_cluster = run_tasks(
        tasks_for(notebook),
        tmp_path / "klynge",
        scheduler=scheduler,
        on_progress=lambda *now: told.append(now),
    )
    assert done.exists(), "no worker was killed"
    assert told[-1] == (6, 0, 6)
    assert no_pages_left(mark)
    local = run_tasks(tasks_for(notebook), tmp_path / "lokalt", workers=1)
    assert [page.read_bytes() for page in on_cluster] == [page.read_bytes() for page in local]


def no_pages_left(mark: str) -> bool:
    """Whether the workers' warm processes and kernels are gone, while the cluster itself goes on."""
    deadline = time.monotonic() + 5
    while any("warm.zygote" in command for command in marked(mark)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_failed_page_is_told_as_in_a_local_run(scheduler: str, tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", ONE_FAILS)
    with pytest.raises(PageFailed) as failure:
        run_tasks(tasks_for(notebook), tmp_path / "sider", scheduler=scheduler)
    assert str(failure.value).splitlines() == [
        "1 of 6 pages failed and nothing was published; fix them and build again:",
        "  kontor/9004 (NAV 9004): cell 3: ValueError: ingen rader",
    ]
    assert len(list((tmp_path / "sider").rglob("*.ipynb"))) == 5


def test_a_run_whose_scheduler_is_lost_ends_and_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 30)
    notebook = write_notebook(tmp_path / "kontor.ipynb", GREETING)
    mark = uuid.uuid4().hex
    with (
        dask(tmp_path, mark, workers=1) as (address, process),
        pytest.raises(PageFailed, match=r"scheduler at .* was lost with [1-5] of 6 pages made"),
    ):
        run_tasks(
            tasks_for(notebook),
            tmp_path / "sider",
            scheduler=address,
            on_progress=lambda done, *_: process.kill() if done == 1 else None,
        )
    assert settled(mark) == []


def test_workers_that_would_make_other_bytes_are_refused_by_what_differs(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = cluster.versions()
    monkeypatch.setattr(cluster, "versions", lambda: {**ours, "pandas": "0.1"})
    notebook = write_notebook(tmp_path / "kontor.ipynb", GREETING)
    with pytest.raises(UsageError, match=rf"pandas \(0\.1, {ours['pandas']}\).*same navbook"):
        run_tasks(tasks_for(notebook), tmp_path / "sider", scheduler=scheduler)
    assert not (tmp_path / "sider").exists()


def test_pages_of_an_edition_are_made_from_the_edition_that_was_sent(scheduler: str, tmp_path: Path) -> None:
    edition = Edition(make_small_edition(tmp_path / "utgaver"))
    tasks = [task for task in page_list(edition) if task.name in ("kontor/9001", "indikator/ota_arbs")]
    settings = ExecutionSettings(edition_root=edition.folder.parent, timings=tmp_path)
    on_cluster = run_tasks(tasks, tmp_path / "klynge", scheduler=scheduler, settings=settings)
    # What a page cost comes back with it: it was run, if elsewhere.
    assert all(cost is not None and cost.cpu > 0 for cost in [read_timing(task, tmp_path) for task in tasks])
    local = run_tasks(tasks, tmp_path / "lokalt", workers=1, settings=settings)
    assert [page.read_bytes() for page in on_cluster] == [page.read_bytes() for page in local]


def test_only_notebooks_and_the_edition_asked_for_travel(tmp_path: Path) -> None:
    root = tmp_path / "utgaver"
    edition = make_small_edition(root)
    (root / "2021").mkdir()
    (root / "2021" / "utgave.json").write_text("{}", encoding="utf-8")
    (root / "sider").mkdir()
    (root / "tellinger.parquet").write_bytes(b"privat")
    notebook = write_notebook(tmp_path / "kontor.ipynb", GREETING)
    task = PageTask(notebook, Path("kontor/9001.ipynb"), {"utgave": "2022", "enhet": "9001"}, "")
    parcel, [sent] = pack([task], ExecutionSettings(edition_root=root))
    with zipfile.ZipFile(io.BytesIO(parcel)) as archive:
        names = set(archive.namelist())
    assert names == {
        sent.notebook.as_posix(),
        *(f"utgaver/2022/{path.name}" for path in edition.iterdir()),
    }


def test_machines_differ_in_what_is_missing_or_of_another_version() -> None:
    here = {"Python": "3.11", "numpy": "2.4.6", "pandas": "3.1.1"}
    assert differences(here, dict(here)) == []
    assert differences(here, {"Python": "3.12", "numpy": "2.4.6"}) == [
        "Python (3.11, 3.12)",
        "pandas (3.1.1, missing)",
    ]


@pytest.mark.parametrize("address", [NOBODY, "tcp:/nobody", "nobody"])
def test_a_scheduler_that_does_not_answer_is_told_before_anything_is_made(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(main, ["build", "uttrekk", "--period", "2022", "--scheduler", address])
    assert ended.exit_code == 2
    assert ended.output.startswith(f"navbook: No Dask scheduler answers at {address}: start one")
    assert list(tmp_path.iterdir()) == []


def test_without_dask_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"not installed.*requirements-dask\.txt"):
        cluster.check_scheduler(NOBODY)
