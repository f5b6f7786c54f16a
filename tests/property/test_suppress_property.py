"""What must hold of every table: bounds are those of all tables that agree, what is hidden is safe."""

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from navbook.disclosure import CannotProtect, attack, suppress
from small_tables import bounds_of, cells, margins, sums

quick = settings(max_examples=12, deadline=None)

small = st.integers(0, 3)
counts = st.one_of(st.integers(0, 6), st.integers(0, 80))
lower_bounds = st.sampled_from([0, 1])


@st.composite
def linked_sums(draw: st.DrawFn) -> tuple[dict[str, float], pd.DataFrame, list[str]]:
    """Up to five parts and the totals of some sets of them, the parts hidden."""
    parts = [f"p{number}" for number in range(draw(st.integers(2, 5)))]
    values: dict[str, float] = {part: draw(small) for part in parts}
    totals = []
    for number in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.sampled_from(parts), min_size=1, unique=True))
        values[f"t{number}"] = sum(values[member] for member in members)
        totals.append((f"t{number}", members))
    return values, sums(*totals), parts


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, float], pd.DataFrame]:
    """Tables of one to three dimensions with all their margins."""
    shape = draw(st.sampled_from([(2,), (3,), (2, 2), (2, 3), (3, 3), (2, 2, 2), (2, 2, 3)]))
    cells_inside = int(np.prod(shape))
    inner = draw(st.lists(counts, min_size=cells_inside, max_size=cells_inside))
    return margins(np.array(inner).reshape(shape))


@quick
@given(linked_sums(), lower_bounds)
def test_bounds_are_those_of_all_tables_that_agree(drawn, lower_bound):
    values, equations, parts = drawn
    agreeing = _all_that_agree(values, equations, parts, lower_bound)
    if not agreeing:
        return
    found = bounds_of(attack(cells(values, hidden=parts), equations, lower_bound))
    bound = set(equations["cell"])
    for place, part in enumerate(parts):
        if part in bound:
            possible = [table[place] for table in agreeing]
            assert found[part] == (min(possible), max(possible))


def _all_that_agree(values, equations, parts, lower_bound) -> list[tuple[int, ...]]:
    """Every way to fill the parts with whole numbers; one in no sum is left at its value."""
    bound = set(equations["cell"])
    top = int(max(values.values()))
    ranges = [range(lower_bound, top + 1) if part in bound else [int(values[part])] for part in parts]
    lines = [group for _, group in equations.groupby("equation")]
    rows = [{row.cell: row.coef for row in line.itertuples()} for line in lines]
    matrix = np.array([[row.get(part, 0) for part in parts] for row in rows])
    right = np.array([sum(values[c] for c, coef in row.items() if coef == -1) for row in rows])
    filled = np.array(list(product(*ranges)), dtype=int).reshape(-1, len(parts))
    return [tuple(line) for line in filled[(filled @ matrix.T == right).all(axis=1)]]


@quick
@given(tables(), lower_bounds, st.sampled_from([1, 3, 5]))
def test_what_is_hidden_is_safe(drawn, lower_bound, width):
    values, equations = drawn
    try:
        result = suppress(cells(values), equations, width=width, lower_bound=lower_bound)
    except CannotProtect:
        # hiding everything that may be hidden is not enough either
        _assert_hopeless(values, equations, width, lower_bound)
        return
    found = attack(result, equations, lower_bound).merge(result)
    primary = found["status"] == 1
    assert (found["high"] - found["low"])[primary].ge(width).all()
    assert (found["high"] - found["low"]).ge(1).all()
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
    least = 0 if lower_bound == 0 else 1
    unsafe = {name for name, value in values.items() if least <= value < 4}
    assert unsafe == set(result.loc[result["status"] == 1, "cell"])


def _assert_hopeless(values, equations, width, lower_bound) -> None:
    hidden = [name for name, value in values.items() if value >= lower_bound]
    found = attack(cells(values, hidden=hidden), equations, lower_bound).set_index("cell")
    primary = [name for name in hidden if values[name] < 4]
    assert (found["high"] - found["low"])[primary].min() < width


@quick
@given(tables())
def test_no_secondary_cell_can_be_published_again(drawn):
    values, equations = drawn
    try:
        result = suppress(cells(values), equations)
    except CannotProtect:
        return
    for name in result.loc[result["status"] == 2, "cell"]:
        fewer = result.assign(status=result["status"].mask(result["cell"] == name, 0))
        found = attack(fewer, equations).merge(fewer, on="cell")
        width = found["high"] - found["low"]
        assert ((width < 3) & (found["status"] == 1) | (width < 1)).any(), name


@quick
@given(tables(), st.randoms(use_true_random=False))
def test_the_pattern_does_not_depend_on_row_order(drawn, random):
    values, equations = drawn
    table = cells(values)
    expected = suppress(table, equations).set_index("cell")["status"]
    rows, lines = list(range(len(table))), list(range(len(equations)))
    random.shuffle(rows)
    random.shuffle(lines)
    shuffled = suppress(table.iloc[rows], equations.iloc[lines]).set_index("cell")["status"]
    pd.testing.assert_series_equal(shuffled.reindex(expected.index), expected)


@quick
@given(tables())
def test_published_sums_add_up(drawn):
    values, equations = drawn
    result = suppress(cells(values), equations).set_index("cell")
    published = result["value"].where(result["status"] == 0)
    for _, line in equations.groupby("equation"):
        terms = published.reindex(line["cell"]).to_numpy() * line["coef"].to_numpy()
        # a sum with a gap in it has at least two, so that none is a difference
        assert terms.sum() == 0 or np.isnan(terms).sum() >= 2


@quick
@given(tables(), st.integers(-5, 500))
def test_hidden_values_make_no_difference_to_the_attacker(drawn, other):
    values, equations = drawn
    result = suppress(cells(values), equations)
    masked = result.assign(value=result["value"].where(result["status"] == 0, other))
    pd.testing.assert_frame_equal(attack(result, equations), attack(masked, equations))
