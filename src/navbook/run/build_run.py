"""One run of the pipeline: what was asked for, where things go, and what is told on the way."""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import click

from navbook.book.execution.dask import refuse_unreachable
from navbook.book.execution.page_cache import PageCache
from navbook.book.release.status_page import StepCost
from navbook.edition.ledger import read_ledger
from navbook.engines import DEFAULT as DEFAULT_ENGINE
from navbook.engines import refuse_missing
from navbook.extract.files import locate
from navbook.periods import Period, parse_period
from navbook.run.cache import Memory, digest, everything_digest, tables_digest
from navbook.run.workspace import Workspace
from navbook.runtime import TempDir, sigterm_as_interrupt


@dataclass(frozen=True)
class BuildRequest:
    """What `navbook build` was asked for."""

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
class Run:
    """A request with its places; `staging` holds everything until the whole book is good."""

    request: BuildRequest
    staging: Path
    workspace: Workspace = field(default_factory=Workspace)
    steps: list[StepCost] = field(default_factory=list)

    @cached_property
    def period(self) -> Period:
        return parse_period(self.request.period)

    @cached_property
    def site(self) -> Path:
        """Where the site is put in the end."""
        return self.request.out or self.workspace.default_site

    @property
    def pages(self) -> Path:
        """Where executed pages lie until they are bound."""
        return self.staging / "sider"

    @cached_property
    def costs(self) -> Path:
        """Where workers note what each notebook cost."""
        folder = self.staging / "kostnader"
        folder.mkdir()
        return folder

    @cached_property
    def memory(self) -> Memory:
        """What earlier runs found in the very same files; private."""
        return Memory(self.workspace.make_private("cache"))

    @cached_property
    def made_from(self) -> str:
        """The key of all that the book is made from, as it was when the run began.

        Raises UsageError if there is no such extract.
        """
        request = self.request
        asked = [self.period.name, sorted(request.offices), request.profile, request.engine, self.ledger]
        return digest(everything_digest(locate(request.extract)), asked, str(self.edition.resolve()))

    @cached_property
    def ledger(self) -> str | None:
        """The digest of the release ledger, as it was when the run first asked; None without one."""
        ledger = self.request.ledger
        return hashlib.sha256(ledger.read_bytes()).hexdigest() if ledger else None

    @cached_property
    def tables(self) -> str:
        """The digest of the extract's tables, as they were when the run first asked."""
        return tables_digest(locate(self.request.extract))

    @cached_property
    def page_cache(self) -> PageCache:
        """Executed pages of this and earlier runs; not yet audited, so for their owner only."""
        return PageCache(self.workspace.executed_pages)

    @cached_property
    def edition(self) -> Path:
        """Where the edition is put in the end."""
        return self.workspace.editions / self.period.name


@contextlib.contextmanager
def start(request: BuildRequest) -> Iterator[Run]:
    """A run whose wrong uses are refused before anything is done, and whose staging is gone when it ends.

    Raises UsageError for a period or a ledger that is none, for a site inside the extract or `privat/`, for
    an engine that is not installed, and for a scheduler that does not answer.
    """
    workspace = Workspace()
    parse_period(request.period)
    if request.ledger:
        read_ledger(request.ledger)
    workspace.refuse_overlap(request.out or workspace.default_site, "--out", request.extract)
    refuse_missing(request.engine)
    if request.scheduler:
        refuse_unreachable(request.scheduler)
    workspace.make_private()
    workspace.editions.mkdir(parents=True, exist_ok=True)
    # Beside the editions, so that the finished one is put in place by a rename.
    with sigterm_as_interrupt(), TempDir(".bygges-", workspace.editions) as staging:
        yield Run(request, staging, workspace)


def say(text: str) -> None:
    """Tell the user what is being done, apart from the result, which goes to standard output."""
    click.echo(text, err=True)
