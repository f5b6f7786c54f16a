"""Run navbook as a stranger does, in a folder of one's own, and look at everything it left there."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

WRITING = {".html", ".svg", ".js", ".json", ".csv", ".txt", ".xml", ".ipynb", ".md"}
# a reader does not see the space between thousands, nor should a search
_THOUSANDS = re.compile(r"(?<=\d)(?: |\u00a0|\u202f|\u2009|&nbsp;|&#160;|&#8239;|&thinsp;)(?=\d{3})")


def navbook(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command `navbook` in `cwd`."""
    command = [sys.executable, "-m", "navbook.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env={**os.environ}, check=False)


def done(*arguments: object, cwd: Path) -> str:
    """Run a command that must succeed; returns what it told on standard output."""
    result = navbook(*arguments, cwd=cwd)
    assert result.returncode == 0, f"{arguments}: {result.stdout}{result.stderr}"
    return result.stdout


def refused(code: int, *arguments: object, cwd: Path) -> str:
    """Run a command that must stop with this exit code and one message; returns the message."""
    result = navbook(*arguments, cwd=cwd)
    assert result.returncode == code, f"{arguments}: {result.returncode} {result.stdout}{result.stderr}"
    assert "Traceback" not in result.stderr
    return result.stderr.strip()


def hear_ctrl_c() -> None:
    """Run in a new process: one that was started in the background ignores Ctrl-C, and so its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def prints(*folders: Path) -> dict[str, str]:
    """The hash of every file in the folders, hidden ones too: equal if nothing was touched."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its place in the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Place and text of every file, Parquet as CSV, a document as its parts, no space between thousands."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        if path.suffix == ".parquet":
            text = pq.ParquetFile(path).read().to_pandas().to_csv(index=False)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                written = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
                text = "\n".join(parts.read(name).decode("utf-8", errors="replace") for name in written)
        else:
            text = path.read_bytes().decode("utf-8", errors="replace")
        yield path.relative_to(folder).as_posix(), _THOUSANDS.sub("", text)


def manifest_of(folder: Path) -> dict[str, object]:
    """`utgave.json` of an edition or of a site's data."""
    return json.loads((folder / "utgave.json").read_text(encoding="utf-8"))
