"""The order of sacrifice in personvern.yml: what may stand in it, and that it is followed as an order.

No row is hidden for another while rows of earlier classes would do, however many or large they are.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import yaml
from scipy.sparse import csr_array

from navbook.disclosure import System, load_settings, protect
from navbook.disclosure.settings import NEVER, ROWS
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import own_file

GIVEN = yaml.safe_load(own_file("data/personvern.yml").read_text(encoding="utf-8"))


def written(folder: Path, **changes: object) -> Path:
    path = folder / "personvern.yml"
    path.write_text(yaml.safe_dump(GIVEN | changes, allow_unicode=True), encoding="utf-8")
    return path


class TestSettings:
    def test_every_row_but_those_never_given_up_is_in_a_class(self):
        settings = load_settings()
        assert {row for row in ROWS if settings.row_class(*row) is None} == set(NEVER)

    def test_the_country_of_the_letter_and_the_portfolio_is_never_given_up(self):
        for length in ("tertial", "lengre"):
            for kind in ("brev", "portefolje"):
                assert load_settings().row_class("landet", length, kind) is None

    def test_the_order_is_that_of_the_issue(self):
        """Months of offices, further goals, tertials, sub-groups, the letter's rows, portfolio, counties."""
        rows = [
            ("kontor", "maned", "brev"),
            ("kontor", "lengre", "videre"),
            ("kontor", "tertial", "brev"),
            ("kontor", "lengre", "del"),
            ("kontor", "lengre", "brev"),
            ("kontor", "lengre", "portefolje"),
            ("fylke", "lengre", "brev"),
        ]
        places = [load_settings().row_class(*row) for row in rows]
        assert places == sorted(set(places))

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ({"navn": "Alt for landet", "niva": "landet"}, "gives up landet"),
            ({"navn": "Måneder for kontor", "niva": "kontor", "periode": ["maned"]}, "two lines are called"),
            ({"navn": "Igjen", "niva": "kontor", "linjer": ["del"]}, "is in an earlier line"),
            ({"navn": "Uker", "niva": "kontor", "periode": ["uke"]}, "periode"),
        ],
    )
    def test_a_line_that_makes_no_order_is_refused(self, tmp_path: Path, line: dict, message: str):
        with pytest.raises(UsageError, match=message):
            load_settings(written(tmp_path, rekkefolge=[*GIVEN["rekkefolge"], line]))

    def test_a_row_that_no_line_has_is_refused(self, tmp_path: Path):
        with pytest.raises(UsageError, match="no line has the rows landet lengre del"):
            load_settings(written(tmp_path, rekkefolge=GIVEN["rekkefolge"][:-1]))


def table(values: Mapping[str, float], sums: list[dict[str, int]], rows: Mapping[str, int]) -> System:
    """A system with a row for each cell in `rows`, which gives its class; hiding a later one costs less."""
    names = list(values)
    matrix = csr_array(np.array([[each.get(name, 0.0) for name in names] for each in sums], dtype=float))
    shown = csr_array(np.array([[float(name == row) for row in rows] for name in names]))
    return System(
        values=np.array(list(values.values()), dtype=float),
        matrix=matrix,
        shown_by=shown,
        own_cells=shown,
        threshold=np.where(np.isin(names, list(rows)), 4.0, 0.0),
        required_width=np.where(np.isin(names, list(rows)), 3.0, 0.0),
        forced=np.zeros(len(rows), dtype=bool),
        cost=100.0 - np.arange(len(rows)),
        row_class=np.array(list(rows.values())),
    )


def hidden(system: System, rows: Mapping[str, int]) -> set[str]:
    return {row for row, flag in zip(rows, protect(system).hidden, strict=True) if flag}


@pytest.mark.parametrize(("early", "late"), [("b", "c"), ("c", "b")])
def test_in_one_sum_the_class_decides_and_not_the_price(early: str, late: str) -> None:
    rows = {"a": 0, early: 1, late: 2, "t": 3}
    values = {"a": 2, "b": 20, "c": 30, "t": 52}
    system = table(values, [{"t": 1, "a": -1, "b": -1, "c": -1}], rows)
    assert hidden(system, rows) == {"a", early}


def test_two_rows_of_an_early_class_go_before_one_of_a_later() -> None:
    """`a` is narrow by two sums together: t = a + b + c with b and c in sums of their own, whose other parts
    are of the first class. The one row `t` would do, but is of a later class.
    """
    rows = {"a": 0, "d": 0, "e": 0, "u": 1, "v": 1, "t": 2}
    values = {"a": 2, "b": 20, "c": 30, "d": 7, "e": 8, "u": 27, "v": 38, "t": 52}
    sums = [{"t": 1, "a": -1, "b": -1, "c": -1}, {"u": 1, "b": -1, "d": -1}, {"v": 1, "c": -1, "e": -1}]
    found = hidden(table(values, sums, rows), rows)
    assert "t" not in found
    assert "u" not in found
    assert "v" not in found


def test_a_row_that_is_never_given_up_stays_while_any_other_helps() -> None:
    rows = {"a": 0, "b": 13, "t": 99}
    system = table({"a": 2, "b": 20, "t": 22}, [{"t": 1, "a": -1, "b": -1}], rows)
    assert hidden(system, rows) == {"a", "b"}


def test_a_row_of_an_early_class_is_found_however_far_away_it_is() -> None:
    """`a` is safe once `e` is hidden, ten sums away; each sum between them has a row of the last class."""
    steps = 9
    rows = {"a": 0, "t": 99, **{f"z{k}": 99 for k in range(steps)}, "e": 1}
    values = {"a": 2.0, **{f"h{k}": 100.0 - 5 * k for k in range(steps + 1)}}
    values |= {"t": 102.0, **{f"z{k}": 5.0 for k in range(steps)}, "e": values[f"h{steps}"]}
    sums = [{"t": 1, "a": -1, "h0": -1}]
    sums += [{f"h{k}": 1, f"h{k + 1}": -1, f"z{k}": -1} for k in range(steps)]
    sums += [{f"h{steps}": 1, "e": -1}]
    assert hidden(table(values, sums, rows), rows) == {"a", "e"}
