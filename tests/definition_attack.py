"""An attacker who reads the published table and the definitions, and knows nothing of the gate.

Each number is a cell (column, unit, period). A shown row gives its x, n and n-x. Every other cell is unknown
and at least zero. They are bound by x + (n-x) = n, by the sums over units and periods, and by
`definition_relations`. Linear programs bound each unknown number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array

from definition_relations import relations

Cell = tuple[str, str, str]
# the coefficients of one equation, of which the sum is zero
Equation = dict[Cell, float]
COUNTRY = "0000"
STOCKS = (
    *("u30_aktivitet", "u30_kontakt30", "langtid_aktivitet", "portefolje", "f06_aap_utlop", "g06_kvp"),
    *("g01_aap_varighet", "g04_behandling_aktivitet", "g05_unge_helseytelser", "g07_vta_ordinaer"),
    *("g13_kontakt", "g13_aktivitet", "g13_bare_dialog", "g13_kontaktform", "g13_initiativ"),
    *("g13_mote_avbrutt", "f14_unge_kontaktform"),
    *("g13_jobbklubb", "g18_dagpenger_slutt", "g23_ips"),
    *("g09_kvalifiserende_tiltak", "g10_midlertidig_lonnstilskudd", "g11_ordinaert_arbeidsliv"),
)


@dataclass(frozen=True)
class Attack:
    """What is known (`known`) and the true numbers (`truth`), by cell, and the equations between all cells.

    `slack` are the differences that the relations of the definitions leave.
    """

    truth: Mapping[Cell, float]
    known: Mapping[Cell, float]
    equations: list[Equation]
    slack: list[Cell]
    unknown: dict[Cell, int] = field(init=False)

    def __post_init__(self) -> None:
        cells = dict.fromkeys(cell for equation in self.equations for cell in equation)
        unknown = [cell for cell in cells if cell not in self.known]
        object.__setattr__(self, "unknown", {cell: place for place, cell in enumerate(unknown)})

    def widths(self, cells: Sequence[Cell]) -> list[float]:
        """How far apart the least and the greatest value of each of the unknown cells are."""
        rows, columns, numbers, right = [], [], [], []
        for row, equation in enumerate(self.equations):
            for cell, coefficient in equation.items():
                if cell in self.unknown:
                    rows.append(row)
                    columns.append(self.unknown[cell])
                    numbers.append(coefficient)
            right.append(-sum(k * self.known[cell] for cell, k in equation.items() if cell in self.known))
        shape = (len(self.equations), len(self.unknown))
        matrix, rhs = csr_array((numbers, (rows, columns)), shape=shape), np.array(right)
        bound = np.diff(matrix.indptr) > 0
        return [self._width(matrix[bound], rhs[bound], self.unknown[cell]) for cell in cells]

    def _width(self, matrix: csr_array, rhs: np.ndarray, place: int) -> float:
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(matrix.shape[1])
            cost[place] = sign
            found = linprog(cost, A_eq=matrix, b_eq=rhs, method="highs")
            if found.status == 3:
                return float("inf")
            assert found.status == 0, found.message
            ends.append(sign * float(found.fun))
        return ends[1] - ends[0]


def months_of(cell: Cell, lengths: Mapping[str, int]) -> int:
    """The number of months that the number of a stock is divided by; 1 for others."""
    return lengths[cell[2]] if cell[0].split("/")[0] in STOCKS else 1


def attack_on(
    tall: pd.DataFrame, table: pd.DataFrame, offices: Mapping[str, str], periods: Mapping[str, Sequence[str]]
) -> Attack:
    """The attack on the rows `tall`.

    `table` holds the true columns by (enhetsnr, maned), `offices` the county of each office, and `periods`
    the months of each period, of which longer ones are sums of the shorter.
    """
    units = {office: [office] for office in offices}
    units |= {county: [o for o in offices if offices[o] == county] for county in set(offices.values())}
    units[COUNTRY] = list(offices)
    truth: dict[Cell, float] = {}
    for unit, members in units.items():
        for period, months in periods.items():
            here = table.loc[[(office, month) for office in members for month in months]].sum()
            truth |= {(column, unit, period): float(value) for column, value in here.items()}
    equations = [
        {(column, COUNTRY, p): -1.0} | {(column, county, p): 1.0 for county in set(offices.values())}
        for column in table.columns
        for p in periods
    ]
    equations += [
        {(column, county, p): -1.0} | {(column, office, p): 1.0 for office in units[county]}
        for column in table.columns
        for county in set(offices.values())
        for p in periods
    ]
    for period, months in periods.items():
        parts = [name for name, inside in periods.items() if len(inside) == 1 and set(inside) < set(months)]
        if parts:
            equations += [
                {(column, unit, period): -1.0} | {(column, unit, part): 1.0 for part in parts}
                for column in table.columns
                for unit in units
            ]
    slack = []
    for unit in units:
        for period in periods:
            for column in table.columns:
                if column.endswith(":n"):
                    names = (column, f"{column[:-1]}x", f"{column[:-1]}n-x")
                    equations.append(
                        dict(zip([(n, unit, period) for n in names], (-1.0, 1.0, 1.0), strict=True))
                    )
            for number, relation in enumerate(relations()):
                equation = {(name, unit, period): 1.0 for name in relation.small}
                equation |= {(name, unit, period): -1.0 for name in relation.large}
                if not relation.equal:
                    rest = (f"{relation.large[0].split(':')[0]}:rest{number}", unit, period)
                    truth[rest] = -sum(k * truth[cell] for cell, k in equation.items())
                    equation[rest] = 1.0
                    slack.append(rest)
                equations.append(equation)
    return Attack(truth, _known(tall), equations, slack)


def _known(tall: pd.DataFrame) -> dict[Cell, float]:
    known: dict[Cell, float] = {}
    for row in tall[tall["status"] == "vist"].itertuples():
        series, place = f"{row.indikator}/{row.gruppe}", (row.enhet, row.periode)
        if row.indikator == "langtid_aktivitet" and row.gruppe == "antall":
            series = "langtid_aktivitet/alle"
        known[f"{series}:x", *place] = float(row.x)
        if not pd.isna(row.n):
            known[f"{series}:n", *place] = float(row.n)
            known[f"{series}:n-x", *place] = float(row.n - row.x)
    return known
