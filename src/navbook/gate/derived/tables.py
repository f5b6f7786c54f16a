"""The tables beside `tall`: what is told of several rows together, made of the rows that may be shown; curves
and the model have limits of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from navbook.edition.write import further_as_csv, tall_files
from navbook.estimate import Estimates
from navbook.gate.derived.casemix_model import model_rows, with_effort
from navbook.gate.derived.expected_funnels import expected_funnels
from navbook.gate.derived.funnels import funnels
from navbook.gate.derived.published import told_of
from navbook.gate.derived.run_charts import run_limits
from navbook.gate.derived.similar_offices import learning_pairs, similar_offices
from navbook.gate.derived.standardised import mixed_totals
from navbook.gate.derived.time_to_activity import curves
from navbook.gate.derived.verdict_context import beside_verdicts


@dataclass(frozen=True)
class Settled:
    """The files of `tall` and of the tables beside it, by name, and how many offices each funnel shows."""

    files: Mapping[str, bytes]
    funnels: Mapping[str, Mapping[str, int]]


def settled(tall: pd.DataFrame, estimates: Estimates) -> Settled:
    """What is settled when it has been decided to tell `tall` of these estimates."""
    further = further_tables(tall, estimates)
    beside = {f"{name}.csv": further_as_csv(name, rows) for name, rows in further.items()}
    return Settled(tall_files(tall) | beside, offices_in_funnels(further))


def further_tables(tall: pd.DataFrame, estimates: Estimates) -> dict[str, pd.DataFrame]:
    """Every table beside `tall`, by name, with the columns that `edition.schema.FURTHER` gives it.

    `tall` is what the gate has decided to tell of `estimates`.
    """
    similar = similar_offices(tall, estimates)
    told = told_of(tall, estimates)
    found = funnels(told)
    return {
        "trakt": found.points,
        "traktlinjer": found.lines,
        "serier": run_limits(tall, estimates),
        "modell": model_rows(tall, estimates),
        "innsats": with_effort(tall, estimates),
        "lignende": similar,
        "laering": learning_pairs(tall, similar, estimates),
        "tillegg": beside_verdicts(told),
        "samlet": mixed_totals(told),
        "kurver": curves(told, estimates),
        "avvikstrakt": expected_funnels(told),
    }


def offices_in_funnels(further: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, int]]:
    """For each funnel how many offices are drawn and how many are left out: numbers of offices, not of
    persons.

    The pages print them, and the audit knows from the manifest that they tell of nobody.
    """
    counts: dict[str, dict[str, int]] = {}
    for name in ("trakt", "avvikstrakt"):
        rows = further[name].dropna(subset="vist")
        for row in rows.to_dict("records"):
            key = f"{name}/{row['indikator']}/{row['gruppe']}"
            counts[key] = {"vist": int(row["vist"]), "utenfor": int(row["utenfor"])}
    return counts
