"""All derived tables of an edition, and the files made of them.

They are computed from the rows of `tall` that are shown. The curves and the case-mix model have limits of
their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from navbook.edition.write import further_as_csv, tall_files
from navbook.estimate import Estimates
from navbook.gate.derived.casemix_model import model_rows, with_effort
from navbook.gate.derived.expected_funnels import expected_funnels
from navbook.gate.derived.funnels import funnels
from navbook.gate.derived.published import series_rows
from navbook.gate.derived.run_charts import run_limits
from navbook.gate.derived.similar_offices import learning_pairs, similar_offices
from navbook.gate.derived.standardised import standardised_totals
from navbook.gate.derived.time_to_activity import time_to_activity
from navbook.gate.derived.verdict_context import verdict_context
from navbook.gate.derived.verdict_reasons import verdict_reasons


@dataclass(frozen=True)
class DerivedFiles:
    """The files of `tall` and of the derived tables by name, and how many offices each funnel shows."""

    files: Mapping[str, bytes]
    funnels: Mapping[str, Mapping[str, int]]


def derived_files(tall: pd.DataFrame, estimates: Estimates) -> DerivedFiles:
    """The files of `tall`, as the gate has decided it for `estimates`, and of every derived table."""
    tables = derived_tables(tall, estimates)
    further = {f"{name}.csv": further_as_csv(name, rows) for name, rows in tables.items()}
    return DerivedFiles(tall_files(tall) | further, offices_in_funnels(tables))


def derived_tables(tall: pd.DataFrame, estimates: Estimates) -> dict[str, pd.DataFrame]:
    """Every derived table by name, with the columns that `edition.schema.FURTHER` gives it.

    `tall` is what the gate has decided to publish of `estimates`.
    """
    similar = similar_offices(tall, estimates)
    published = series_rows(tall, estimates)
    found = funnels(published)
    return {
        "trakt": found.points,
        "traktlinjer": found.lines,
        "serier": run_limits(tall, estimates),
        "modell": model_rows(tall, estimates),
        "innsats": with_effort(tall, estimates),
        "lignende": similar,
        "laering": learning_pairs(tall, similar, estimates),
        "tillegg": verdict_context(published),
        "samlet": standardised_totals(published),
        "kurver": time_to_activity(published, estimates),
        "avvikstrakt": expected_funnels(published),
        "grunner": verdict_reasons(tall, estimates),
    }


def offices_in_funnels(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, int]]:
    """For each funnel how many offices are drawn (`vist`) and left out (`utenfor`).

    The pages print these numbers, and the audit knows from the manifest that they count offices, not persons.
    """
    counts: dict[str, dict[str, int]] = {}
    for name in ("trakt", "avvikstrakt"):
        rows = tables[name].dropna(subset="vist")
        for row in rows.to_dict("records"):
            key = f"{name}/{row['indikator']}/{row['gruppe']}"
            counts[key] = {"vist": int(row["vist"]), "utenfor": int(row["utenfor"])}
    return counts
