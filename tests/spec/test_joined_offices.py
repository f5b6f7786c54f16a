"""An office too small to be shown is counted with a neighbour, whose name says so (issue 18, item 2)."""

from pathlib import Path

import pandas as pd

from editions import MANIFEST, NORTH, SOUTH, letter_in, register_of, row, series_counts
from navbook.disclosure import load_settings
from navbook.edition import Edition
from navbook.edition.ledger import units_of
from navbook.estimate import Estimates, estimate
from navbook.gate import Decision, Source, decide, write_edition
from navbook.gate.reconstruct import withheld_behind
from navbook.indicators import REGISTRY
from navbook.runtime.periods import parse_period

MONTH = "2022-03"
OFFICES = {"9001": NORTH, "9002": NORTH, "9003": NORTH, "9004": SOUTH, "9005": SOUTH}
SIZES = {"9001": (400, 1000), "9002": (30, 90), "9003": (1, 2), "9004": (500, 1200), "9005": (90, 300)}


def counts_of(sizes: dict[str, tuple[int, int]]) -> pd.DataFrame:
    series = [series_counts(name, "alle", [MONTH], sizes) for name in ("ota_arbs", "ota_nedsatt")]
    return pd.concat(series, ignore_index=True)


def estimated(sizes: dict[str, tuple[int, int]], below: float) -> Estimates:
    counts = counts_of(sizes)
    asked = parse_period(MONTH)
    letter = letter_in(asked.year)
    register = register_of(OFFICES)
    return estimate(counts, register, MANIFEST, letter, REGISTRY, asked, join_below=below)


def decision(sizes: dict[str, tuple[int, int]] = SIZES, below: float = 4) -> Decision:
    return decide(estimated(sizes, below), load_settings(), "nav")


def test_the_small_office_is_counted_with_the_smallest_other_of_its_county() -> None:
    joint = row(decision().tall, "9002", MONTH)
    assert (joint["status"], joint["x"], joint["n"]) == ("vist", 31, 92)


def test_so_no_row_of_a_neighbour_is_hidden_for_it() -> None:
    tall = decision().tall
    others = tall[(tall["periode"] == MONTH) & tall["indikator"].isin(["ota_arbs", "ota_nedsatt"])]
    others = others[(others["enhet"] != "9003") & (others["gruppe"] == "alle")]
    assert set(others["status"]) == {"vist"}
    assert row(decision(below=0).tall, "9002", MONTH)["status"] == "skjult"


def test_the_name_says_which_offices_are_counted_together() -> None:
    names = estimated(SIZES, 4).units.frame.set_index("enhet")["navn"]
    assert names["9002"] == "NAV Midtbygd og NAV Lilleøy (to kontorer)"
    assert names["9003"] == "NAV Lilleøy"


def test_the_small_office_keeps_its_rows_and_they_are_hidden() -> None:
    found = decision()
    mine = row(found.tall, "9003", MONTH)
    assert mine["status"] == "skjult"
    assert mine[["x", "n", "verdi", "vurdering"]].isna().all()
    said = found.statements[found.statements["enhet"] == "9003"]
    assert set(said["utsagn"]) == {"slatt_sammen"}


def test_one_number_of_the_letter_is_enough_to_stand_alone() -> None:
    """9003 has four who left: its row of that indicator is no smaller than the limit."""
    assert not estimated(SIZES | {"9003": (2, 4)}, 4).units.joined


def test_an_office_without_a_larger_one_in_its_county_is_not_joined() -> None:
    alone = {"9001": (1, 2), "9002": (0, 3), "9003": (1, 2), "9004": (500, 1200), "9005": (90, 300)}
    assert not estimated(alone, 4).units.joined


def test_the_ledger_and_the_audit_know_whose_numbers_the_joint_row_holds(tmp_path: Path) -> None:
    """Were the next edition to show 9002 alone, the difference would be 9003."""
    estimates = estimated(SIZES, 4)
    written = write_edition(estimates, Source(MANIFEST), REGISTRY, tmp_path / "utgaver", tmp_path / "privat")
    edition = Edition(written.folder)
    members = units_of(edition).set_index("enhet")["medlemmer"]
    assert members["9002"] == "9002 9003"
    assert members[NORTH] == "9001 9002 9003"
    assert "9003" not in members.index
    again = withheld_behind(edition, counts_of(SIZES))
    assert not (again["enhet"] == "9002").any()


def test_the_county_and_the_country_are_as_without_joining() -> None:
    for unit in (NORTH, SOUTH, "0000"):
        one, other = (row(decision(below=below).tall, unit, MONTH) for below in (4, 0))
        assert (one["x"], one["n"]) == (other["x"], other["n"])
