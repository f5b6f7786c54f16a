"""The audit of a site, in which files that were looked through before for the same values are passed over."""

from pathlib import Path

import pandas as pd

from navbook.disclosure import (
    Withheld,
    audit_site,
    audited_files,
    numbers_looked_for,
    ordinary_numbers,
    refuse_findings,
    what_is_looked_for,
)
from navbook.run.cache import Memory, digest, program_digest
from navbook.runtime import files_digest

NOTE = "revisjon"


def refuse_what_can_be_read(
    site: Path, withheld: pd.DataFrame, memory: Memory, by_key: Withheld | None = None
) -> int:
    """Raise DisclosureRefused if a withheld value stands in the site; how many files were looked through.

    `by_key` is the same withheld values by their key, if that has been made.
    """
    ordinary = ordinary_numbers()
    key = digest(program_digest("navbook.disclosure"), what_is_looked_for(site, withheld, ordinary))
    found_clean = set(memory.recall(NOTE, key) or ())
    # By place and content: where a file lies says how it is read.
    digests = {path: files_digest([path], site) for path in audited_files(site)}
    unknown = [path for path, content in digests.items() if content not in found_clean]
    if unknown:
        numbers = memory.made("soketall", key, lambda: numbers_looked_for(site, withheld, ordinary))
        refuse_findings(audit_site(site, withheld, ordinary, unknown, numbers, by_key))
    memory.note(NOTE, key, sorted(digests.values()))
    return len(unknown)
