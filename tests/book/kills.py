"""Publishes and rollbacks that are killed at random moments, alone and in pairs, and what must hold then.
With --builds also builds (kill_builds.py).

A server process imports navbook once and forks a child for each job, so that hundreds of jobs take minutes.

python -m tests.book.kills --publishes 200 --builds 50 [--folder /mnt/small-tmpfs]
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from navbook.book.release.publish import publish, rollback
from navbook.book.release.target import HISTORY, LOCK, VERSIONS, open_target
from navbook.book.site.site_manifest import read_site_manifest, site_files
from navbook.edition import Edition
from navbook.edition.ledger import CELL, read_ledger, released
from navbook.edition.ledger import FILE as LEDGER
from navbook.runtime.errors import NavbookError

if TYPE_CHECKING:
    from kill_builds import BuildKiller

ROOT = Path(__file__).resolve().parents[2]


class Jobs:
    """A process that runs `publish` and `rollback` in forked children; it has no threads, so it can fork."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.book.kills", "--serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def start(self, *arguments: object) -> int:
        """The process of a new job: `publish SITE TO` or `rollback TO`."""
        return int(self._ask({"do": [str(argument) for argument in arguments]}))

    def wait(self, pid: int) -> int:
        """The exit code of a job when it has ended."""
        return int(self._ask({"wait": pid}))

    def close(self) -> None:
        self._server.communicate()

    def _ask(self, request: dict[str, Any]) -> str:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        return self._server.stdout.readline()


def serve() -> None:
    """Fork a child for each job on standard input."""
    for line in sys.stdin:
        request = json.loads(line)
        if "wait" in request:
            answer = os.waitstatus_to_exitcode(os.waitpid(request["wait"], 0)[1])
        else:
            answer = os.fork()
            if not answer:
                os._exit(_run(*request["do"]))
        print(answer, flush=True)


def _run(what: str, *places: str) -> int:
    try:
        if what == "publish":
            publish(Path(places[0]), Path(places[1]))
        else:
            rollback(Path(places[0]))
    except NavbookError as error:
        return error.exit_code
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


class Killer:
    """Kills publishes and rollbacks of `sites` to one folder, and holds what is found there to what must
    hold.
    """

    def __init__(self, sites: Sequence[Path], folder: Path, seed: int = 1) -> None:
        self.sites, self.to = list(sites), folder / "ut"
        self.random = random.Random(seed)
        self.jobs = Jobs()
        self.killed = 0
        self.contents = {json.dumps(site_files(site), sort_keys=True) for site in sites}
        self.periods = {str(Edition(site / "data").utgave["periode"]): site for site in sites}
        # The first job waits until the server has imported navbook.
        assert self.jobs.wait(self.jobs.start("publish", sites[0], self.to)) == 0
        started = time.monotonic()
        assert self.jobs.wait(self.jobs.start("publish", sites[-1], self.to)) == 0
        self.longest = time.monotonic() - started
        self.check()

    def kill_one(self) -> None:
        """Kill one job, or one of two that run together; what readers see is complete then and later."""
        jobs = [self._random_job() for _ in range(self.random.choice((1, 2)))]
        time.sleep(self.random.uniform(0, self.longest * 1.1))
        os.kill(jobs[0], signal.SIGKILL)
        codes = [self.jobs.wait(pid) for pid in jobs]
        self.killed += codes[0] == -signal.SIGKILL
        assert codes[0] in (0, 6, -signal.SIGKILL), codes
        assert codes[1:] in ([], [0], [6]), codes
        self.check_links()

    def run_through(self) -> None:
        """A publication that nobody kills: afterwards nothing is left of those that were."""
        site = self.random.choice(self.sites)
        assert self.jobs.wait(self.jobs.start("publish", site, self.to)) == 0
        self.check()

    def _random_job(self) -> int:
        if self.random.random() < 0.3:
            return self.jobs.start("rollback", self.to)
        return self.jobs.start("publish", self.random.choice(self.sites), self.to)

    def _published(self) -> list[str]:
        """The periods that were ever published: a link that was made stays, whatever is rolled back."""
        return [period for period in self.periods if (self.to / period).is_symlink()]

    def check_links(self) -> None:
        """Under `siste` and under each period there is one complete, audited site."""
        for name in ("siste", *self._published()):
            shown = self.to / name
            assert (shown / "index.html").is_file(), f"{name} dangles"
            files = site_files(shown)
            assert json.dumps(files, sort_keys=True) in self.contents, f"{name} is mixed"
            manifest = read_site_manifest(shown)
            assert manifest is not None
            assert manifest.files == files

    def check(self) -> None:
        """Nothing is left over, and the ledger holds exactly the cells of the published editions."""
        self.check_links()
        names = {path.name for path in self.to.iterdir()}
        assert names == {"siste", *self._published(), VERSIONS, LEDGER, HISTORY, LOCK}, names
        with open_target(self.to) as target:
            named = {publication.version for publication in target.history}
        linked = {(self.to / period).readlink().name for period in self._published()}
        assert {path.name for path in (self.to / VERSIONS).iterdir()} == named | linked
        cells = [released(Edition(self.periods[period] / "data")) for period in self._published()]
        expected = pd.concat(cells).drop_duplicates().sort_values(list(CELL), ignore_index=True)
        ledger = read_ledger(self.to / LEDGER)[list(CELL)]
        found = ledger.sort_values(list(CELL), ignore_index=True)
        pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--publishes", type=int, default=200)
    parser.add_argument("--builds", type=int, default=50)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.serve:
        serve()
        return
    from kill_builds import BuildKiller, small_extracts
    from sites import sites_of_two_years

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
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "book")]
    main()
