"""Whatever the tables: what is found safe is safe by exact bounds, what is not is not, and all ends safe."""

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
LEAST, WIDTH = 4.0, 3.0
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
        threshold=np.full(cube.size, LEAST),
        required_width=np.full(cube.size, WIDTH),
        forced=np.zeros(rows, dtype=bool),
        cost=np.arange(1.0, rows + 1),
        row_class=np.full(rows, LAST_RESORT),
        coordinates=Coordinates(quantity, place, period, np.array(parent), PERIODS),
    )


def bounds(edition: System, hidden: np.ndarray) -> pd.DataFrame:
    """Low and high of every cell that no shown row tells, by `attack`, and whether it is too narrow."""
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
def test_no_secret_of_a_protected_edition_is_known_too_closely(edition):
    hidden = protect(edition).hidden
    told = bounds(edition, hidden)
    assert not told["narrow"].any(), told[told["narrow"]].to_string()
    assert not (edition.primary & ~edition.unpublished(hidden)).any()


@quick
@given(editions(), st.data())
def test_found_safe_is_safe_and_not_found_is_not(edition, data):
    """Rows hidden by chance: what the walk and the linear programs find agrees with exact bounds."""
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=9, max_size=len(edition.cost))))
    hidden = np.resize(hidden, len(edition.cost)) | edition.rows_showing(edition.primary)
    unknown = attacker_view(edition, hidden, 40)
    found = prove.prove(edition, unknown, np.zeros(len(unknown.cells), dtype=bool))
    narrow = bounds(edition, hidden).set_index("place")["narrow"].reindex(unknown.cells).to_numpy()
    secret = unknown.required_width > 0
    assert not (found & secret & narrow).any()
    assert not (~found & secret & ~narrow).any()


@quick
@given(editions())
def test_the_walk_gives_tables_that_fit(edition):
    """Only the extremes are kept: each of them lies within the exact bounds."""
    hidden = edition.rows_showing(edition.primary)
    free = edition.unpublished(hidden)
    arms = half_moves(edition.matrix, edition.coordinates, free)
    reached = markov_walk(edition.matrix, arms, edition.values, np.full(len(free), 3.0), free)
    told = bounds(edition, hidden).set_index("place")
    assert (reached.lowest[told.index] >= told["low"] - 1e-6).all()
    assert (reached.highest[told.index] <= told["high"] + 1e-6).all()
    assert (reached.lowest[~free] == edition.values[~free]).all()
    assert (reached.highest[~free] == edition.values[~free]).all()


@quick
@given(editions())
def test_with_and_without_the_walk_the_same_secrets_are_safe(edition):
    hidden = edition.rows_showing(edition.primary)
    unknown = attacker_view(edition, hidden, 40)
    none = np.zeros(len(unknown.cells), dtype=bool)
    with pytest.MonkeyPatch.context() as patch:
        alone = prove.prove(edition, unknown, none)
        patch.setattr(prove, "MIN_SENSITIVE_FOR_WALK", 0)
        assert (prove.prove(edition, unknown, none) == alone).all()


@quick
@given(editions(), st.randoms(use_true_random=False))
def test_the_order_of_the_equations_changes_nothing(edition, random):
    order = list(range(edition.matrix.shape[0]))
    random.shuffle(order)
    shuffled = System(**{**vars(edition), "matrix": csr_array(edition.matrix[order])})
    assert (protect(edition).hidden == protect(shuffled).hidden).all()


def test_processes_side_by_side_hide_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_what_was_found_of_a_part_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cube = np.zeros((3, 4, 3))
    cube[0, :3, :2], cube[1, :3, :2] = 2, 50
    cube[2] = cube[0] + cube[1]
    cube[..., 2] = cube[..., 0] + cube[..., 1]
    cube[:, 3] = cube[:, :3].sum(axis=1)
    edition, answers = system(cube, (3, 3, 3, ABSENT)), {}
    first = protect(edition, answers)
    monkeypatch.setattr(parallel, "protect_component", lambda *_: pytest.fail("asked again"))
    assert (protect(edition, answers).hidden == first.hidden).all()


@quick
@given(editions(), st.data())
def test_what_is_hidden_to_begin_with_stays_hidden_and_all_is_kept(edition, data):
    begin = np.array(data.draw(st.lists(st.booleans(), min_size=9, max_size=len(edition.cost))))
    begin = np.resize(begin, len(edition.cost))
    answers = {}
    found = protect(edition, answers, begin=begin)
    assert (found.hidden | ~begin).all()
    assert (found.hidden | ~protect(edition, answers).hidden).all()
    assert not bounds(edition, found.hidden)["narrow"].any()
    assert (protect(edition, answers, begin=found.hidden).hidden == found.hidden).all()


@quick
@given(editions(), st.data())
def test_what_was_told_before_is_known_and_the_rest_is_kept(edition, data):
    """Rows that may be told were told: what all equations leave too narrow is lost, and nothing else."""
    rows = len(edition.cost)
    small = edition.rows_showing(edition.primary)
    told = np.resize(data.draw(st.lists(st.booleans(), min_size=9, max_size=rows)), rows) & ~small
    given_cells = edition.shown_by @ told.astype(float) > 0
    kept = np.flatnonzero(~told)
    later = replace(
        edition,
        released=given_cells,
        shown_by=csr_array(edition.shown_by[:, kept] * ~given_cells[:, None]),
        own_cells=csr_array(edition.own_cells[:, kept] * ~given_cells[:, None]),
        forced=edition.forced[kept],
        cost=edition.cost[kept],
        row_class=edition.row_class[kept],
    )
    found = protect(later)
    hidden = np.zeros(rows, dtype=bool)
    hidden[kept] = found.hidden
    narrow = bounds(edition, hidden).query("narrow")["place"]
    assert found.disclosed[narrow].all(), narrow
    # and what is said to be lost is, whatever is hidden
    all_narrow = bounds(edition, ~told).query("narrow")["place"]
    assert set(np.flatnonzero(found.disclosed)) <= set(all_narrow)
