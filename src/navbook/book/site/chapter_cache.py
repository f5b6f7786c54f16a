"""The chapters that are written from the edition, kept from before if what they are made from is the same."""

import json
import sys

from navbook.book.execution.page_cache import PageCache
from navbook.edition import Edition, Uncommented
from navbook.pages import chapters
from navbook.runtime import LOCKFILE, files_digest, json_digest, source_digest


def written_chapters(edition: Edition, cache: PageCache) -> dict[str, str]:
    """Address without suffix → Markdown of each chapter, as `pages.chapters` gives it."""
    read = Uncommented(edition.folder)
    program = [source_digest("navbook.pages", "navbook.book.site.chapter_cache"), sys.version_info[:2]]
    made_from = [program, files_digest([LOCKFILE], LOCKFILE.parent), read.digest()]
    key = json_digest(made_from)
    written: dict[str, str] = json.loads(
        cache.text(key, lambda: json.dumps(chapters(read), ensure_ascii=False))
    )
    return written
