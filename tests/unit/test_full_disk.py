"""A full disk: nothing half-written is kept, and the user is told in one sentence."""

import contextlib
import errno
import json
import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import duckdb
import pyarrow as pa
import pytest
from click.testing import CliRunner

from extracts import write_extract
from navbook.book.execution import run_tasks as running
from navbook.book.execution.page_cache import PageCache
from navbook.book.execution.page_task import PageTask
from navbook.book.release.status_page import write_status_page
from navbook.book.site import sphinx_build
from navbook.cli import command, main
from navbook.extract import check_extract
from navbook.gate.metadata import provenance
from navbook.indicators import SCHEMA, write_counts
from navbook.letters import write_new_letter
from navbook.runtime import copy_folder
from navbook.runtime.errors import UsageError
from navbook.runtime.full_disk import is_full_disk
from navbook.runtime.paths import DATA
from norg2_exports import unit
from sound_extract import sound_tables


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: a write beyond it fails as on a full disk (EFBIG)."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_page_that_the_disk_has_no_room_for_is_not_kept_in_part(tmp_path: Path) -> None:
    page = tmp_path / "sider" / "9001.ipynb"
    page.parent.mkdir()
    page.write_bytes(b"x" * 50_000)
    cache = PageCache(tmp_path / "kopi")
    with room_for(10_000):
        cache.finished_pages({Path("9001.ipynb"): "a" * 64}, page.parent)()
    assert list((tmp_path / "kopi").iterdir()) == []
    task = PageTask(Path("kontor.ipynb"), Path("9001.ipynb"))
    assert cache.fetch([task], ["a" * 64], tmp_path / "ny") == [task]


def test_a_copy_ends_at_the_first_file_without_room_and_says_so(tmp_path: Path) -> None:
    source = tmp_path / "fra"
    (source / "kontor").mkdir(parents=True)
    for name in ("index.html", "kontor/9001.html", "kontor/9002.html"):
        (source / name).write_bytes(b"x" * 5000)
    with room_for(1000), pytest.raises(OSError, match="til/") as problem:
        copy_folder(source, tmp_path / "til")
    assert problem.value.errno == errno.EFBIG
    assert len([path for path in (tmp_path / "til").rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG])
def test_a_full_disk_is_told_in_one_sentence(number: int) -> None:
    @click.command()
    @command
    def build() -> None:
        raise OSError(number, os.strerror(number), "utgaver/2022/tall.csv")

    result = CliRunner().invoke(build)
    assert result.exit_code == 1
    assert "The disk is full (utgaver/2022/tall.csv): make room and run again" in result.output
    assert "Traceback" not in result.output


def counts_of_many_months() -> pa.Table:
    months = [f"{2000 + k // 12}-{k % 12 + 1:02}" for k in range(3000)]
    columns = [["aap_26u"] * 3000, ["alle"] * 3000, ["9001"] * 3000, months, [1.0] * 3000, [2.0] * 3000]
    return pa.Table.from_arrays([pa.array(column) for column in [*columns, [False] * 3000]], schema=SCHEMA)


def write_kontor(folder: Path) -> None:
    export = folder.parent / "norg2.json"
    export.write_text(json.dumps([unit("9900", None, "FYLKE"), unit("9901")]), encoding="utf-8")
    arguments = ["kontor", "--norg2", str(export), "--out", str(folder / "kontor.csv")]
    result = CliRunner().invoke(main, arguments, standalone_mode=False)
    if "The disk is full" in result.output:
        raise OSError(errno.ENOSPC, result.output)


def new_letter(folder: Path) -> None:
    write_new_letter(2023, folder)


WRITERS: list[Callable[[Path], object]] = [
    lambda folder: write_counts(counts_of_many_months(), folder / "tellinger.parquet"),
    lambda folder: write_status_page(folder / "status.html", "Build times", [], []),
    write_kontor,
    new_letter,
    lambda folder: provenance.extract_fingerprints({"x": DATA / "demo.yml"}, folder, synthetic=False),
]


@pytest.mark.parametrize("write", WRITERS)
def test_no_part_of_a_file_stays_when_the_disk_is_full(
    write: Callable[[Path], object], tmp_path: Path
) -> None:
    folder = tmp_path / "ut"
    folder.mkdir(mode=0o700)
    if write is new_letter:
        (folder / "2022.yml").write_bytes((DATA / "letters" / "2022.yml").read_bytes())
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with room_for(20), pytest.raises(OSError, match=r"space|large") as problem:
        write(folder)
    assert is_full_disk(problem.value)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_key_that_a_full_disk_cut_off_is_not_used(tmp_path: Path) -> None:
    (tmp_path / provenance.KEY_FILE).write_text("00ff\n", encoding="ascii")
    with pytest.raises(UsageError, match="damaged"):
        provenance.extract_fingerprints({}, tmp_path, synthetic=False)


def test_an_extract_is_not_to_blame_for_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    extract = write_extract(tmp_path / "uttrekk", sound_tables())
    assert check_extract(extract).ok
    with room_for(10), pytest.raises(OSError, match="space") as problem:
        check_extract(extract)
    assert problem.value.errno == errno.ENOSPC


def test_a_page_is_not_to_blame_for_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = {0: "cell 25: OSError: [Errno 28] Error writing bytes. Detail: No space left on device"}
    monkeypatch.setattr(running, "run_on_workers", lambda *_, **__: failed)
    with pytest.raises(OSError, match="space") as problem:
        running.run_tasks([PageTask(notebook(tmp_path), Path("a.ipynb"))], tmp_path)
    assert problem.value.errno == errno.ENOSPC


def notebook(folder: Path) -> Path:
    path = folder / "mal.ipynb"
    path.write_text(
        json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8"
    )
    return path


def test_a_warning_of_sphinx_is_not_to_blame_for_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="space"):
        sphinx_build._refuse_warnings("ERROR: [Errno 28] No space left on device: 'x.html'", tmp_path)


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "x"), True),
        (OSError("Error writing bytes. Detail: [errno 28] No space left on device"), True),
        (duckdb.IOException('IO Error: Could not write file "a": No space left on device'), True),
        (OSError(errno.EACCES, os.strerror(errno.EACCES)), False),
        (ValueError("space"), False),
    ],
)
def test_a_full_disk_is_recognised_whichever_library_reports_it(error: Exception, full: bool) -> None:
    assert is_full_disk(error) == full
