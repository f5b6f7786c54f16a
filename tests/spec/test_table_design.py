"""Rows that the edition leaves out by design, and what it says of hidden rows (issue 18, items 1 and 3)."""

import pandas as pd
import pytest

from editions import MANIFEST, NORTH, SOUTH, decided, letter_in, register_of, row, series_counts
from navbook.disclosure import attack, load_settings
from navbook.estimate import estimate
from navbook.gate import Decision, decide
from navbook.indicators import REGISTRY
from navbook.runtime.periods import parse_period

MONTH = "2022-03"
FOUR = {"9001": NORTH, "9002": NORTH, "9003": NORTH, "9004": SOUTH, "9005": SOUTH}
PORTFOLIO = {
    "alle": (900, 700, 500, 800, 600),
    "arbeidssoker": (500, 400, 290, 450, 350),
    "nedsatt": (396, 298, 209, 348, 247),
    "BATT": (200, 150, 100, 170, 120),
    "VARIG": (60, 40, 30, 50, 40),
}


def portfolio() -> list[pd.DataFrame]:
    return [
        series_counts("portefolje", gruppe, [MONTH], {o: (x, None) for o, x in zip(FOUR, sizes, strict=True)})
        for gruppe, sizes in PORTFOLIO.items()
    ]


def said(decision: Decision, enhet: str, gruppe: str = "alle", indikator: str = "ota_arbs") -> str:
    rows = decision.statements
    mine = (rows["indikator"] == indikator) & (rows["gruppe"] == gruppe) & (rows["enhet"] == enhet)
    found = rows.loc[mine & (rows["periode"] == MONTH), "utsagn"].tolist()
    return found[0] if found else ""


@pytest.fixture(scope="module")
def decision() -> Decision:
    return decided(portfolio(), MONTH, FOUR)


class TestLevels:
    @pytest.mark.parametrize("gruppe", ["arbeidssoker", "VARIG"])
    def test_an_office_has_no_figures_of_the_group(self, decision: Decision, gruppe: str):
        assert row(decision.tall, "9001", MONTH, "portefolje", gruppe)["status"] == "skjult"
        assert said(decision, "9001", gruppe, "portefolje") == "ikke_for_niva"

    @pytest.mark.parametrize("gruppe", list(PORTFOLIO))
    @pytest.mark.parametrize("unit", [NORTH, SOUTH, "0000"])
    def test_counties_and_the_country_have_every_group(self, decision: Decision, unit: str, gruppe: str):
        assert row(decision.tall, unit, MONTH, "portefolje", gruppe)["status"] == "vist"

    @pytest.mark.parametrize("gruppe", ["alle", "nedsatt", "BATT"])
    def test_so_that_the_other_groups_are_shown(self, decision: Decision, gruppe: str):
        """Of all at 9001, 900 - 500 - 396 = 4 are neither, and of the country's 3,500 few are."""
        assert row(decision.tall, "9001", MONTH, "portefolje", gruppe)["status"] == "vist"


def test_the_only_office_of_a_county_has_the_figures_of_the_county() -> None:
    """Its row is the county's: were it left out, the county's row would have to be hidden as well."""
    alone = FOUR | {"9005": NORTH}
    tall = decided(portfolio(), MONTH, alone).tall
    for unit in ("9004", SOUTH, NORTH, "0000"):
        assert row(tall, unit, MONTH, "portefolje", "arbeidssoker")["status"] == "vist"
    assert row(tall, "9001", MONTH, "portefolje", "arbeidssoker")["status"] == "skjult"


def test_the_parts_of_sick_leave_stand_together() -> None:
    """9003 has 2 days with a certificate: its days without one would be the sum less a small number."""
    days = {"9001": (60, 40), "9002": (50, 45), "9003": (30, 2), "9004": (70, 50), "9005": (55, 45)}
    parts = [
        series_counts("sykefravaer_etat", name, [MONTH], {o: (value(d), 1500) for o, d in days.items()})
        for name, value in (("sum", sum), ("egenmeldt", lambda d: d[0]), ("legemeldt", lambda d: d[1]))
    ]
    tall = decided(parts, MONTH, FOUR).tall
    for gruppe in ("egenmeldt", "legemeldt"):
        assert row(tall, "9003", MONTH, "sykefravaer_etat", gruppe)["status"] == "skjult"


COUNTS = {"9001": (400, 1000), "9002": (300, 900), "9003": (200, 202), "9004": (500, 1200), "9005": (90, 300)}


def with_statements(utsagn: bool = True, counts: dict[str, tuple[int, int]] = COUNTS) -> Decision:
    frame = series_counts("ota_arbs", "alle", [MONTH], counts)
    asked = parse_period(MONTH)
    estimates = estimate(frame, register_of(FOUR), MANIFEST, letter_in(asked.year), REGISTRY, asked)
    return decide(estimates, load_settings().model_copy(update={"utsagn": utsagn}), "nav")


class TestStatements:
    def test_a_row_of_nearly_everybody_says_so(self):
        assert said(with_statements(), "9003") == "nesten_alle"

    def test_a_row_of_nearly_nobody_says_so(self):
        assert said(with_statements(counts=COUNTS | {"9003": (2, 202)}), "9003") == "nesten_ingen"

    def test_nothing_is_said_of_a_row_that_is_hidden_for_another(self):
        decision = with_statements()
        other = [
            enhet for enhet in ("9001", "9002") if row(decision.tall, enhet, MONTH)["status"] == "skjult"
        ]
        assert other
        assert not any(said(decision, enhet) for enhet in other)

    def test_nothing_is_said_where_the_words_alone_would_leave_few_numbers(self):
        """Of 22, over 90 per cent have the outcome when at most two do not: that is too narrow."""
        assert said(with_statements(counts=COUNTS | {"9003": (20, 22)}), "9003") == ""

    def test_a_setting_turns_it_off(self):
        assert with_statements(utsagn=False).statements.empty

    @pytest.mark.parametrize("small", [(200, 202), (72, 72), (60, 63)])
    def test_with_the_statement_as_a_constraint_the_small_number_stays_wide(self, small: tuple[int, int]):
        """Equations from the definitions: x + rest = n, a county is the sum of its offices, and the statement
        x - 9 rest = slack, which is not below zero.
        """
        counts = COUNTS | {"9003": small}
        decision = with_statements(counts=counts)
        shown = {e: row(decision.tall, e, MONTH)["status"] == "vist" for e in ("9001", "9002", "9003", NORTH)}
        cells, equations = [], []
        north = [counts[e] for e in ("9001", "9002", "9003")]
        numbers = {e: counts[e] for e in ("9001", "9002", "9003")} | {
            NORTH: (sum(x for x, _ in north), sum(n for _, n in north))
        }
        for unit, (x, n) in numbers.items():
            for name, value in (("x", x), ("r", n - x), ("n", n)):
                status = 0 if shown[unit] else 1 if value < 4 else 2
                cells.append((f"{unit}{name}", float(value), status))
            equations += [
                (f"sum{unit}", f"{unit}{name}", sign) for name, sign in (("x", 1), ("r", 1), ("n", -1))
            ]
        for name in "xr":
            equations += [(f"county{name}", f"{unit}{name}", 1) for unit in ("9001", "9002", "9003")]
            equations.append((f"county{name}", f"{NORTH}{name}", -1))
        assert said(decision, "9003") == "nesten_alle"
        cells.append(("slack", None, 2))
        equations += [("told", "9003x", 1), ("told", "9003r", -9), ("told", "slack", -1)]
        found = attack(
            pd.DataFrame(cells, columns=["cell", "value", "status"]),
            pd.DataFrame(equations, columns=["equation", "cell", "coef"]),
        ).set_index("cell")
        assert found.loc["9003r", "high"] - found.loc["9003r", "low"] >= 3
        assert (found["high"] - found["low"] >= 1).all()


OTHERS = {"9001": (40, 100), "9002": (30, 90), "9003": (12, 50), "9004": (60, 150), "9005": (20, 70)}
GROUPS = ("alle", "uten_permitterte", "permitterte")


def arbs_numbers(laid_off: tuple[int, int]) -> dict[tuple[str, str, str], int]:
    """x and rest by (group, unit, name); at 9003 so many of either were laid off."""
    away = {"9001": (10, 25), "9002": (9, 20), "9003": laid_off, "9004": (20, 30), "9005": (8, 15)}
    numbers = {}
    for office, (x, n) in OTHERS.items():
        for place, (name, others) in enumerate((("x", x), ("r", n - x))):
            numbers["uten_permitterte", office, name] = others
            numbers["permitterte", office, name] = away[office][place]
            numbers["alle", office, name] = others + away[office][place]
    units = {NORTH: ("9001", "9002", "9003"), SOUTH: ("9004", "9005"), "0000": tuple(OTHERS)}
    for unit, members in units.items():
        for group in GROUPS:
            for name in "xr":
                numbers[group, unit, name] = sum(numbers[group, office, name] for office in members)
    return numbers


@pytest.mark.parametrize("laid_off", [(0, 0), (1, 1), (0, 3), (2, 1), (3, 0)])
def test_the_words_nearly_the_same_leave_those_laid_off_wide(laid_off: tuple[int, int]) -> None:
    """Equations from the definitions: those laid off and the others are all, and units add up. The attacker
    also knows what the row of 9003 says: fewer than four were laid off.
    """
    numbers = arbs_numbers(laid_off)
    counts = [
        series_counts(
            *("ota_arbs", group, [MONTH]),
            {o: (numbers[group, o, "x"], numbers[group, o, "x"] + numbers[group, o, "r"]) for o in OTHERS},
        )
        for group in GROUPS[:2]
    ]
    decision = decided(counts, MONTH, FOUR)
    assert said(decision, "9003") == "nesten_lik"
    units = (*OTHERS, NORTH, SOUTH, "0000")
    shown = {
        (group, unit)
        for group in GROUPS[:2]
        for unit in units
        if row(decision.tall, unit, MONTH, gruppe=group)["status"] == "vist"
    }
    assert ("uten_permitterte", "9003") in shown
    cells = [("|".join(cell), float(value), 0 if cell[:2] in shown else 2) for cell, value in numbers.items()]
    equations = []
    for unit in units:
        for name in "xr":
            equations += [
                (f"{unit}{name}", f"{group}|{unit}|{name}", sign)
                for group, sign in zip(GROUPS, (-1, 1, 1), strict=True)
            ]
    for total, parts in ((NORTH, units[:3]), (SOUTH, units[3:5]), ("0000", (NORTH, SOUTH))):
        for group in GROUPS:
            for name in "xr":
                label = f"{group}{total}{name}"
                equations.append((label, f"{group}|{total}|{name}", -1))
                equations += [(label, f"{group}|{part}|{name}", 1) for part in parts]
    cells += [("slack", None, 2), ("three", 3.0, 0)]
    equations += [("told", f"permitterte|9003|{name}", 1) for name in "xr"]
    equations += [("told", "slack", 1), ("told", "three", -1)]
    found = attack(
        pd.DataFrame(cells, columns=["cell", "value", "status"]),
        pd.DataFrame(equations, columns=["equation", "cell", "coef"]),
    ).set_index("cell")
    width = found["high"] - found["low"]
    for name in "xr":
        assert width[f"permitterte|9003|{name}"] >= 3
        assert width[f"alle|9003|{name}"] >= 1
