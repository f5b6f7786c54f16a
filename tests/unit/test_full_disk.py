"""A full disk: nothing half-written is kept, and the user is told in one sentence."""

import errno
import os
import resource
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from navbook.book.execution.page_cache import PageCache
from navbook.book.execution.page_task import PageTask
from navbook.cli import command
from navbook.runtime import copy_folder


def test_a_page_that_the_disk_has_no_room_for_is_not_kept_in_part(tmp_path: Path) -> None:
    page = tmp_path / "sider" / "9001.ipynb"
    page.parent.mkdir()
    page.write_bytes(b"x" * 50_000)
    cache = PageCache(tmp_path / "kopi")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        cache.finished_pages({Path("9001.ipynb"): "a" * 64}, page.parent)()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "kopi").iterdir()) == []
    task = PageTask(Path("kontor.ipynb"), Path("9001.ipynb"))
    assert cache.fetch([task], ["a" * 64], tmp_path / "ny") == [task]


def test_a_copy_ends_at_the_first_file_without_room_and_says_so(tmp_path: Path) -> None:
    source = tmp_path / "fra"
    (source / "kontor").mkdir(parents=True)
    for name in ("index.html", "kontor/9001.html", "kontor/9002.html"):
        (source / name).write_bytes(b"x" * 5000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="til/") as problem:
            copy_folder(source, tmp_path / "til")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
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
