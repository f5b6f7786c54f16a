"""Worked cases of other people: handbooks, test tables of other tools, and tables on which tools failed."""

import math

import numpy as np
import pandas as pd

from navbook.disclosure import attack, below_threshold, suppress
from small_tables import bounds_of, cells, cross_table, sums


def test_feasibility_interval_of_the_handbook():
    """Handbook on Statistical Disclosure Control, 2nd ed. 2024, chapter 4, example 3 (Geurts 1992): X11 lies
    between 3 and 6. The other three follow from the row and column sums by hand.
    """
    values = {"x11": None, "x12": None, "x21": None, "x22": None, "r1": 7, "r2": 3, "c1": 6, "c2": 4}
    equations = sums(
        ("r1", ["x11", "x12"]), ("r2", ["x21", "x22"]), ("c1", ["x11", "x21"]), ("c2", ["x12", "x22"])
    )
    found = bounds_of(attack(cells(values, hidden=["x11", "x12", "x21", "x22"]), equations))
    assert found == {"x11": (3, 6), "x12": (1, 4), "x21": (0, 3), "x22": (0, 3)}


# sdcTable, tests/testthat/test_secondary_suppression: rows w to z, columns a to d
TWO_GAPS = [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]]
GAPS = ["r1c1", "r1c2", "r1c3", "r2c1", "r2c3", "r3c2", "r3c4", "r4c2", "r4c4"]


def test_two_gaps_in_each_line_do_not_protect():
    """sdcTable's test table: the first two rows less the first and third columns give 236 − 189 = 47."""
    values, equations = cross_table(TWO_GAPS)
    assert bounds_of(attack(cells(values, hidden=GAPS), equations))["r1c2"] == (47, 47)


def test_one_more_gap_repairs_it():
    """The bounds [0, 78] are those of sdcTable's own attack in that test. It does not say which cell it hid:
    of all that would do only the smallest, 31, gives these bounds.
    """
    values, equations = cross_table(TWO_GAPS)
    assert bounds_of(attack(cells(values, hidden=[*GAPS, "r2c4"]), equations))["r1c2"] == (0, 78)


def test_suppress_finds_such_a_repair():
    """One further cell is enough, as in sdcTable; the smallest that will do costs least."""
    values, equations = cross_table(TWO_GAPS)
    result = suppress(cells(values, primary=GAPS), equations, min_count=0)
    assert result.loc[result["status"] == 2, "cell"].tolist() == ["r2c4"]


# sdcTools UserSupport 136: regions by county and by size group, two tables linked by their regions
LINKED = {
    "A": 2,
    "B": 2,
    "I": 8,
    "J": 8,
    "K": 3,
    "L": 3,
    "M": 3,
    "N": 7,
    "c1": 20,
    "c2": 16,
    "small": 30,
    "BIG": 6,
}
BY_COUNTY = (("c1", ["A", "B", "I", "J"]), ("c2", ["K", "L", "M", "N"]))
BY_SIZE = (("small", ["A", "B", "I", "J", "K", "N"]), ("BIG", ["L", "M"]))


def test_linked_tables_are_exact_only_together():
    """With 1 to 3 hidden: K + L + M = 9 and L + M = 6, each from another table, give K = 3."""
    table = cells(LINKED, hidden=["A", "B", "K", "L", "M"])
    assert bounds_of(attack(table, sums(*BY_COUNTY)))["K"] == (0, 9)
    assert bounds_of(attack(table, sums(*BY_SIZE)))["K"] == (0, 7)
    assert bounds_of(attack(table, sums(*BY_COUNTY, *BY_SIZE)))["K"] == (3, 3)


def test_linked_tables_are_protected_together():
    equations = sums(*BY_COUNTY, *BY_SIZE)
    result = suppress(cells(LINKED), equations)
    found = attack(result, equations)
    primary = found[found["cell"].isin(["A", "B", "K", "L", "M"])]
    assert ((primary["high"] - primary["low"]) >= 3).all()
    assert (found["high"] > found["low"]).all()


def test_zeros_give_themselves_away():
    """sdcTools UserSupport 194, examples 1 and 2: 0 = x + x + 0 and 15 = 10 + 5 + x + x."""
    nothing = cells({"t": 0, "a": 0, "b": 0, "c": 0}, hidden=["a", "b"])
    assert bounds_of(attack(nothing, sums(("t", ["a", "b", "c"])))) == {"a": (0, 0), "b": (0, 0)}
    fifteen = cells({"t": 15, "a": 10, "b": 5, "c": 0, "d": 0}, hidden=["c", "d"])
    assert bounds_of(attack(fifteen, sums(("t", ["a", "b", "c", "d"])))) == {"c": (0, 0), "d": (0, 0)}


def test_ones_give_themselves_away_where_zeros_are_published():
    """sdcTools UserSupport 194, example 3: 15 = 10 + 3 + x + x with counts from 1 on."""
    table = cells({"t": 15, "a": 10, "b": 3, "c": 1, "d": 1}, hidden=["c", "d"])
    equation = sums(("t", ["a", "b", "c", "d"]))
    assert bounds_of(attack(table, equation, lower_bound=1)) == {"c": (1, 1), "d": (1, 1)}
    assert bounds_of(attack(table, equation, lower_bound=0)) == {"c": (0, 2), "d": (0, 2)}


def test_a_zero_is_not_protected_by_zeros():
    """UserSupport 194, example 1: a second zero is no cover for the first; the total is."""
    result = suppress(
        cells({"t": 0, "a": 0, "b": 0, "c": 0}, primary=["a"]), sums(("t", ["a", "b", "c"])), min_count=0
    )
    assert bounds_of(attack(result, sums(("t", ["a", "b", "c"]))))["a"] == (0, math.inf)


def test_three_small_cells_of_one_line():
    """UserSupport 135, the table on which sdcTable left three ones open: both rows, cells below 3 hidden."""
    values, equations = cross_table([[1, 1, 7, 1, 0], [1, 0, 0, 2, 8]])
    result = suppress(cells(values), equations, min_count=3)
    found = attack(result, equations).merge(result)
    assert (found["high"] > found["low"]).all()
    primary = found[found["status"] == 1]
    assert ((primary["high"] - primary["low"]) >= 3).all()


def test_differencing_of_sub_populations():
    """Handbook, chapter 5.2: hours under 20 and 20 to 39 next to under 25 and 25 to 39 show one man of 20 to
    24 hours.
    """
    values = {"under20": 6, "20to39": 9, "under25": 7, "25to39": 8, "20to24": None}
    equations = sums(("under25", ["under20", "20to24"]), ("20to39", ["20to24", "25to39"]))
    assert bounds_of(attack(cells(values, hidden=["20to24"]), equations)) == {"20to24": (1, 1)}


def test_differencing_of_geographies():
    """Handbook, chapter 5.2: single women with more than 30 hours, 55 in the old area, 54 in the new."""
    values = {"old": 55, "new": 54, "between": None}
    assert bounds_of(attack(cells(values, hidden=["between"]), sums(("old", ["new", "between"])))) == {
        "between": (1, 1)
    }


def test_disclosure_by_linking():
    """Handbook, chapter 5.2: three tables of area A together show one woman who lives and works there."""
    values = {
        "live": 102,
        "work": 49,
        "both": 22,
        "employed": 85,
        "both_m": 21,
        "both_f": None,
        "elsewhere": None,
    }
    values |= {"elsewhere_m": 58, "elsewhere_f": None, "in": None, "in_m": 23, "in_f": None}
    equations = sums(
        ("employed", ["both", "elsewhere"]),
        ("work", ["both", "in"]),
        ("both", ["both_m", "both_f"]),
        ("elsewhere", ["elsewhere_m", "elsewhere_f"]),
        ("in", ["in_m", "in_f"]),
    )
    table = cells(values, hidden=["both_f", "elsewhere", "elsewhere_f", "in", "in_f"])
    exact = {name: low for name, (low, high) in bounds_of(attack(table, equations)).items() if low == high}
    assert exact == {"both_f": 1, "elsewhere": 63, "elsewhere_f": 5, "in": 27, "in_f": 4}


def test_two_rolling_sums_show_what_left_and_what_came():
    """methods.md 6.2: neighbouring rolling sums differ by month t less month t − 12; with one of the two
    published, the other is exact.
    """
    months = [f"m{number}" for number in range(13)]
    values: dict[str, float | None] = dict.fromkeys(months, None) | {"first": 60, "second": 58, "m0": 5}
    equations = sums(("first", months[:12]), ("second", months[1:]))
    found = bounds_of(attack(cells(values, hidden=months[1:]), equations))
    assert found["m12"] == (3, 3)


def test_the_same_pattern_from_any_order_of_rows():
    """UserSupport 315: patterns that change from run to run."""
    values, equations = cross_table(TWO_GAPS)
    table = cells(values, primary=["r1c3", "r2c3", "r2c4"])
    shuffled = suppress(table.sample(frac=1, random_state=1), equations.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(shuffled.sort_index(), suppress(table, equations))


def test_all_who_are_married_work_full_time():
    """Handbook, chapter 5.2, group attribute disclosure: all six married people work full time, and the one
    divorced person who does not knows that the others do. Both rows go under the rule on x, n − x and n.
    """
    full, part = np.array([6.0, 5.0, 2.0]), np.array([0.0, 1.0, 2.0])
    assert below_threshold(np.array([full, part, full + part]), 4).tolist() == [True, True, True]
    values, equations = cross_table([[6, 0], [5, 1], [2, 2]])
    result = suppress(cells(values), equations)
    found = bounds_of(attack(result, equations))
    for row in ("r1", "r2"):
        low, high = found[f"{row}c2"]
        assert high - low >= 3
        low, high = found[f"{row}c1"]
        assert high > low


def test_exact_means_undo_counts_that_are_not_exact():
    """Handbook, chapter 5.7: counts perturbed by at most 2 (9, 14, 19) next to original means of age (11.25,
    7.9167, 9.25) have one solution: 8 and 12 people of 90 and 95 years together.
    """
    names = ("n1", "n2", "n", "x1", "x2", "x")
    between = {"n1": (7, 11), "n2": (12, 16), "n": (17, 21)}
    values: dict[str, float | None] = dict.fromkeys(names)
    totals = [("n", ["n1", "n2"]), ("x", ["x1", "x2"])]
    for name, (low, high) in between.items():
        values |= {f"{name} low": low, f"{name} high": high, f"{name} over": None, f"{name} under": None}
        totals += [(name, [f"{name} low", f"{name} over"]), (f"{name} high", [name, f"{name} under"])]
    means = {("x1", "n1"): (4, 45), ("x2", "n2"): (12, 95), ("x", "n"): (4, 37)}
    rows = [
        (f"mean of {count}", cell, coef)
        for (total, count), (of_total, of_count) in means.items()
        for cell, coef in ((total, of_total), (count, -of_count))
    ]
    equations = pd.concat([sums(*totals), pd.DataFrame(rows, columns=["equation", "cell", "coef"])])
    hidden = [name for name, value in values.items() if value is None]
    found = bounds_of(attack(cells(values, hidden=hidden), equations))
    exact = {"n1": 8, "n2": 12, "n": 20, "x1": 90, "x2": 95, "x": 185}
    assert {name: found[name] for name in exact} == {name: (value, value) for name, value in exact.items()}


def test_totals_of_what_is_visible_are_undone_by_a_second_table():
    """acro 137 and methods.md 6.3: 98 for 100 where a small cell was dropped and the total added up again."""
    values = {"a": None, "b": 40, "c": 58, "visible": 98, "everybody": 100}
    equations = sums(("visible", ["b", "c"]), ("everybody", ["a", "b", "c"]))
    assert bounds_of(attack(cells(values, hidden=["a"]), equations)) == {"a": (2, 2)}


def test_margins_asked_for_are_protected_with_the_cells():
    """acro 198: hidden cells were shown when margins were asked for. Here margins are cells as well."""
    inner = [[2, 50], [60, 70]]
    values, equations = cross_table(inner)
    result = suppress(cells(values), equations)
    assert result["value"].tolist() == list(values.values())
    low, high = bounds_of(attack(result, equations))["r1c1"]
    assert high - low >= 3


def test_a_large_pattern_under_the_knowledge_that_no_gap_is_empty():
    """methods.md 6.4: 264 offices in 15 counties and three groups, zeros published. A pattern made for gaps
    from 0 on leaves cells unsafe for one who knows that gaps are at least 1; one made for that does not.
    """
    rng = np.random.default_rng(6)
    people = rng.poisson(rng.lognormal(np.log(40), 0.9, 264)[:, None] * np.array([0.5, 0.4, 0.1]))
    values, equations = in_counties(people, 15)
    small = [name for name, value in values.items() if 0 < value < 4]
    zeros = [name for name, value in values.items() if value == 0]
    assert len(small) >= 20
    table = cells(values, primary=small).assign(released=lambda frame: frame["cell"].isin(zeros))
    naive = suppress(table, equations, min_count=0)
    assert unsafe_under(naive, equations, lower_bound=1) > 0
    assert unsafe_under(suppress(cells(values), equations, lower_bound=1), equations, lower_bound=1) == 0


def in_counties(people: np.ndarray, counties: int) -> tuple[dict[str, float], pd.DataFrame]:
    """Offices (rows) by groups (columns) with the totals of groups, counties and the country."""
    names = [*(f"g{at}" for at in range(people.shape[1])), "all"]
    offices = {f"k{at:03d}": np.append(row, row.sum()) for at, row in enumerate(people)}
    held = {f"f{at:02d}": list(offices)[at::counties] for at in range(counties)}
    of_counties = {county: sum(offices[office] for office in its) for county, its in held.items()}
    units = {**offices, **of_counties, "land": sum(of_counties.values())}
    values = {
        f"{unit}|{name}": float(count)
        for unit, row in units.items()
        for name, count in zip(names, row, strict=True)
    }
    totals = [
        (f"{whole}|{name}", [f"{part}|{name}" for part in parts])
        for whole, parts in {**held, "land": list(held)}.items()
        for name in names
    ]
    totals += [(f"{unit}|all", [f"{unit}|{name}" for name in names[:-1]]) for unit in units]
    return values, sums(*totals)


def unsafe_under(result: pd.DataFrame, equations: pd.DataFrame, lower_bound: float) -> int:
    """How many primary cells are narrower than three, and hidden ones exact."""
    found = attack(result, equations, lower_bound).merge(result, on="cell")
    wide = found["high"] - found["low"]
    return int((((found["status"] == 1) & (wide < 3)) | (wide <= 0)).sum())
