"""Few files may be open: a build says so before it begins, and raises the limit where it may."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from navbook.runtime.open_files import ENOUGH, LEAST


def limited(soft: int, hard: int, *command: str) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    return subprocess.run(
        [sys.executable, *command], preexec_fn=limit, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("files", [64, LEAST - 1])
def test_a_build_with_too_few_files_says_what_to_do(tmp_path: Path, files: int) -> None:
    out = limited(files, files, "-m", "navbook.cli", "build", str(tmp_path), "--period", "2022")
    assert (out.returncode, out.stdout) == (2, "")
    (line,) = out.stderr.splitlines()
    assert "ulimit -n 1024" in line


@pytest.mark.parametrize(
    ("soft", "hard", "after"),
    [(64, 2 * ENOUGH, ENOUGH), (LEAST, LEAST, LEAST), (ENOUGH, 2 * ENOUGH, ENOUGH), (64, 512, 512)],
)
def test_the_limit_is_raised_as_far_as_it_may_be(soft: int, hard: int, after: int) -> None:
    code = (
        "import resource; from navbook.runtime.open_files import ensure_open_files; ensure_open_files();"
        "print(*resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    assert limited(soft, hard, "-c", code).stdout.split() == [str(after), str(hard)]
