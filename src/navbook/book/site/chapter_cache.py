"""The generated chapters of an edition, taken from the page cache if their inputs have not changed."""

import json
import sys
from collections.abc import Collection

from navbook.book.execution.page_cache import PageCache
from navbook.edition import Edition, EditionWithoutComments
from navbook.pages import edition_chapters
from navbook.runtime import LOCKFILE, files_digest, json_digest, source_digest


def cached_chapters(
    edition: Edition, cache: PageCache, offices: Collection[str] | None = None
) -> dict[str, str]:
    """Address without suffix → Markdown of each chapter, as `pages.edition_chapters` returns it."""
    read = EditionWithoutComments(edition.folder)
    program = [source_digest("navbook.pages", "navbook.book.site.chapter_cache"), sys.version_info[:2]]
    of_offices = None if offices is None else sorted(offices)
    inputs = [program, files_digest([LOCKFILE], LOCKFILE.parent), read.digest(), of_offices]
    key = json_digest(inputs)
    written: dict[str, str] = json.loads(
        cache.get_or_write_text(key, lambda: json.dumps(edition_chapters(read, offices), ensure_ascii=False))
    )
    return written
