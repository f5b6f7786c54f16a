"""How much of an edition is hidden and why, and what was done to see that it cannot be worked out."""

from typing import Any

import pandas as pd

from navbook.disclosure import SuppressionResult
from navbook.edition.schema import SKJULT, VIST
from navbook.periods import parse_period

# of fewer rows it is not said why they are hidden: it could tell which of two is the small one
FEW = 10
MANED, TERTIAL, LENGRE = "maned", "tertial", "lengre"
_LENGTHS = {1: MANED, 4: TERTIAL}


def hiding(tall: pd.DataFrame, found: SuppressionResult) -> dict[str, Any]:
    """Counts for the manifest.

    `rader`: rows shown and hidden by niva and length of period; `kontorrader`: those of offices by indicator.
    `for_smaa` and `for_andre`: how many were hidden for being too small themselves or by a rule, and how many
    for the sake of others (left out where either is few). The rest tells what was looked at: unknown numbers
    (`celler`), sums that bind them (`summer`), `deler` that hang together by themselves, and how many secrets
    had to be kept (`vernet`).
    """
    rows = tall[tall["status"].isin([VIST, SKJULT])]
    lengths = {name: _length(name) for name in rows["periode"].unique()}
    by_length = rows["periode"].map(lengths).rename("lengde")
    offices = rows["niva"] == "kontor"
    told = {
        "rader": _counted(rows["status"], [rows["niva"], by_length]),
        "kontorrader": _counted(rows["status"][offices], [rows["indikator"][offices]]),
        "celler": found.cells,
        "summer": found.equations,
        "deler": len(found.components),
        "vernet": found.sensitive,
        "holdt_tilbake": found.fallback,
    }
    for_others = int(found.hidden.sum()) - found.primary
    if min(found.primary, for_others) >= FEW:
        told |= {"for_smaa": found.primary, "for_andre": for_others}
    return told


def _length(period: str) -> str:
    return _LENGTHS.get(len(parse_period(period).months), LENGRE)


def _counted(status: pd.Series, by: list[pd.Series]) -> list[dict[str, Any]]:
    """How many are shown and hidden of each kind, in order of name."""
    names = [str(each.name) for each in by]
    frame = pd.DataFrame({"vist": status == VIST, "skjult": status == SKJULT}).astype(int)
    counted = frame.groupby(by, sort=True).sum().reset_index()
    return [
        {
            **{name: record[name] for name in names},
            "vist": int(record["vist"]),
            "skjult": int(record["skjult"]),
        }
        for record in counted.to_dict("records")
    ]
