"""One run of the pipeline: its request, its folders, and its progress messages."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import click

from navbook.book.execution.dask import check_scheduler
from navbook.book.execution.page_cache import PageCache
from navbook.book.release.status_page import StepTiming
from navbook.book.site.staging import GENERATED
from navbook.book.site.stored_pages import refuse_own_pages
from navbook.edition.ledger import read_ledger
from navbook.extract.files import locate
from navbook.run.cache import Cache
from navbook.run.inputs import all_inputs_digest, tables_digest
from navbook.run.targets import refuse_foreign_folders, refuse_foreign_site
from navbook.run.workspace import Workspace
from navbook.runtime import TempDir, file_digest, json_digest, sigterm_as_interrupt
from navbook.runtime.engines import DEFAULT as DEFAULT_ENGINE
from navbook.runtime.engines import refuse_missing
from navbook.runtime.open_files import ensure_open_files
from navbook.runtime.paths import PROJECT
from navbook.runtime.periods import Period, parse_period


@dataclass(frozen=True)
class BuildRequest:
    """The arguments of `navbook build`."""

    extract: Path
    period: str
    out: Path | None = None
    offices: tuple[str, ...] = ()
    workers: int | None = None
    engine: str = DEFAULT_ENGINE
    profile: str = "nav"
    kernel: str = "warm"
    scheduler: str | None = None
    ledger: Path | None = None


@dataclass(frozen=True)
class BuildRun:
    """A request with its folders. `staging` holds all results until the complete book is finished."""

    request: BuildRequest
    staging: Path
    workspace: Workspace = field(default_factory=Workspace)
    steps: list[StepTiming] = field(default_factory=list)

    @cached_property
    def period(self) -> Period:
        return parse_period(self.request.period)

    @cached_property
    def site(self) -> Path:
        """Where the finished site is placed."""
        return self.request.out or self.workspace.default_site

    @cached_property
    def edition(self) -> Path:
        """Where the finished edition is placed."""
        return self.workspace.editions / self.period.name

    @property
    def pages(self) -> Path:
        """The executed pages, before the site is built."""
        return self.staging / "sider"

    @cached_property
    def timings(self) -> Path:
        """Where workers write the time of each notebook."""
        folder = self.staging / "tider"
        folder.mkdir()
        return folder

    @cached_property
    def cache(self) -> Cache:
        """Results of earlier runs on the same inputs; private."""
        return Cache(self.workspace.make_private("cache"), report_progress)

    @cached_property
    def page_cache(self) -> PageCache:
        """Executed pages of this and earlier runs. They are not audited, so only the owner may read them."""
        return PageCache(self.workspace.executed_pages)

    @cached_property
    def input_key(self) -> str:
        """The digest of everything that the book is made from, as it was when the run began.

        Raises UsageError if the extract does not exist.
        """
        request = self.request
        options = [
            self.period.name,
            sorted(request.offices),
            request.profile,
            request.engine,
            self.ledger_digest,
        ]
        return json_digest(all_inputs_digest(locate(request.extract)), options, str(self.edition.resolve()))

    @cached_property
    def ledger_digest(self) -> str | None:
        """The digest of the release ledger at its first use in this run; None without a ledger."""
        ledger = self.request.ledger
        return file_digest(ledger) if ledger else None

    @cached_property
    def tables_digest(self) -> str:
        """The digest of the extract's tables at its first use in this run."""
        return tables_digest(locate(self.request.extract))


@contextlib.contextmanager
def start_run(request: BuildRequest) -> Iterator[BuildRun]:
    """A run with a staging folder that is removed when the block ends.

    Raises UsageError, before anything is done, for an invalid period or ledger, for a site inside the extract
    or `privat/`, for an engine that is not installed, for a scheduler that does not answer, for a folder that
    holds what navbook did not make or is a link, for a workspace that another build holds, and where too few
    files may be open.
    """
    ensure_open_files()
    workspace = Workspace()
    period = parse_period(request.period)
    if request.ledger:
        read_ledger(request.ledger)
    workspace.refuse_overlap(request.out or workspace.default_site, "--out", request.extract)
    refuse_missing(request.engine)
    if request.scheduler:
        check_scheduler(request.scheduler)
    workspace.refuse_links()
    refuse_foreign_site(request.out or workspace.default_site)
    refuse_foreign_folders(workspace.editions / period.name, workspace.sphinx_build)
    if workspace.root.resolve() == PROJECT.resolve():
        refuse_own_pages(PROJECT / GENERATED)
    workspace.claim(request.extract)
    with sigterm_as_interrupt(), workspace.locked():
        workspace.editions.mkdir(parents=True, exist_ok=True)
        # Next to the editions, so that the finished one is put in place by a rename.
        with TempDir(".bygges-", workspace.editions) as staging:
            yield BuildRun(request, staging, workspace)


def report_progress(text: str) -> None:
    """Write a progress line to standard error; the result goes to standard output."""
    click.echo(text, err=True)
