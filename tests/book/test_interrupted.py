"""Ctrl-C at any moment, while the program starts too: one line, exit code 130."""

import contextlib
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from extracts import write_extract
from navbook.cli import command
from navbook.runtime.paths import PROJECT
from navbook.runtime.signals import sigint_remembered, sigterm_as_interrupt
from whole_way import hear_ctrl_c

# Sends SIGINT to itself when the program begins to import a module, and then runs the program.
PROGRAM = """
import os, signal, sys

class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
{start}
"""
SCRIPT = PROJECT / "pyproject.toml"
INTERRUPTED = "navbook: Interrupted: nothing was published, and earlier results are unchanged."
OFFICE = {"enhetsnr": "9001", "navn": "NAV Storvik", "fylke_enhetsnr": "9700", "fylke_navn": "NAV Nord"}
COUNT = {"indikator": "ota_arbs", "gruppe": "alle", "enhetsnr": "9001", "maned": "2022-01", "x": 5, "n": 9}


def starts() -> dict[str, str]:
    """What `python -m navbook` and the command `navbook` run."""
    entry = tomllib.loads(SCRIPT.read_text(encoding="utf-8"))["project"]["scripts"]["navbook"]
    module, name = entry.split(":")
    return {
        "module": "import runpy; runpy.run_module('navbook', run_name='__main__', alter_sys=True)",
        "script": f"from {module} import {name}; sys.exit({name}())",
    }


@pytest.mark.parametrize("start", ["module", "script"])
@pytest.mark.parametrize(
    "module",
    ["navbook.cli", "click", "navbook.cli.interface", "navbook.runtime.errors", "navbook.extract",
     "navbook.extract.report", "pyarrow", "yaml", "navbook.extract.check", "duckdb"],
)  # fmt: skip
def test_ctrl_c_while_the_program_starts_is_one_line(module: str, start: str, tmp_path: Path) -> None:
    extract = write_extract(tmp_path / "uttrekk", {"kontor": [OFFICE], "tellinger": [COUNT]})
    program = PROGRAM.format(module=module, start=starts()[start])
    result = subprocess.run(
        [sys.executable, "-c", program, "check", str(extract)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        preexec_fn=hear_ctrl_c,
    )
    assert result.returncode == 130, result.stderr
    assert result.stderr.strip() == INTERRUPTED


def test_an_interrupt_that_a_library_made_an_error_of_its_own_is_one() -> None:
    @click.command()
    @command
    def read() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as error:
            raise RuntimeError("Query interrupted") from error

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = CliRunner().invoke(read)
    finally:
        signal.signal(signal.SIGINT, before)
    assert result.exit_code == 130
    assert result.output.strip() == INTERRUPTED


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_of_a_signal_is_remembered_by_the_next_command(number: signal.Signals) -> None:
    @click.command()
    @command
    def fails() -> None:
        raise RuntimeError("noe uventet")

    with contextlib.suppress(KeyboardInterrupt), sigterm_as_interrupt(), sigint_remembered():
        signal.raise_signal(number)
    assert CliRunner().invoke(fails).exit_code == 1


def test_python_m_navbook_is_the_command(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "navbook", "--help"]
    told = subprocess.run(run, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    assert told.startswith("Usage: navbook ")
