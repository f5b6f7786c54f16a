"""The engines that can count, and the choice between them."""

import importlib.util
import os

from navbook.runtime.errors import UsageError

ENGINES = ("duckdb", "spark")
DEFAULT = "duckdb"
# The environment variable that tells the calculation notebooks of a build which engine to use.
VARIABLE = "NAVBOOK_ENGINE"


def engine_named(name: str | None) -> str:
    """The engine `name`, else the one that the environment names, else DuckDB; UsageError for any other."""
    chosen = name or os.environ.get(VARIABLE) or DEFAULT
    if chosen not in ENGINES:
        raise UsageError(f"There is no engine '{chosen}': choose among {', '.join(ENGINES)}")
    return chosen


def refuse_missing(name: str) -> None:
    """Raise UsageError if the engine needs a package that is not installed."""
    if name == "spark" and importlib.util.find_spec("pyspark") is None:
        raise UsageError(
            "--engine spark needs the optional extra navbook[spark]: install it with "
            ".venv/bin/uv pip install -r requirements-spark.txt (and Java 17)"
        )
