"""The content key of a page: it changes when something that the page is made from changes, and only then.

That is: its notebook, its parameters and title, the source that draws and stores it, its part of the edition,
and the versions of the libraries (the lockfile).
"""

import sys
from collections.abc import Sequence

from navbook.book.execution.page_task import PageTask
from navbook.edition import Edition
from navbook.edition.schema import COUNTRY
from navbook.pages.view.page_inputs import reads
from navbook.runtime import LOCKFILE, file_digest, json_digest, source_digest

# What a page's notebook calls, and what runs and stores it; the kernel is none of it: both give equal bytes.
DRAWN_BY = ("navbook.pages", "navbook.book.execution.execute_page", "navbook.book.execution.page_keys")


def page_keys(tasks: Sequence[PageTask], edition: Edition, source_date_epoch: int) -> list[str]:
    """The key of each task, in hexadecimal."""
    shared = [source_digest(*DRAWN_BY), _lock(), sys.version_info[:2], source_date_epoch]
    notebooks = {notebook: file_digest(notebook) for notebook in {task.notebook for task in tasks}}
    return [_key(task, edition, [*shared, notebooks[task.notebook]]) for task in tasks]


def _key(task: PageTask, edition: Edition, shared: list[object]) -> str:
    kind = task.notebook.stem
    named = [task.parameters.get(name) for name in ("enhet", "indikator", "kapittel")]
    subject = next((name for name in named if name), COUNTRY)
    given = [task.name, task.title, task.subtitle, task.parameters]
    content = [shared, given, reads(edition, kind, subject).digest()]
    return json_digest(content)


def _lock() -> str:
    return file_digest(LOCKFILE) if LOCKFILE.is_file() else ""
