"""The last resort of `rekkefolge` in personvern.yml: where hiding rows next to a sensitive number does not
protect it, detail is withheld, the first line first, and what no line names only when nothing else is left.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest
from scipy.sparse import csr_array

from navbook.disclosure import LAST_RESORT, System, protect
from navbook.disclosure.linked_tables import protect_component

LEAST, WIDTH = 4.0, 3.0
Terms = Mapping[str, float]


def system(values: Mapping[str, float], equations: Sequence[Terms], rows: Mapping[str, int]) -> System:
    """Cells with these values, equations that sum to zero, and a row for each cell in `rows` with its class.

    Only cells with a row are sensitive; the others are never shown.
    """
    names, shown = list(values), list(rows)
    matrix = np.array([[equation.get(name, 0.0) for name in names] for equation in equations])
    assert not (matrix @ np.array(list(values.values()))).any()
    shown_by = csr_array(np.array([[1.0 if name == row else 0.0 for row in shown] for name in names]))
    has_row = np.isin(names, shown)
    return System(
        values=np.array(list(values.values())),
        matrix=csr_array(matrix),
        shown_by=shown_by,
        own_cells=shown_by,
        threshold=np.where(has_row, LEAST, 0.0),
        required_width=np.where(has_row, WIDTH, 0.0),
        forced=np.zeros(len(shown), dtype=bool),
        cost=np.arange(1.0, len(shown) + 1),
        row_class=np.array(list(rows.values())),
    )


def hidden_rows(table: System, rows: Mapping[str, int]) -> set[str]:
    return {row for row, flag in zip(rows, protect(table).hidden, strict=True) if flag}


def chain(length: int) -> tuple[dict[str, float], list[Terms]]:
    """`a` = 2 under ever new names c1, c2, … that no row shows, and the last of them with s, r and t:
    t = s + r + a. Whoever reads s, r and t knows a.
    """
    names = ["a", *(f"c{place}" for place in range(1, length + 1))]
    values = dict.fromkeys(names, 2.0) | {"s": 10.0, "r": 20.0, "t": 32.0}
    equations: list[Terms] = [{one: 1, other: -1} for one, other in pairwise(names)]
    return values, [*equations, {"t": 1, names[-1]: -1, "s": -1, "r": -1}]


def test_a_sum_next_to_the_number_needs_no_detail_withheld() -> None:
    rows = {"a": 0, "s": 1, "r": 0, "t": LAST_RESORT}
    found = protect(system(*chain(1), rows))
    assert found.fallback == 0
    assert found.hidden.sum() == 2


def test_detail_goes_where_what_would_help_lies_too_far_away() -> None:
    """The sum that discloses `a` lies ten equations away: no search from `a` gets there."""
    rows = {"a": 0, "s": 1, "r": 0, "t": LAST_RESORT}
    found = protect(system(*chain(9), rows))
    assert hidden_rows(system(*chain(9), rows), rows) == {"a", "s", "r"}
    assert found.fallback == 2


def test_what_no_line_names_goes_when_nothing_else_is_left() -> None:
    rows = {"a": 0, "s": LAST_RESORT, "r": LAST_RESORT, "t": LAST_RESORT}
    assert hidden_rows(system(*chain(9), rows), rows) == set(rows)


def test_where_the_equations_alone_disclose_a_number_nothing_is_shown() -> None:
    """t = a + b and t = b: a is 0 whatever is hidden, so no row of the table is published."""
    rows = {"a": 0, "b": 0, "t": LAST_RESORT}
    table = system({"a": 0.0, "b": 9.0, "t": 9.0}, [{"t": 1, "a": -1, "b": -1}, {"t": 1, "b": -1}], rows)
    assert hidden_rows(table, rows) == set(rows)


@pytest.mark.parametrize(("s", "r", "expected"), [(1, 0, {"a", "r"}), (0, 1, {"a", "s"})])
def test_of_the_rows_near_the_number_the_first_line_goes_first(
    monkeypatch: pytest.MonkeyPatch, s: int, r: int, expected: set[str]
) -> None:
    """Detail is also withheld when the search has gone on for too long, here from the start. One of s and r
    is enough. The line decides which, not the price (s costs less).
    """
    monkeypatch.setattr(protect_component, "MAX_PROOFS", -1)
    rows = {"a": 0, "s": s, "r": r, "t": LAST_RESORT}
    assert hidden_rows(system(*chain(1), rows), rows) == expected
