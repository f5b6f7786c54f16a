"""A short run of `tests.book.kills`: publishes and rollbacks killed at random moments, alone and in pairs."""

from pathlib import Path

from sites import sites_of_two_years
from tests.book.kills import Killer

# a random moment may be after the end of a job, more often on a busy machine
WANTED = 6
MOST_ROUNDS = 20


def test_killed_publishes_leave_complete_editions_and_an_exact_ledger(tmp_path: Path) -> None:
    killer = Killer(sites_of_two_years(tmp_path), tmp_path)
    for _ in range(MOST_ROUNDS):
        for _ in range(6):
            killer.kill_one()
        killer.run_through()
        if killer.killed >= WANTED:
            break
    killer.jobs.close()
    assert killer.killed >= WANTED
