"""Editions of random persons, attacked with what the definitions say (`definition_attack`): no small count is
known more closely than "fewer than 4" says, and no hidden one exactly.
"""

import random
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from definition_attack import Attack, Cell, attack_on, months_of
from editions import MANIFEST, counts_frame, decided, letter_in, register_of
from lonely_extracts import columns, lonely_counts
from navbook.disclosure import load_settings
from navbook.edition.ledger import COLUMNS, no_releases
from navbook.estimate import estimate
from navbook.gate import EarlierReleases, decide, refuse_disclosed
from navbook.indicators import REGISTRY
from navbook.runtime.periods import parse_period

COVER = MANIFEST.model_copy(update={"dekker_fom": date(2022, 1, 1)})
OFFICES = {"9001": "9700", "9002": "9700", "9003": "9700", "9101": "9800", "9102": "9800"}
TERTIAL = ("2022-01", "2022-02", "2022-03", "2022-04")
# so many numbers of an edition are attacked, chosen at random
ATTACKED = 40


@pytest.fixture(scope="module")
def persons(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """What single persons count in a month: rows of `columns`, each once."""
    counts = lonely_counts(tmp_path_factory.mktemp("lonely") / "u", seed=3, persons=300)
    return columns(counts).drop_duplicates().reset_index(drop=True)


def offices_of(persons: pd.DataFrame, months: tuple[str, ...], seed: int) -> pd.DataFrame:
    """The columns of some offices by (enhetsnr, maned): each has its own mix of a few kinds of persons."""
    dice = np.random.default_rng(seed)
    rows = {}
    for office in OFFICES:
        kinds = dice.choice(len(persons), size=25)
        weights = dice.dirichlet(np.full(25, 0.5))
        size = int(dice.choice([30, 100, 400, 2000]))
        for month in months:
            people = dice.multinomial(size, weights)
            rows[office, month] = people @ persons.to_numpy()[kinds]
    return pd.DataFrame.from_dict(rows, orient="index", columns=persons.columns)


def counts_of(table: pd.DataFrame) -> pd.DataFrame:
    """The count table behind the columns."""
    rows = []
    for column in table.columns:
        series, _, name = column.partition(":")
        if name == "x":
            n = table.get(f"{series}:n")
            indikator, gruppe = series.split("/")
            rows += [
                (indikator, gruppe, office, month, x, None if n is None else n[office, month])
                for (office, month), x in table[column].items()
            ]
    return counts_frame(rows)


def secrets(attack: Attack, tall: pd.DataFrame, lengths: dict[str, int]) -> list[tuple[Cell, float]]:
    """The numbers of hidden rows, and small differences, with the width that each must have."""
    hidden = tall[tall["status"] == "skjult"]
    cells = [
        (f"{row.indikator}/{row.gruppe}:{name}", row.enhet, row.periode)
        for row in hidden.itertuples()
        if row.gruppe != "antall"
        for name in ("x", "n-x")
    ]
    found = []
    for cell in [*cells, *attack.slack]:
        if cell not in attack.unknown:
            continue
        months = months_of(cell, lengths)
        small = attack.truth[cell] < 4 * months
        if small:
            found.append((cell, 3.0 * months))
        elif cell not in attack.slack and cell[0].endswith(":x"):
            found.append((cell, 1.0 if float(attack.truth[cell]).is_integer() else 0.01))
    return found


def attacked(
    persons: pd.DataFrame, periods: dict[str, tuple[str, ...]], seed: int, most: int = ATTACKED
) -> list[str]:
    """The secrets of a random edition that are known too closely, of `most` chosen at random."""
    months = tuple(sorted({month for inside in periods.values() for month in inside}))
    table = offices_of(persons, months, seed)
    counts = counts_of(table)
    tall = decided(counts, next(iter(periods)), OFFICES, manifest=COVER).tall
    tall = tall[tall["periode"].isin(periods)]
    attack = attack_on(tall, table, OFFICES, periods)
    for cell, value in attack.known.items():
        assert value == pytest.approx(attack.truth[cell]), cell
    everything = secrets(attack, tall, {name: len(inside) for name, inside in periods.items()})
    chosen = random.Random(seed).sample(everything, min(most, len(everything)))
    widths = attack.widths([cell for cell, _ in chosen])
    return [
        f"{'|'.join(cell)} = {attack.truth[cell]:g} within {width:.3g}, not {needed:g}"
        for (cell, needed), width in zip(chosen, widths, strict=True)
        if width < needed - 1e-6
    ]


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_no_secret_of_a_month_is_known_too_closely(persons: pd.DataFrame, seed: int) -> None:
    found = attacked(persons, {"2022-03": ("2022-03",)}, seed)
    assert not found, "\n".join(found)


@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_no_secret_of_a_tertial_is_known_too_closely(persons: pd.DataFrame, seed: int) -> None:
    found = attacked(persons, {"2022-T1": TERTIAL, **{month: (month,) for month in TERTIAL}}, seed, most=10)
    assert not found, "\n".join(found)


def released(tall: pd.DataFrame, number: int) -> pd.DataFrame:
    """The ledger's rows for the shown rows of an edition."""
    members = {office: office for office in OFFICES} | {"0000": ""}
    for county in OFFICES.values():
        members[county] = " ".join(office for office in OFFICES if OFFICES[office] == county)
    shown = tall[tall["status"] == "vist"]
    return shown.assign(
        utgivelse=number,
        utgave="2022",
        uttrekksdato="2023-01-01",
        fylke=shown["enhet"].map(OFFICES).fillna(""),
        medlemmer=shown["enhet"].map(members),
    ).loc[:, list(COLUMNS)]


def published_in_turn(counts: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The rows of editions of these periods, each protected from those before it."""
    ledger, published = no_releases(), []
    for number, name in enumerate(names):
        asked = parse_period(name)
        estimates = estimate(counts, register_of(OFFICES), COVER, letter_in(asked.year), REGISTRY, asked)
        tall = decide(estimates, load_settings(), "nav", earlier=EarlierReleases(ledger, counts)).tall
        refuse_disclosed(tall, estimates, counts, 4, ledger)
        ledger = pd.concat([ledger, released(tall, number + 1)], ignore_index=True)
        published.append(tall)
    return pd.concat(published, ignore_index=True)


@pytest.mark.parametrize(
    "names", [("2022-01..2022-02", "2022-02..2022-03"), ("2022-01", "2022-01..2022-02", "2022-02..2022-03")]
)
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_releases_together_tell_no_small_number(
    persons: pd.DataFrame, names: tuple[str, ...], seed: int
) -> None:
    """All series, units and periods of two or three editions in one attack."""
    months = tuple(sorted({month for name in names for month in parse_period(name).months}))
    table = offices_of(persons, months, seed)
    tall = published_in_turn(counts_of(table), names)
    told = {name: parse_period(name).months for name in tall["periode"].unique()}
    periods = {name: inside for name, inside in told.items() if set(inside) <= set(months)}
    tall = tall[tall["periode"].isin(periods)]
    attack = attack_on(tall, table, OFFICES, periods)
    lengths = {name: len(inside) for name, inside in periods.items()}
    small = [
        cell
        for cell in dict.fromkeys(cell for cell, _ in secrets(attack, tall, lengths))
        if attack.truth[cell] < 4 * months_of(cell, lengths)
    ]
    chosen = random.Random(seed).sample(small, min(8, len(small)))
    found = [
        f"{'|'.join(cell)} = {attack.truth[cell]:g} within {width:.3g}"
        for cell, width in zip(chosen, attack.widths(chosen), strict=True)
        if width < 3 - 1e-6
    ]
    assert not found, "\n".join(found)
