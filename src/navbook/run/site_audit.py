"""The audit of a site. Files that were found clean for the same withheld values are not read again."""

from pathlib import Path

import pandas as pd

from navbook.disclosure import (
    WithheldIndex,
    audit_digest,
    audit_site,
    audited_files,
    boilerplate_numbers,
    refuse_findings,
    search_terms,
)
from navbook.run.cache import Cache
from navbook.run.inputs import program_digest
from navbook.runtime import files_digest, json_digest

NAME = "revisjon"


def refuse_disclosed_values(
    site: Path, withheld: pd.DataFrame, cache: Cache, by_key: WithheldIndex | None = None
) -> int:
    """Raise DisclosureRefused if a withheld value can be read in the site; returns the number of files read.

    `by_key` is the index of the same withheld values, if the caller has it.
    """
    boilerplate = boilerplate_numbers()
    key = json_digest(program_digest("navbook.disclosure"), audit_digest(site, withheld, boilerplate))
    clean = set(cache.get(NAME, key) or ())
    # By path and content: the path of a file decides how it is read.
    digests = {path: files_digest([path], site) for path in audited_files(site)}
    unknown = [path for path, content in digests.items() if content not in clean]
    if unknown:
        numbers = cache.get_or_compute("soketall", key, lambda: search_terms(site, withheld, boilerplate))
        refuse_findings(audit_site(site, withheld, boilerplate, unknown, numbers, by_key))
    cache.put(NAME, key, sorted(digests.values()))
    return len(unknown)
