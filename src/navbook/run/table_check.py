"""The check of an extract's tables, cached by the digest of the tables and of the checking code."""

from dataclasses import asdict
from pathlib import Path

from navbook.extract.check import TableCheck, check_tables
from navbook.extract.report import Problem
from navbook.extract.schema import side_tables
from navbook.letters import letter_for, letter_years
from navbook.run.cache import Cache
from navbook.run.inputs import program_digest, tables_digest
from navbook.runtime import files_digest, json_digest

NAME = "kontroll"


def cached_table_check(cache: Cache, extract: Path) -> TableCheck:
    """The result of `check_tables`, from the cache if the tables, the letters that local targets are checked
    against, and the program are the same.
    """
    aside = sorted(path for name in side_tables() for path in extract.glob(f"{name}.*"))
    targets = _letters() if any(path.stem == "lokale_mal" for path in aside) else []
    key = json_digest(
        tables_digest(extract), files_digest(aside, extract), targets, program_digest("navbook.extract.check")
    )
    known = cache.get(NAME, key)
    if known is not None:
        problems = [Problem(**{**row, "keys": tuple(row["keys"])}) for row in known["found"]]
        return TableCheck(problems, known["rows"], known["offices"], known["counties"])
    checked = check_tables(extract)
    cache.put(NAME, key, asdict(checked))
    return checked


def _letters() -> list[str]:
    """Every letter that there is, as JSON."""
    letters = (letter_for(year) for year in letter_years())
    return [letter.model_dump_json() for letter in letters if letter is not None]
