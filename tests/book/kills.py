"""Publishes and rollbacks that are killed at random moments, alone and in pairs, and what must hold then.
With --builds also builds (kill_builds.py).

publish_jobs.py imports navbook once and forks a child for each job, so that hundreds of jobs take minutes.

python -m tests.book.kills --publishes 200 --builds 50 [--folder /mnt/small-tmpfs]
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from navbook.book.release.history import HISTORY, VERSIONS
from navbook.book.release.target import LOCK, open_target
from navbook.book.site.site_manifest import read_site_manifest, site_files
from navbook.edition import Edition
from navbook.edition.ledger import CELL, read_ledger, released
from navbook.edition.ledger import FILE as LEDGER
from navbook.runtime import json_digest

if TYPE_CHECKING:
    from kill_builds import BuildKiller

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "book")]

from publish_jobs import Jobs  # noqa: E402
from sites import corrected_site, sites_of_two_years  # noqa: E402

KILLED = -signal.SIGKILL
# no count of the small editions is that large
FIRST_NUMBER = 1_000_000


@dataclass(frozen=True)
class Job:
    """A job that runs: its process, and the number of the site that it publishes (None of a rollback)."""

    pid: int
    number: int | None


class Killer:
    """Kills publishes and rollbacks to one folder, and holds what is found there to what must hold.

    Each publish is of a new corrected site, whose number is the count of one of its cells: so the ledger and
    the links say which sites were published.
    """

    def __init__(self, sites: Sequence[Path], folder: Path, seed: int = 1) -> None:
        self.sites, self.folder, self.to = list(sites), folder, folder / "ut"
        self.random = random.Random(seed)
        self.jobs = Jobs()
        self.killed = 0
        self.periods = {_period(site): site for site in sites}
        self.contents = {number: (_period(site), site_files(site)) for number, site in enumerate(sites)}
        first = pd.concat(released(Edition(site / "data")) for site in self.periods.values())
        self.first = first.drop_duplicates().sort_values(list(CELL), ignore_index=True)
        # numbers of corrected sites: published for certain; killed when another job may have finished them
        self.published: set[int] = set()
        self.unsure: set[int] = set()
        # The first job waits until the server has imported navbook.
        for site in sites:
            started = time.monotonic()
            assert self.jobs.wait(self.jobs.start("publish", site, self.to)) == 0
            self.longest = time.monotonic() - started
        self.check()

    def kill_one(self) -> None:
        """Kill one job, or one or both of two that run together; readers see a site at every moment, and
        what stands there afterwards is complete.
        """
        jobs = [self._random_job() for _ in range(self.random.choice((1, 2)))]
        killed = self.random.choice((jobs[:1], jobs))
        with reading(self.to / name for name in ("siste", *self.periods)):
            time.sleep(self.random.uniform(0, self.longest * 1.1))
            for job in killed:
                os.kill(job.pid, signal.SIGKILL)
            codes = [self.jobs.wait(job.pid) for job in jobs]
        self.killed += codes.count(KILLED)
        assert set(codes[: len(killed)]) <= {0, 6, KILLED}, codes
        assert set(codes[len(killed) :]) <= {0, 6}, codes
        self._note(jobs, codes)
        self.check_links()

    def run_through(self) -> None:
        """A publication that nobody kills: afterwards nothing is left of those that were."""
        job = self._publish()
        self._note([job], [self.jobs.wait(job.pid)])
        assert job.number in self.published
        self.check()

    def _random_job(self) -> Job:
        if self.random.random() < 0.3:
            return Job(self.jobs.start("rollback", self.to), None)
        return self._publish()

    def _publish(self) -> Job:
        number = FIRST_NUMBER + len(self.contents)
        site = self.folder / f"rettet-{number}"
        corrected_site(self.random.choice(self.sites), site, number)
        self.contents[number] = (_period(site), site_files(site))
        return Job(self.jobs.start("publish", site, self.to), number)

    def _note(self, jobs: list[Job], codes: list[int]) -> None:
        """Note which sites these jobs published, and remove the sites."""
        shown = self._shown().values()
        for job, code in zip(jobs, codes, strict=True):
            if job.number is None:
                continue
            shutil.rmtree(self.folder / f"rettet-{job.number}")
            if code == 0 or job.number in shown:
                self.published.add(job.number)
            elif code == KILLED and len(jobs) == 2 and codes != [KILLED, 6] and codes != [6, KILLED]:
                self.unsure.add(job.number)

    def _shown(self) -> dict[str, int]:
        """The number of the site that stands under each period."""
        shown = {}
        for period in self.periods:
            content = (period, site_files(self.to / period))
            same = [number for number, known in self.contents.items() if known == content]
            assert same, f"{period} is mixed, or is of another period"
            shown[period] = same[0]
        return shown

    def check_links(self) -> None:
        """Under each period there is one complete, audited site of it, and `siste` is one of them; every
        number that readers see is in the ledger.
        """
        assert (self.to / "siste").readlink().name in self.periods
        for period, number in self._shown().items():
            manifest = read_site_manifest(self.to / period)
            assert manifest is not None
            assert manifest.files == self.contents[number][1]
            assert manifest.audited == json_digest(manifest.files)
            assert number < FIRST_NUMBER or number in self._in_ledger(), f"{number} is not in the ledger"

    def _in_ledger(self) -> set[int]:
        """The numbers of the sites in the ledger; it also has each cell of the sites published at first."""
        ledger = read_ledger(self.to / LEDGER)[list(CELL)]
        corrected = ledger["x"] >= FIRST_NUMBER
        found = ledger[~corrected].sort_values(list(CELL), ignore_index=True)
        pd.testing.assert_frame_equal(found, self.first, check_dtype=False)
        return set(ledger.loc[corrected, "x"].astype(int))

    def check(self) -> None:
        """Nothing is left over, and the ledger holds exactly the cells of the sites that were published."""
        self.check_links()
        held = self._in_ledger()
        assert self.published <= held, self.published - held
        assert held <= self.published | self.unsure, held - self.published - self.unsure
        self.published, self.unsure = held, set()
        names = {path.name for path in self.to.iterdir()}
        assert names == {"siste", *self.periods, VERSIONS, LEDGER, HISTORY, LOCK}, names
        with open_target(self.to) as target:
            named = {publication.version for publication in target.history}
        linked = {(self.to / period).readlink().name for period in self.periods}
        assert {path.name for path in (self.to / VERSIONS).iterdir()} == named | linked


def _period(site: Path) -> str:
    return str(Edition(site / "data").utgave["periode"])


@contextlib.contextmanager
def reading(sites: Iterable[Path]) -> Iterator[None]:
    """Read the pages of sites again and again, as readers do; no page is ever missing or empty."""
    pages = [site / page for site in sites for page in ("index.html", "kontor/9001.html")]
    done, missed = threading.Event(), []

    def read() -> None:
        while not done.is_set():
            done.wait(0.002)
            for page in pages:
                try:
                    if not page.read_bytes():
                        missed.append(f"{page} is empty")
                except OSError as error:
                    missed.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        done.set()
        reader.join()
    assert not missed, missed[:3]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publishes", type=int, default=200)
    parser.add_argument("--builds", type=int, default=50)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    from kill_builds import BuildKiller, small_extracts

    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        if given.publishes:
            killer = Killer(sites_of_two_years(folder), folder, given.seed)
            _kill(killer, given.publishes, every=10)
            killer.jobs.close()
            print(f"publishes and rollbacks killed: {killer.killed}; all checks held", flush=True)
        if given.builds:
            (folder / "arbeid").mkdir()
            builds = BuildKiller(small_extracts(folder), folder / "arbeid", given.seed)
            _kill(builds, given.builds, every=8)
            print(
                f"builds killed: {builds.killed}, refused since another one ran: {builds.refused}; "
                "all checks held",
                flush=True,
            )


def _kill(killer: "Killer | BuildKiller", wanted: int, every: int) -> None:
    """Kill until so many were killed; after each `every` of them, and at the end, nobody kills a run."""
    since = 0
    while killer.killed < wanted:
        before = killer.killed
        killer.kill_one()
        since += killer.killed - before
        if since >= every:
            since = 0
            print(f"  {killer.killed} killed", file=sys.stderr, flush=True)
            killer.run_through()
    killer.run_through()


if __name__ == "__main__":
    main()
