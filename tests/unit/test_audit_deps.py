"""`make audit-deps` never says that all is well where the vulnerability data cannot be read."""

import re
import subprocess
from pathlib import Path

import pytest

from navbook.runtime.paths import PROJECT

# pip-audit's answers: the columns are those of its documentation
FOUND = "jinja2 2.4.1 PYSEC-2014-8 2.7.2"
NONE = "No known vulnerabilities found"


def audited(folder: Path, known: str, pinned: str = NONE) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run the target with a pip-audit that gives these answers on the known and on the pinned packages;
    returns how it ended, and every line that pip-audit was called with.
    """
    folder.mkdir()
    (folder / ".uv").touch()
    script = f"""#!/bin/sh
echo "$@" >> {folder}/calls
case "$*" in
  *requirements*) echo "{pinned}"; [ "{pinned}" = "{NONE}" ];;
  *) echo "{known}"; [ "{known}" = "{NONE}" ];;
esac
"""
    (folder / "uv").write_text(script, encoding="utf-8")
    (folder / "uv").chmod(0o700)
    command = ["make", "--no-print-directory", "-s", "audit-deps", f"BIN={folder}"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    return done, (folder / "calls").read_text(encoding="utf-8")


@pytest.mark.parametrize("answer", [NONE, "ERROR: Dependency not found on PyPI and could not be audited"])
def test_without_vulnerability_data_it_fails_and_says_so(tmp_path: Path, answer: str) -> None:
    done, calls = audited(tmp_path / "bin", known=answer)
    assert done.returncode != 0
    assert "No package was audited: PyPI's vulnerability data cannot be read from here" in done.stderr
    assert "requirements" not in calls


def test_with_data_every_pinned_package_is_looked_up(tmp_path: Path) -> None:
    done, calls = audited(tmp_path / "bin", known=FOUND)
    assert done.returncode == 0, done.stderr
    looked_up = "".join(
        (PROJECT / name).read_text(encoding="utf-8") for name in re.findall(r"requirements[\w-]*\.txt", calls)
    )
    for file in sorted(PROJECT.glob("requirements*.txt")):
        pins = re.findall(r"^[A-Za-z][^ ]*==\S+", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert pins
        assert not [pin for pin in pins if pin not in looked_up], file.name


def test_a_vulnerable_pin_fails(tmp_path: Path) -> None:
    done, _ = audited(tmp_path / "bin", known=FOUND, pinned="numpy 1.0 GHSA-xxxx 1.1")
    assert done.returncode != 0
    assert "GHSA-xxxx" in done.stdout
