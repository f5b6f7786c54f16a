"""A short run of `tests.book.kills`: publishes and rollbacks killed at random moments, alone and in pairs."""

from pathlib import Path

from sites import make_site
from tests.book.kills import Killer

from editions import make_small_edition


def test_killed_publishes_leave_complete_editions_and_an_exact_ledger(tmp_path: Path) -> None:
    editions = [make_small_edition(tmp_path / "utgaver", period) for period in ("2021", "2022")]
    sites = [
        make_site(tmp_path / f"{edition.name}-{text}", edition.name, text * 50_000, edition)
        for edition in editions
        for text in "ab"
    ]
    killer = Killer(sites, tmp_path)
    for _ in range(4):
        for _ in range(6):
            killer.kill_one()
        killer.run_through()
    killer.jobs.close()
    assert killer.killed >= 6
