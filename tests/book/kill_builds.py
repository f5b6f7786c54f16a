"""Builds in one folder from several extracts that are killed at random moments, alone and in pairs."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from processes import MARK, settled

from navbook.book.site.site_manifest import read_site_manifest, site_files
from navbook.extract.demo import make_demo

PERIOD = "2022"
# what stands in a workspace after a build, and nothing else
EXPECTED = {"_build": {"html", "status.html", ".sider", ".bok"}, "utgaver": {PERIOD}}
EXPECTED_PRIVATE = {".navbook", ".navbook.las", "beregning", "cache", "revisjon", "tellinger", "uttrekk.json"}


# of persons, counts, other counts: counting by notebooks takes most of a build
WEIGHTS = (1, 4, 4)


def small_extracts(folder: Path) -> list[Path]:
    """The smallest of both kinds: one of persons, and the counts of two."""
    persons = [
        make_demo(folder / f"uttrekk-{seed}", offices=2, people=100, fom="2022-01", seed=seed).folder
        for seed in (1, 2)
    ]
    return [persons[0], *(_counts_only(extract) for extract in persons)]


def _counts_only(persons: Path) -> Path:
    counts = persons.with_name(f"{persons.name}-tellinger")
    counts.mkdir()
    out = counts / "tellinger.parquet"
    run = [sys.executable, "-m", "navbook.cli", "count", str(persons), "--out", str(out)]
    subprocess.run(run, check=True, capture_output=True, env=_environment())
    for name in ("uttrekk.yml", "kontor.parquet"):
        shutil.copy(persons / name, counts / name)
    return counts


class BuildKiller:
    """Kills builds in `workspace` and compares what stands there with the books of these extracts.

    `mark` is the value of the environment variable MARK in every process that is started.
    """

    def __init__(self, extracts: Sequence[Path], workspace: Path, seed: int = 1) -> None:
        self.extracts, self.workspace = list(extracts), workspace
        self.random = random.Random(seed)
        self.mark = f"kills-{os.getpid()}-{workspace.name}"
        self.killed, self.refused = 0, 0
        self.site, self.edition = workspace / "_build" / "html", workspace / "utgaver" / PERIOD
        self.books: dict[Path, str] = {}
        self.longest: dict[Path, float] = {}
        for extract in self.extracts:
            self.run_through(extract)

    def kill_one(self) -> None:
        """Kill one build, or one of two that run together; what stands there is complete then and later."""
        self._forget_something()
        chosen = self.random.choices(self.extracts, WEIGHTS, k=self.random.choice((1, 2)))
        builds = [self._build(extract) for extract in chosen]
        time.sleep(self.random.uniform(0, max(self.longest[extract] for extract in chosen)))
        builds[0].kill()
        self._check_complete()
        codes = [build.wait() for build in builds]
        self.killed += codes[0] == -signal.SIGKILL
        self.refused += codes.count(2)
        assert codes[0] in (0, 2, -signal.SIGKILL), (codes, self._log())
        assert set(codes[1:]) <= {0, 2}, (codes, self._log())
        self._check_complete()

    def run_through(self, extract: Path | None = None) -> None:
        """A build that nobody kills: it gives the book of its extract, and nothing is left of the others."""
        extract = extract or self.random.choices(self.extracts, WEIGHTS)[0]
        started = time.monotonic()
        build = self._build(extract)
        assert build.wait() == 0, self._log()
        self.longest[extract] = max(self.longest.get(extract, 0.0), time.monotonic() - started)
        assert self.books.setdefault(extract, self._book()) == self._book(), "the book of another extract"
        self._check_complete()
        for place, names in EXPECTED.items():
            assert {path.name for path in (self.workspace / place).iterdir()} == names, place
        assert {path.name for path in (self.workspace / "privat").iterdir()} <= EXPECTED_PRIVATE
        assert not settled(self.mark), settled(self.mark)

    def _log(self) -> str:
        """What the last builds told."""
        return (self.workspace / "logg").read_text(encoding="utf-8")[-2000:]

    def _build(self, extract: Path) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "navbook.cli", "build", str(extract), "--period", PERIOD]
        with (self.workspace / "logg").open("ab") as log:
            environment = _environment() | {MARK: self.mark}
            return subprocess.Popen(command, cwd=self.workspace, env=environment, stdout=log, stderr=log)

    def _forget_something(self) -> None:
        """Remove a cache now and then, so that every step of a build is met."""
        for cache in ("_build/.sider", "_build/.bok", "privat/cache"):
            if self.random.random() < 0.15:
                shutil.rmtree(self.workspace / cache, ignore_errors=True)

    def _book(self) -> str:
        edition = {path.name: path.read_bytes().hex() for path in sorted(self.edition.iterdir())}
        return json.dumps([site_files(self.site), edition], sort_keys=True)

    def _check_complete(self) -> None:
        """The site is complete and audited, and it and the edition are each those of one extract."""
        if not self.books:
            return
        files, manifest = site_files(self.site), read_site_manifest(self.site)
        assert manifest is not None, "the site has no manifest"
        assert manifest.files == files, "the site is mixed"
        sites, editions = zip(*(json.loads(book) for book in self.books.values()), strict=True)
        assert files in sites, "the site is of none of the extracts"
        edition = {path.name: path.read_bytes().hex() for path in sorted(self.edition.iterdir())}
        assert edition in editions, "the edition is of none of the extracts"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
