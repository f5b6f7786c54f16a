"""Every linear equation, and every x <= y, that holds between count columns is one that the gate knows.

The relations are computed from the counts of a random extract. What the gate knows are the equations of its
system, in which no cell is negative.
"""

from functools import cached_property

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from editions import register_of
from lonely_extracts import COVER, columns, equalities, inequalities, lonely_counts
from navbook.disclosure import load_settings
from navbook.estimate import estimate
from navbook.extract.manifest import Manifest
from navbook.gate.suppression.cells import quantities_of
from navbook.gate.suppression.equations import equations_of, same_cells
from navbook.indicators import REGISTRY
from navbook.runtime.periods import parse_period

PERIOD = "2021"
COUNTY = "9700"
# a column with so few persons in it says nothing of the others
FEWEST = 30


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return lonely_counts(tmp_path_factory.mktemp("lonely") / "u", seed=5, persons=2500)


@pytest.fixture(scope="module")
def table(counts: pd.DataFrame) -> pd.DataFrame:
    return columns(counts)


class KnownRelations:
    """The equations of the gate's system of one unit and period, and what follows from them."""

    def __init__(self, counts: pd.DataFrame) -> None:
        offices = {"9001": COUNTY, "9002": COUNTY}
        number = counts["enhetsnr"].where(counts["enhetsnr"].isin(offices), "9001")
        keys = ["indikator", "gruppe", "enhetsnr", "maned"]
        summed = counts.assign(enhetsnr=number).groupby(keys, as_index=False)[["x", "n"]].sum(min_count=1)
        estimates = estimate(
            summed.assign(forelopig=False),
            register_of(offices),
            Manifest.model_validate(COVER),
            None,
            REGISTRY,
            parse_period(PERIOD),
        )
        self._found = quantities_of(estimates, load_settings())
        self._terms = equations_of(self._found)
        cube = estimates.cube
        self._unit, self._period = cube.country, cube.periods.index(parse_period(PERIOD))

    @cached_property
    def matrix(self) -> np.ndarray:
        """The equations (rows) between the quantities of the country in the year (columns)."""
        count, equation, cell, sign = self._terms.arrays()
        same = same_cells(self._found)
        quantity, place, period = np.unravel_index(same[cell], self._found.shape)
        here = (place == self._unit) & (period == self._period)
        local = np.bincount(equation[~here], minlength=count) == 0
        kept = here & local[equation]
        matrix = np.zeros((count, self._found.shape[0]))
        np.add.at(matrix, (equation[kept], quantity[kept]), sign[kept])
        return matrix[np.abs(matrix).any(axis=1)]

    def place(self, column: str) -> int:
        """The quantity of a column, which another name may share."""
        cell = self._found.cell(self._found.places[column], self._unit, self._period)
        return int(same_cells(self._found)[cell] // np.prod(self._found.shape[1:]))

    def least(self, coefficients: dict[str, float]) -> float:
        """The least value of a linear form over all tables with a sum of at most 1."""
        cost = np.zeros(self.matrix.shape[1])
        for column, coefficient in coefficients.items():
            cost[self.place(column)] += coefficient
        found = linprog(
            cost,
            A_ub=np.ones((1, len(cost))),
            b_ub=[1.0],
            A_eq=self.matrix,
            b_eq=np.zeros(len(self.matrix)),
            method="highs",
        )
        assert found.status == 0, found.message
        return float(found.fun)


@pytest.fixture(scope="module")
def known(counts: pd.DataFrame) -> KnownRelations:
    return KnownRelations(counts)


def test_every_column_counts_enough_persons(table: pd.DataFrame) -> None:
    few = (table > 0).sum()
    assert few[few < FEWEST].to_dict() == {}


def test_no_equation_between_the_counts_is_unknown_to_the_gate(
    table: pd.DataFrame, known: KnownRelations
) -> None:
    found = [equation.to_dict() for equation in equalities(table)]
    assert len(found) > 15
    opposite = [{name: -number for name, number in form.items()} for form in found]
    unknown = [form for form in (*found, *opposite) if known.least(form) < -1e-7]
    assert not unknown, "\n".join(map(str, unknown))


def test_no_inequality_between_the_counts_is_unknown_to_the_gate(
    table: pd.DataFrame, known: KnownRelations
) -> None:
    found = inequalities(table)
    assert len(found) > 100
    unknown = [
        f"{small} <= {large}" for small, large in found if known.least({large: 1.0, small: -1.0}) < -1e-7
    ]
    assert not unknown, "\n".join(unknown)
