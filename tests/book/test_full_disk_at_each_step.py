"""A disk that is full at any step of publish and of rollback."""

import json
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from sites import corrected_site, make_site

from filling_disk import KINDS, filling_disk
from navbook.book.release.history import HISTORY, VERSIONS
from navbook.book.release.publish import publish, rollback
from navbook.book.release.target import LOCK, open_target
from navbook.book.release.verify import refuse_changed
from navbook.book.site.site_manifest import site_files
from navbook.edition import Edition, ledger
from navbook.edition.ledger import FILE as LEDGER
from navbook.edition.ledger import read_ledger
from navbook.runtime import file_digest
from navbook.runtime.errors import TargetUnusable
from plain_editions import plain_edition

NUMBER = 1_000_000


@pytest.fixture
def sites(tmp_path: Path) -> list[Path]:
    """Two sites of two periods, and a correction of the second with a number that no other has."""
    cell = {"indikator": "SP01", "enhet": "9001", "periode": "2022", "x": 40, "n": 100}
    edition = plain_edition(tmp_path / "utgaver", [cell]).folder
    manifest = json.loads((edition / "utgave.json").read_text(encoding="utf-8"))
    (edition / "utgave.json").write_text(json.dumps({**manifest, "filer": {}}), encoding="utf-8")
    first = make_site(tmp_path / "n2021", "2021", "a", edition)
    second = make_site(tmp_path / "n2022", "2022", "b", edition)
    return [first, second, corrected_site(second, tmp_path / "rettet", NUMBER)]


def each_step(
    job: Callable[[Path], object], before: Path, work: Path
) -> Iterator[tuple[str, Path, TargetUnusable | None]]:
    """Copies of a folder after the job met a full disk in it, one for each kind and step; and the error.

    Of the files that are copied one by one, only the first and the last is a step of its own.
    """
    target = work / "ut"
    _restore(before, target)
    with filling_disk(target, 0, "once") as disk:
        job(target)
    copied = [
        place for place, path in enumerate(disk.steps, 1) if any(p.startswith(".ny-") for p in path.parts)
    ]
    steps = set(range(1, len(disk.steps) + 1)).difference(copied[1:-2])
    for kind, step in product(KINDS, sorted(steps)):
        _restore(before, target)
        error = None
        with filling_disk(target, step, kind):
            try:
                job(target)
            except TargetUnusable as problem:
                error = problem
        yield f"{kind}, step {step}", target, error


def _restore(before: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    if before.exists():
        shutil.copytree(before, target, symlinks=True)


def shown(to: Path, name: str) -> dict[str, str]:
    refuse_changed((to / name).resolve())
    return site_files(to / name)


def has_number(file: Path) -> bool:
    return bool((read_ledger(file)["x"] == NUMBER).any())


def nothing_is_left_over(to: Path, periods: set[str]) -> None:
    assert {path.name for path in to.iterdir()} == {"siste", *periods, VERSIONS, LEDGER, HISTORY, LOCK}
    with open_target(to) as target:
        named = {publication.version for publication in target.history}
    assert {path.name for path in (to / VERSIONS).iterdir()} == named


@pytest.fixture(autouse=True)
def cells_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a version publishes is read once: reading takes longer than everything else here."""
    read: dict[str, pd.DataFrame] = {}

    def released(edition: Edition) -> pd.DataFrame:
        key = file_digest(edition.folder / "tall.parquet")
        if key not in read:
            read[key] = original(edition)
        return read[key]

    original = ledger.released
    monkeypatch.setattr(ledger, "released", released)


@pytest.mark.parametrize("earlier", [0, 2], ids=["first", "correction"])
def test_a_publication_that_meets_a_full_disk_is_whole_or_not_there(
    earlier: int, sites: list[Path], tmp_path: Path
) -> None:
    before, site = tmp_path / "before", sites[2]
    for old in sites[:earlier]:
        publish(old, before)
    new = site_files(site)
    kept = {name: shown(before, name) for name in ("2021", "2022", "siste") if (before / name).exists()}
    for where, to, error in each_step(lambda to: publish(site, to), before, tmp_path):
        found = {name: shown(to, name) for name in ("2021", "2022", "siste") if (to / name).is_symlink()}
        is_new = [name for name in found if found[name] == new]
        assert {name: kept[name] for name in found if name not in is_new} == {
            name: found[name] for name in found if name not in is_new
        }, where
        assert set(kept) <= set(found), where
        if error is None:
            assert is_new == ["2022", "siste"], where
        else:
            assert "\n" not in str(error), where
            assert error.exit_code == 6
        known = (to / LEDGER).exists() and has_number(to / LEDGER)
        assert known == bool(is_new), f"{where}: {error}"
        publish(site, to)
        assert shown(to, "siste") == new, where
        assert has_number(to / LEDGER), where
        nothing_is_left_over(to, {*kept, "2022"} - {"siste"})


def test_a_rollback_that_meets_a_full_disk_is_whole_or_not_there(sites: list[Path], tmp_path: Path) -> None:
    before = tmp_path / "before"
    for site in sites:
        publish(site, before)
    contents = [site_files(site) for site in sites]
    cells = (before / LEDGER).read_bytes()
    for where, to, error in each_step(rollback, before, tmp_path):
        assert shown(to, "siste") in contents[1:], where
        assert shown(to, "siste") == shown(to, "2022"), where
        assert shown(to, "2021") == contents[0], where
        assert (to / LEDGER).read_bytes() == cells, where
        if error is None:
            assert shown(to, "siste") == contents[1], where
        else:
            assert "\n" not in str(error), where
        publish(sites[2], to)
        assert shown(to, "siste") == contents[2], where
        assert (to / LEDGER).read_bytes() == cells, where
        nothing_is_left_over(to, {"2021", "2022"})
