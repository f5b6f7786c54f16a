"""The check of an extract's tables, cached by the digest of the tables and of the checking code."""

from dataclasses import asdict
from pathlib import Path

from navbook.extract.check import TableCheck, check_tables
from navbook.extract.report import Problem
from navbook.run.cache import Cache
from navbook.run.inputs import program_digest, tables_digest
from navbook.runtime import files_digest, json_digest

NAME = "kontroll"


def cached_table_check(cache: Cache, extract: Path) -> TableCheck:
    """The result of `check_tables`, from the cache if the tables and the program are the same."""
    local_targets = files_digest(sorted(extract.glob("lokale_mal.*")), extract)
    key = json_digest(tables_digest(extract), local_targets, program_digest("navbook.extract.check"))
    known = cache.get(NAME, key)
    if known is not None:
        problems = [Problem(**{**row, "keys": tuple(row["keys"])}) for row in known["found"]]
        return TableCheck(problems, known["rows"], known["offices"])
    checked = check_tables(extract)
    cache.put(NAME, key, asdict(checked))
    return checked
