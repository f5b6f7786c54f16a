"""Which engine counts: the one asked for, else the environment's, else DuckDB; never one that is missing."""

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from click.testing import CliRunner

from extracts import write_extract
from navbook.cli import main
from navbook.extract import open_extract
from navbook.runtime.engines import VARIABLE, engine_named
from navbook.runtime.errors import UsageError


@pytest.fixture
def no_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec

    def find(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name.partition(".")[0] == "pyspark" else found(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find)


def test_duckdb_unless_something_else_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert engine_named(None) == "duckdb"
    monkeypatch.setenv(VARIABLE, "spark")
    assert engine_named(None) == "spark"
    assert engine_named("duckdb") == "duckdb"


def test_an_engine_that_there_is_not_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, "abacus")
    with pytest.raises(UsageError, match="no engine 'abacus': choose among duckdb, spark"):
        open_extract(write_extract(tmp_path / "u", {}))


@pytest.mark.parametrize("command", [["count", "--out", "tall.parquet"], ["build", "--period", "2022"]])
@pytest.mark.usefixtures("no_spark")
def test_without_the_extra_a_command_says_what_to_install(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_extract(tmp_path / "uttrekk", {})
    done = CliRunner().invoke(main, [command[0], "uttrekk", *command[1:], "--engine", "spark"])
    assert done.exit_code == 2
    assert done.stderr.strip() == (
        "navbook: --engine spark needs the optional extra navbook[spark]: install it with "
        ".venv/bin/uv pip install -r requirements-spark.txt (and Java 17)"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["uttrekk"]
