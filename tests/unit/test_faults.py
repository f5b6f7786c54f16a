"""Faults of the surroundings: one sentence and the right exit code, or it works."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from editions import make_small_edition
from navbook.book.execution.execute_page import kernel_runtime
from navbook.book.execution.settings import ExecutionSettings
from navbook.cli import command, main
from navbook.disclosure.linked_tables import parallel
from navbook.run import targets
from navbook.runtime.errors import UsageError

# what jupyter_client adds to the folder of the runtime: /run/<pid>-<id>.json-ipc-<channel>
LONGEST_SOCKET_NAME = len("/run/4194304-7fffffffffff.json-ipc-5")
MAX_SOCKET_PATH = 107


def test_a_long_temporary_folder_still_gives_kernels_short_socket_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with kernel_runtime(ExecutionSettings()):
        runtime = os.environ["JUPYTER_PATH"]
        assert len(runtime) + LONGEST_SOCKET_NAME <= MAX_SOCKET_PATH
    assert not Path(runtime).exists()


def test_without_any_short_temporary_folder_the_user_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("x" * 120)))
    monkeypatch.setattr("navbook.book.execution.execute_page.OTHER_TEMP_FOLDERS", ())
    with pytest.raises(UsageError, match="set TMPDIR"), kernel_runtime(ExecutionSettings()):
        pass


def test_without_shared_semaphores_one_process_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoSemaphores:
        def Lock(self) -> Any:
            raise OSError(errno.ENOENT, "No such file or directory")

    monkeypatch.setattr(parallel, "get_context", lambda _method: NoSemaphores())
    assert parallel.run_parallel(pow, [(2, 3), (3, 2)], workers=2) == [8, 9]


@pytest.mark.parametrize("size", [0, 100, -1])
def test_a_truncated_table_of_an_edition_is_told(size: int, tmp_path: Path) -> None:
    edition = make_small_edition(tmp_path)
    file = edition / "tall.parquet"
    file.write_bytes(file.read_bytes()[:size])
    result = CliRunner().invoke(main, ["compare", str(edition), str(edition)])
    assert result.exit_code == 2, result.output
    assert result.output.count("\n") == 1
    assert "tall.parquet is damaged or missing" in result.output


def test_a_read_only_place_is_refused_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets.os, "access", lambda path, _mode: Path(path) != tmp_path)
    with pytest.raises(UsageError, match="read-only"):
        targets.refuse_foreign_site(tmp_path / "html")


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (errno.EROFS, 2, "cannot be read or written"),
        (errno.EMFILE, 1, "Too few files may be open"),
        (errno.ENFILE, 1, "Too few files may be open"),
    ],
)
def test_errors_of_the_system_are_told_in_one_sentence(number: int, code: int, text: str) -> None:
    @click.command()
    @command
    def build() -> None:
        raise OSError(number, os.strerror(number), "ut/nettsted")

    result = CliRunner().invoke(build)
    assert result.exit_code == code
    assert text in result.output
    assert result.output.count("\n") == 1
