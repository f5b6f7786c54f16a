"""How much of an edition is hidden, why, and how it was protected: counts for the manifest."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from navbook.disclosure import LAST_RESORT, DisclosureSettings, SuppressionResult
from navbook.edition.schema import SKJULT, VIST
from navbook.estimate import Estimates
from navbook.gate.suppression.cell_status import own_cells
from navbook.gate.suppression.choose import Choice
from navbook.gate.suppression.costs import row_classes
from navbook.runtime.periods import parse_period

# of fewer rows the reason is not published: it could show which of two is the small one
FEW = 10
MANED, TERTIAL, LENGRE = "maned", "tertial", "lengre"
_LENGTHS = {1: MANED, 4: TERTIAL}


class GivenUp(NamedTuple):
    """A class of rows in the order of sacrifice, and how many of its rows are in the edition and hidden.

    `secondary` are those hidden to protect others; None where they are few, since that could show which.
    """

    name: str
    rows: int
    hidden: int
    secondary: int | None


# the rows that no class names
NEVER = "Styringsparametrene og porteføljen for alle samlet"


def given_up(choice: Choice, estimates: Estimates, settings: DisclosureSettings) -> tuple[GivenUp, ...]:
    """The classes of `rekkefolge`, and last the rows that are never given up."""
    rows = estimates.rows[estimates.rows["status"] == VIST]
    places = tuple(rows[name].to_numpy() for name in ("_series", "_unit", "_period"))
    own = own_cells(estimates)
    hidden, small, left_out = (
        flags[own][places] for flags in (choice.hidden, choice.edition.sensitive, choice.left_out)
    )
    number = row_classes(estimates, settings)[places]
    names = {place: each.navn for place, each in enumerate(settings.rekkefolge)} | {LAST_RESORT: NEVER}
    found = []
    for place, name in names.items():
        of_class = number == place
        count = int((hidden & ~small & ~left_out & of_class).sum())
        secondary = count if count >= FEW or not (hidden & of_class).any() else None
        found.append(GivenUp(name, int(of_class.sum()), int((hidden & of_class).sum()), secondary))
    return tuple(found)


def suppression_summary(
    tall: pd.DataFrame, protected: SuppressionResult, classes: Sequence[GivenUp] = ()
) -> dict[str, Any]:
    """The entry `skjuling` of utgave.json.

    `rader`: rows shown and hidden by niva and length of period; `kontorrader`: those of offices by indicator.
    `for_smaa` and `for_andre`: how many rows are primary (too small, or hidden by a rule) and how many
    secondary; both are left out where either is few. The rest describes the system: unknown cells (`celler`),
    equations that bind them (`summer`), independent parts (`deler`), sensitive cells that were protected
    (`vernet`), rows hidden by the order of detail (`holdt_tilbake`), and the order of sacrifice with the rows
    of each of its `classes` (`rekkefolge`).
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
        "rekkefolge": [
            {"navn": each.name, "linjer": each.rows, "skjult": each.hidden, "ofret": each.secondary}
            for each in classes
        ],
    }
    secondary = int(protected.hidden.sum()) - protected.primary - protected.left_out
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
