"""How much of an edition is hidden, why, and how it was protected: counts for the manifest."""

from typing import Any

import pandas as pd

from navbook.disclosure import SuppressionResult
from navbook.edition.schema import SKJULT, VIST
from navbook.runtime.periods import parse_period

# of fewer rows the reason is not published: it could show which of two is the small one
FEW = 10
MANED, TERTIAL, LENGRE = "maned", "tertial", "lengre"
_LENGTHS = {1: MANED, 4: TERTIAL}


def suppression_summary(tall: pd.DataFrame, protected: SuppressionResult) -> dict[str, Any]:
    """The entry `skjuling` of utgave.json.

    `rader`: rows shown and hidden by niva and length of period; `kontorrader`: those of offices by indicator.
    `for_smaa` and `for_andre`: how many rows are primary (too small, or hidden by a rule) and how many
    secondary; both are left out where either is few. The rest describes the system: unknown cells (`celler`),
    equations that bind them (`summer`), independent parts (`deler`), sensitive cells that were protected
    (`vernet`), and rows hidden by the order of detail (`holdt_tilbake`).
    """
    rows = tall[tall["status"].isin([VIST, SKJULT])]
    lengths = {name: _length(name) for name in rows["periode"].unique()}
    by_length = rows["periode"].map(lengths).rename("lengde")
    offices = rows["niva"] == "kontor"
    summary = {
        "rader": _counted(rows["status"], [rows["niva"], by_length]),
        "kontorrader": _counted(rows["status"][offices], [rows["indikator"][offices]]),
        "celler": protected.cells,
        "summer": protected.equations,
        "deler": len(protected.components),
        "vernet": protected.sensitive,
        "holdt_tilbake": protected.fallback,
    }
    secondary = int(protected.hidden.sum()) - protected.primary
    if min(protected.primary, secondary) >= FEW:
        summary |= {"for_smaa": protected.primary, "for_andre": secondary}
    return summary


def _length(period: str) -> str:
    return _LENGTHS.get(len(parse_period(period).months), LENGRE)


def _counted(status: pd.Series, by: list[pd.Series]) -> list[dict[str, Any]]:
    """The number of rows shown and hidden in each group, in order of the groups' names."""
    names = [str(column.name) for column in by]
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
