"""The key of a page: a digest of everything that the page is made from, and of nothing else.

That is its notebook, its parameters and title, the source that executes and stores it, the part of the
edition that it reads, and the versions of the libraries (the lockfile).
"""

import sys
from collections.abc import Sequence

from navbook.book.execution.page_task import PageTask
from navbook.edition import Edition
from navbook.edition.schema import COUNTRY
from navbook.pages.view import page_inputs
from navbook.runtime import LOCKFILE, file_digest, json_digest, source_digest

# The modules that a page notebook calls and those that execute and store it. The kernel is not among them:
# warm and standard kernels give the same bytes.
PAGE_SOURCE = ("navbook.pages", "navbook.book.execution.execute_page", "navbook.book.execution.page_keys")


def page_keys(tasks: Sequence[PageTask], edition: Edition, source_date_epoch: int) -> list[str]:
    """The key of each task, in hexadecimal."""
    lockfile = file_digest(LOCKFILE) if LOCKFILE.is_file() else ""
    shared = [source_digest(*PAGE_SOURCE), lockfile, sys.version_info[:2], source_date_epoch]
    notebooks = {notebook: file_digest(notebook) for notebook in {task.notebook for task in tasks}}
    return [_key(task, edition, [*shared, notebooks[task.notebook]]) for task in tasks]


def _key(task: PageTask, edition: Edition, shared: list[object]) -> str:
    kind = task.notebook.stem
    named = [task.parameters.get(name) for name in ("enhet", "indikator", "kapittel")]
    subject = next((name for name in named if name), COUNTRY)
    given = [task.name, task.title, task.subtitle, task.parameters]
    return json_digest(shared, given, page_inputs(edition, kind, subject).digest())
