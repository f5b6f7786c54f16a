"""Invented patterns of people who left, for tests of the case-mix model; the outcome follows a known rule."""

import numpy as np
import pandas as pd

from editions import OFFICES as REGISTERED
from editions import counts_frame
from navbook.indicators.casemix import SERIES, TRAITS
from navbook.runtime.periods import month_range

MONTHS_OF_2019 = month_range("2019-01", "2019-12")
OFFICES = ("9001", "9002", "9004")


def invented_patterns(
    seed: int, rows: int = 400, months: tuple[str, ...] = MONTHS_OF_2019, persons: int = 40
) -> pd.DataFrame:
    """`rows` patterns as `leaver_patterns` gives them; the young and the educated get work more often."""
    dice = np.random.default_rng(seed)
    columns: dict[str, np.ndarray] = {
        name: dice.integers(0, len(levels), rows).astype("int8") for name, levels in TRAITS.items()
    }
    age = columns["alder_og_kjonn"] % 6
    n = dice.integers(1, persons, rows).astype(float)
    chance = 1 / (1 + np.exp(0.25 * age - 0.3 * columns["utdanning"]))
    country = columns["landgruppe"] == 3
    return pd.DataFrame(
        {
            "enhetsnr": np.array(OFFICES)[dice.integers(0, len(OFFICES), rows)],
            "maned": np.array(months)[dice.integers(0, len(months), rows)],
            "fra_nedsatt": dice.random(rows) < 0.4,
            "ung": age < 2,
            "landgruppe3": country,
            "fotnote5": country,
            **columns,
            "n": n,
            "x": dice.binomial(n.astype(int), chance).astype(float),
        }
    )


def counts_of(frame: pd.DataFrame, months: tuple[str, ...] = MONTHS_OF_2019) -> pd.DataFrame:
    """The count table that the same people give, with a row for every office of the small register."""
    rows = []
    for (indikator, gruppe), marks in SERIES.items():
        sums = frame.query(marks).groupby(["enhetsnr", "maned"])[["x", "n"]].sum()
        for month in months:
            for enhetsnr in REGISTERED:
                x, n = sums.loc[(enhetsnr, month)] if (enhetsnr, month) in sums.index else (0.0, 0.0)
                rows.append((indikator, gruppe, enhetsnr, month, float(x), float(n)))
    return counts_frame(rows)
