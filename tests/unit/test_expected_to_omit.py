"""An expected share is a mean of probabilities: of ten persons or more, also by subtraction."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from editions import MANIFEST, NORTH, SOUTH, letter_in, register_of, series_counts
from navbook.disclosure import load_settings
from navbook.estimate import Estimates, estimate
from navbook.gate.suppression import expected_to_omit
from navbook.indicators import REGISTRY
from navbook.runtime.periods import month_range, parse_period

MONTH = "2022-03"
YEAR = month_range("2021-01", "2022-12")
OFFICES = {"9001": NORTH, "9002": NORTH, "9003": NORTH, "9004": SOUTH}
LARGE = {"9001": (80, 200), "9002": (60, 150), "9003": (40, 100), "9004": (90, 300)}
FEWEST = 10


def persons(gruppe: str, offices: Mapping[str, tuple[float, float]], months: list[str]) -> pd.DataFrame:
    return series_counts("ota_arbs", gruppe, months, offices)


def estimates_of(counts: list[pd.DataFrame], period: str) -> Estimates:
    wanted = parse_period(period)
    frame = pd.concat(counts, ignore_index=True)
    return estimate(frame, register_of(OFFICES), MANIFEST, letter_in(wanted.year), REGISTRY, wanted)


def omitted(estimates: Estimates) -> set[tuple[str, str, str]]:
    """The (gruppe, enhet, periode) left out where every row of ten persons or more has an expected share."""
    rows = estimates.rows[estimates.rows["n"] >= FEWEST]
    places = tuple(rows[name].to_numpy() for name in ("_series", "_unit", "_period"))
    shown = np.zeros(estimates.cube.x.shape, dtype=bool)
    shown[places] = True
    flags = expected_to_omit(estimates, load_settings(), shown, FEWEST)
    assert not (flags & ~shown).any()
    left_out = rows[flags[places]]
    return set(zip(left_out["gruppe"], left_out["enhet"], left_out["periode"], strict=True))


def test_nothing_is_left_out_where_everybody_has_one():
    assert omitted(estimates_of([persons("alle", LARGE, [MONTH])], MONTH)) == set()


def test_the_county_less_the_others_is_an_office_of_eight():
    found = omitted(estimates_of([persons("alle", LARGE | {"9003": (4, 8)}, [MONTH])], MONTH))
    assert found == {("alle", "9002", MONTH)}


def test_ten_are_enough():
    assert omitted(estimates_of([persons("alle", LARGE | {"9003": (4, 10)}, [MONTH])], MONTH)) == set()


def test_two_small_offices_that_are_ten_together_give_nothing_away():
    small = LARGE | {"9002": (3, 6), "9003": (2, 4)}
    assert omitted(estimates_of([persons("alle", small, [MONTH])], MONTH)) == set()


def test_two_that_are_nine_together_do():
    small = LARGE | {"9002": (3, 5), "9003": (2, 4)}
    assert omitted(estimates_of([persons("alle", small, [MONTH])], MONTH)) == {("alle", "9001", MONTH)}


def test_nobody_is_no_secret_here():
    assert omitted(estimates_of([persons("alle", LARGE | {"9003": (0, 0)}, [MONTH])], MONTH)) == set()


def test_a_group_and_the_wider_group_that_differ_by_eight():
    narrow = {name: (x - 20, n - 50) for name, (x, n) in LARGE.items()} | {"9001": (76, 192)}
    counts = [persons("alle", LARGE, [MONTH]), persons("uten_permitterte", narrow, [MONTH])]
    # left out alone, the narrow group of 9001 would be what the county less the others leaves
    assert omitted(estimates_of(counts, MONTH)) == {
        ("uten_permitterte", "9001", MONTH),
        ("uten_permitterte", "9003", MONTH),
    }


def test_a_tertial_of_eight_is_what_the_year_leaves():
    """The second tertial of 9003 has 8 persons, two a month; the other two of the year have 40 each."""
    spring = [month for month in YEAR if month[5:] in ("05", "06", "07", "08")]
    others = [month for month in YEAR if month not in spring]
    first = {name: (x, n) for name, (x, n) in LARGE.items() if name != "9003"}
    counts = [persons("alle", first, YEAR), persons("alle", {"9003": (4, 10)}, others)]
    found = omitted(estimates_of([*counts, persons("alle", {"9003": (1, 2)}, spring)], "2022"))
    # in the year, and in the tertial of the county
    assert {enhet for _, enhet, periode in found if periode.startswith("2022-T") and enhet == "9003"}
    assert {periode for _, enhet, periode in found if enhet in ("9001", "9002", NORTH)} >= {"2022-T2"}
