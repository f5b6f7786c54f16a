"""What is said of the offices of the demo whose truth is planted: one did better, one got easier people."""

import json
from pathlib import Path

import pandas as pd

from navbook import indicators
from navbook.edition.schema import IKKE_OPPFYLT, OPPFYLT
from navbook.estimate import estimate
from navbook.estimate.casemix import fit_casemix
from navbook.extract import Extract
from navbook.letters import letter_for
from navbook.runtime.periods import Period

SERIES = (("ota_arbs", "alle"), ("ota_nedsatt", "alle"))
ROLES = ("bedring", "blanding")


def planted_offices(extract: Extract, counts: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Rows `mal`, `slag` (the part the office plays), `andel` (1 yes, 0 no) and `antall` of people.

    For each planted office and series: whether the letter's rule is called met or not met, and whether the
    office is said to lie above or below what its people let expect. The truth is that of `fasit`.
    """
    answers = json.loads((folder / "fasit" / "fasit.json").read_text(encoding="utf-8"))
    year = answers["ar"]
    found = estimate(
        counts,
        extract.register,
        extract.manifest,
        letter_for(year),
        indicators.REGISTRY,
        Period(f"{year}-01", f"{year}-12"),
        casemix=fit_casemix(extract),
    ).rows
    rows = []
    for role in ROLES:
        for indikator, gruppe in SERIES:
            where = (found["indikator"] == indikator) & (found["gruppe"] == gruppe)
            where &= (found["enhet"] == answers["kontor"][role]) & (found["periode"] == str(year))
            (row,) = found[where].to_dict("records")
            said = {
                "oppfylt": row["vurdering"] == OPPFYLT,
                "ikke_oppfylt": row["vurdering"] == IKKE_OPPFYLT,
                "over": row["avvik_nedre"] > 0,
                "under": row["avvik_ovre"] < 0,
            }
            rows += [
                {
                    "mal": f"demo_{word}",
                    "slag": f"{role}/{indikator}",
                    "andel": float(yes),
                    "antall": row["n"],
                }
                for word, yes in said.items()
            ]
    return pd.DataFrame(rows)
