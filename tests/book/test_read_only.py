"""Folders that are mounted read-only, since root ignores modes, and a machine without /dev/shm."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from sites import make_site

from extracts import write_extract
from navbook.edition import Edition
from whole_way import prints

OFFICE = {"enhetsnr": "9001", "navn": "NAV Storvik", "fylke_enhetsnr": "9700", "fylke_navn": "NAV Nord"}
COUNT = {"indikator": "ota_arbs", "gruppe": "alle", "enhetsnr": "9001", "maned": "2022-01", "x": 5, "n": 9}
# in a mount space of its own: $1 is mounted read-only, $2 is where the rest is run
READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && cd "$2" && shift 2 && exec "$@"'
NO_SHARED_MEMORY = 'mount -t tmpfs -o size=0,mode=000,ro none /dev/shm && cd "$2" && shift 2 && exec "$@"'
UNSHARE = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]


@cache
def may_mount() -> bool:
    try:
        tried = subprocess.run(
            [*UNSHARE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
        )
    except FileNotFoundError:
        return False
    return tried.returncode == 0


@pytest.fixture(autouse=True)
def _needs_mounts() -> None:
    if not may_mount():
        pytest.skip("this user may not mount in a space of its own (unshare --mount)")


def run_in(how: str, read_only: Path, cwd: Path, *arguments: object, **variables: str) -> tuple[int, str]:
    """The exit code of navbook and what it told on standard error."""
    program = [sys.executable, "-m", "navbook", *map(str, arguments)]
    command = [*UNSHARE, "sh", "-c", how, "sh", str(read_only), str(cwd), *program]
    environment = {**os.environ, **variables}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    return result.returncode, result.stderr.strip()


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """An extract of counts with one office."""
    return write_extract(tmp_path / "uttrekk", {"kontor": [OFFICE], "tellinger": [COUNT]})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "arbeid" / "privat").mkdir(parents=True)
    return tmp_path / "arbeid"


def test_an_extract_is_only_read(extract: Path, place: Path) -> None:
    before = prints(extract)
    assert run_in(READ_ONLY, extract, place, "check", extract) == (0, "")
    assert run_in(READ_ONLY, extract, place, "count", extract, "--out", "ut.parquet") == (0, "")
    assert prints(extract) == before
    assert (place / "ut.parquet").is_file()


def test_check_needs_no_folder_to_write_in(extract: Path, place: Path) -> None:
    assert run_in(READ_ONLY, place, place, "check", extract) == (0, "")


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (2, ["build", "uttrekk", "--period", "2022-01", "--out", "fast/nettsted"]),
        (2, ["build", "uttrekk", "--period", "2022-01", "--out", "fast"]),
        (2, ["count", "uttrekk", "--out", "fast/ut.parquet"]),
        (2, ["check", "uttrekk", "--json", "fast/rapport.json"]),
        (2, ["demo", "fast/demo", "--offices", "2", "--people", "50", "--fom", "2022-12"]),
        (2, ["ny", "fast/prosjekt"]),
        (6, ["publish", "nettsted", "--to", "fast"]),
        (6, ["publish", "nettsted", "--to", "fast/ut"]),
    ],
    ids=lambda value: " ".join(value[:1] + value[-1:]) if isinstance(value, list) else str(value),
)
@pytest.mark.usefixtures("extract")
def test_a_read_only_folder_to_write_in_is_one_sentence(
    code: int, arguments: list[str], tmp_path: Path, edition: Edition
) -> None:
    (tmp_path / "fast").mkdir()
    if arguments[0] == "publish":
        make_site(tmp_path / "nettsted", "2022", "x", edition.folder)
    found, told = run_in(READ_ONLY, tmp_path / "fast", tmp_path, *arguments)
    assert found == code, told
    (told,) = [line for line in told.splitlines() if line.startswith("navbook: ")]
    assert "fast" in told
    assert list((tmp_path / "fast").iterdir()) == []


def test_a_project_that_is_read_only_is_refused_before_a_build(extract: Path, place: Path) -> None:
    code, told = run_in(READ_ONLY, place, place, "build", extract, "--period", "2022-01")
    assert (code, told.count("\n")) == (2, 0)
    assert "read-only" in told


def test_a_temporary_folder_that_is_read_only_is_not_needed(
    extract: Path, place: Path, tmp_path: Path
) -> None:
    """Python takes another one."""
    (tmp_path / "tmp").mkdir()
    code, told = run_in(READ_ONLY, tmp_path / "tmp", place, "check", extract, TMPDIR=str(tmp_path / "tmp"))
    assert (code, told) == (0, "")


@pytest.mark.slow
def test_a_build_needs_no_shared_memory_and_no_temporary_folder(
    extract: Path, place: Path, tmp_path: Path
) -> None:
    code, told = run_in(
        NO_SHARED_MEMORY,
        extract,
        place,
        *("build", extract, "--period", "2022-01", "--office", "9001"),
        TMPDIR=str(tmp_path / "finnes-ikke"),
    )
    assert code == 0, told
    assert (place / "_build" / "html" / "kontor" / "9001.html").is_file()
