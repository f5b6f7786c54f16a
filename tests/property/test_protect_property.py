"""Any tables: what is found safe is safe by exact bounds, what is not is not, and every result is safe."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, eye_array

from navbook.disclosure import LAST_RESORT, System, attack, protect
from navbook.disclosure.linked_tables import ABSENT, Coordinates, parallel, prove
from navbook.disclosure.linked_tables.attacker_view import attacker_view
from navbook.disclosure.linked_tables.markov_moves import half_moves
from navbook.disclosure.linked_tables.markov_walk import markov_walk

quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
THRESHOLD, WIDTH = 4.0, 3.0
PERIODS = ((2, (0, 1)),)  # two periods and the one they fill
QUANTITIES = 3  # a numerator, its complement and the denominator


@st.composite
def editions(draw: st.DrawFn) -> System:
    """Offices of one or two counties over two tertials and their sum: numerator, complement, denominator.

    A row shows all three of its place and period.
    """
    offices = draw(st.lists(st.integers(2, 4), min_size=1, max_size=2))
    few = st.sampled_from([0, 1, 2, 3, 5, 9, 40])
    leaves = sum(offices)
    parent = [leaves + county for county, size in enumerate(offices) for _ in range(size)]
    parent += [leaves + len(offices)] * len(offices) + [ABSENT]
    cube = np.zeros((QUANTITIES, len(parent), 3))
    for place, period in product(range(leaves), range(2)):
        cube[0, place, period], cube[1, place, period] = draw(few), draw(few)
    for place in range(len(parent) - 1):
        cube[:, parent[place]] += cube[:, place]
    cube[2] = cube[0] + cube[1]
    cube[..., 2] = cube[..., 0] + cube[..., 1]
    return system(cube, tuple(parent))


def system(cube: np.ndarray, parent: tuple[int, ...]) -> System:
    """All sums of a cube of quantity, place and period."""
    number = np.arange(cube.size).reshape(cube.shape)
    totals: list[tuple[int, list[int]]] = []
    for place, period in product(range(len(parent)), range(3)):
        totals.append((number[2, place, period], [number[0, place, period], number[1, place, period]]))
    for quantity, period, whole in product(range(2), range(3), range(len(parent))):
        parts = [number[quantity, place, period] for place in range(len(parent)) if parent[place] == whole]
        totals += [(number[quantity, whole, period], parts)] if parts else []
    for quantity, place in product(range(2), range(len(parent))):
        totals.append((number[quantity, place, 2], [number[quantity, place, 0], number[quantity, place, 1]]))
    matrix = np.zeros((len(totals), cube.size))
    for row, (total, parts) in enumerate(totals):
        matrix[row, total], matrix[row, parts] = 1.0, -1.0
    rows = cube.shape[1] * cube.shape[2]
    quantity, place, period = np.unravel_index(np.arange(cube.size), cube.shape)
    shown = csr_array(np.vstack([eye_array(rows).toarray()] * QUANTITIES))
    return System(
        values=cube.ravel(),
        matrix=csr_array(matrix),
        shown_by=shown,
        own_cells=csr_array(shown * (quantity == 0)[:, None]),
        threshold=np.full(cube.size, THRESHOLD),
        required_width=np.full(cube.size, WIDTH),
        forced=np.zeros(rows, dtype=bool),
        cost=np.arange(1.0, rows + 1),
        row_class=np.full(rows, LAST_RESORT),
        coordinates=Coordinates(quantity, place, period, np.array(parent), PERIODS),
    )


def bounds(edition: System, hidden: np.ndarray) -> pd.DataFrame:
    """Low and high of every unpublished cell, by `attack`, and whether it is too narrow."""
    unknown = edition.unpublished(hidden)
    status = np.where(unknown, np.where(edition.primary, 1, 2), 0)
    names = [f"c{cell:03d}" for cell in range(len(edition.values))]
    rows, cells = edition.matrix.nonzero()
    coef = edition.matrix.toarray()[rows, cells]
    equations = pd.DataFrame({"equation": rows, "cell": [names[cell] for cell in cells], "coef": coef})
    found = attack(pd.DataFrame({"cell": names, "value": edition.values, "status": status}), equations)
    wide = np.where(edition.primary[unknown], WIDTH, 1.0)
    return found.assign(narrow=found["high"] - found["low"] < wide - 1e-6, place=np.flatnonzero(unknown))


@quick
@given(editions())
def test_no_sensitive_cell_of_a_protected_edition_is_too_narrow(edition):
    hidden = protect(edition).hidden
    found = bounds(edition, hidden)
    assert not found["narrow"].any(), found[found["narrow"]].to_string()
    assert not (edition.primary & ~edition.unpublished(hidden)).any()


@quick
@given(editions(), st.data())
def test_found_safe_is_safe_and_not_found_is_not(edition, data):
    """Rows hidden by chance: what the walk and the linear programs find agrees with exact bounds."""
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=9, max_size=len(edition.cost))))
    hidden = np.resize(hidden, len(edition.cost)) | edition.rows_showing(edition.primary)
    view = attacker_view(edition, hidden, 40)
    found = prove.prove(edition, view, np.zeros(len(view.cells), dtype=bool))
    narrow = bounds(edition, hidden).set_index("place")["narrow"].reindex(view.cells).to_numpy()
    sensitive = view.sensitive
    assert not (found & sensitive & narrow).any()
    assert not (~found & sensitive & ~narrow).any()


@quick
@given(editions())
def test_the_walk_gives_feasible_tables(edition):
    """Only the extremes are kept: each of them lies within the exact bounds."""
    hidden = edition.rows_showing(edition.primary)
    free = edition.unpublished(hidden)
    moves = half_moves(edition.matrix, edition.coordinates, free)
    reached = markov_walk(edition.matrix, moves, edition.values, np.full(len(free), 3.0), free)
    exact = bounds(edition, hidden).set_index("place")
    assert (reached.lowest[exact.index] >= exact["low"] - 1e-6).all()
    assert (reached.highest[exact.index] <= exact["high"] + 1e-6).all()
    assert (reached.lowest[~free] == edition.values[~free]).all()
    assert (reached.highest[~free] == edition.values[~free]).all()


@quick
@given(editions())
def test_the_same_cells_are_safe_with_and_without_the_walk(edition):
    hidden = edition.rows_showing(edition.primary)
    view = attacker_view(edition, hidden, 40)
    none = np.zeros(len(view.cells), dtype=bool)
    with pytest.MonkeyPatch.context() as patch:
        alone = prove.prove(edition, view, none)
        patch.setattr(prove, "MIN_SENSITIVE_FOR_WALK", 0)
        assert (prove.prove(edition, view, none) == alone).all()


@quick
@given(editions(), st.randoms(use_true_random=False))
def test_the_order_of_the_equations_changes_nothing(edition, random):
    order = list(range(edition.matrix.shape[0]))
    random.shuffle(order)
    shuffled = System(**{**vars(edition), "matrix": csr_array(edition.matrix[order])})
    assert (protect(edition).hidden == protect(shuffled).hidden).all()


def test_several_processes_hide_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    cube = np.zeros((3, 4, 3))
    cube[0, :3, :2] = [[2, 9], [30, 40], [7, 8]]
    cube[1, :3, :2] = [[20, 9], [3, 40], [70, 8]]
    cube[2] = cube[0] + cube[1]
    cube[..., 2] = cube[..., 0] + cube[..., 1]
    cube[:, 3] = cube[:, :3].sum(axis=1)
    edition = system(cube, (3, 3, 3, ABSENT))
    alone = protect(edition)
    monkeypatch.setattr(parallel, "MIN_PARALLEL_CELLS", 0)
    assert (protect(edition, workers=2).hidden == alone.hidden).all()
    assert alone.hidden.any()


def test_the_same_numbers_in_other_periods_are_another_system() -> None:
    edition = system(np.zeros((3, 2, 3)), (1, ABSENT))
    other = replace(edition, coordinates=replace(edition.coordinates, splits=()))
    assert other.digest() != edition.digest() == system(np.zeros((3, 2, 3)), (1, ABSENT)).digest()


def test_a_cached_component_is_not_protected_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cube = np.zeros((3, 4, 3))
    cube[0, :3, :2], cube[1, :3, :2] = 2, 50
    cube[2] = cube[0] + cube[1]
    cube[..., 2] = cube[..., 0] + cube[..., 1]
    cube[:, 3] = cube[:, :3].sum(axis=1)
    edition, cache = system(cube, (3, 3, 3, ABSENT)), {}
    first = protect(edition, cache)
    monkeypatch.setattr(parallel, "protect_component", lambda *_: pytest.fail("protected again"))
    assert (protect(edition, cache).hidden == first.hidden).all()


@quick
@given(editions(), st.data())
def test_rows_hidden_to_begin_with_stay_hidden_and_all_is_safe(edition, data):
    begin = np.array(data.draw(st.lists(st.booleans(), min_size=9, max_size=len(edition.cost))))
    begin = np.resize(begin, len(edition.cost))
    cache = {}
    found = protect(edition, cache, begin=begin)
    assert (found.hidden | ~begin).all()
    assert (found.hidden | ~protect(edition, cache).hidden).all()
    assert not bounds(edition, found.hidden)["narrow"].any()
    assert (protect(edition, cache, begin=found.hidden).hidden == found.hidden).all()


@quick
@given(editions(), st.data())
def test_released_cells_are_known_and_the_rest_is_safe(edition, data):
    """Some rows were published before: a cell that all equations bound too narrowly counts as disclosed, and
    no other cell does.
    """
    rows = len(edition.cost)
    small = edition.rows_showing(edition.primary)
    earlier = np.resize(data.draw(st.lists(st.booleans(), min_size=9, max_size=rows)), rows) & ~small
    released = edition.shown_by @ earlier.astype(float) > 0
    kept = np.flatnonzero(~earlier)
    later = replace(
        edition,
        released=released,
        shown_by=csr_array(edition.shown_by[:, kept] * ~released[:, None]),
        own_cells=csr_array(edition.own_cells[:, kept] * ~released[:, None]),
        forced=edition.forced[kept],
        cost=edition.cost[kept],
        row_class=edition.row_class[kept],
    )
    found = protect(later)
    hidden = np.zeros(rows, dtype=bool)
    hidden[kept] = found.hidden
    narrow = bounds(edition, hidden).query("narrow")["place"]
    assert found.disclosed[narrow].all(), narrow
    # and it is disclosed whatever is hidden
    all_narrow = bounds(edition, ~earlier).query("narrow")["place"]
    assert set(np.flatnonzero(found.disclosed)) <= set(all_narrow)
