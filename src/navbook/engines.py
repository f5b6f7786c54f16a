"""Which engines can count, and which one is asked for."""

import importlib.util
import os

from navbook.errors import UsageError

ENGINES = ("duckdb", "spark")
DEFAULT = "duckdb"
# How a build tells its calculation notebooks, each a process of its own, which engine counts.
VARIABLE = "NAVBOOK_ENGINE"


def engine_named(name: str | None) -> str:
    """The engine asked for, else the one the environment names, else DuckDB; UsageError for any other."""
    asked = name or os.environ.get(VARIABLE) or DEFAULT
    if asked not in ENGINES:
        raise UsageError(f"There is no engine '{asked}': choose among {', '.join(ENGINES)}")
    return asked


def refuse_missing(name: str) -> None:
    """Raise UsageError if the engine needs a package that is not installed."""
    if name == "spark" and importlib.util.find_spec("pyspark") is None:
        raise UsageError(
            "--engine spark needs the optional extra navbook[spark]: install it with "
            ".venv/bin/uv pip install -r requirements-spark.txt (and Java 17)"
        )
