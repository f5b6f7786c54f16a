"""The offices' own goals for a styringsparameter (lokale_mal.csv), and their verdicts (maloppnaelse.csv).

Goals hold no counts, and verdicts are made from shown rows only.
"""

import pandas as pd

from navbook.edition.schema import FOR_FA, GOAL_VERDICT_COLUMNS, LOCAL_GOAL_COLUMNS, VIST
from navbook.estimate import Estimates
from navbook.estimate.verdicts import CODES
from navbook.letters import JudgementRule
from navbook.statistics import rate, verdict


def local_goals(given: pd.DataFrame, estimates: Estimates) -> pd.DataFrame:
    """The rows (LOCAL_GOAL_COLUMNS) of `given` (enhetsnr, ar, parameter, mal) that pages show.

    Those are the goals of offices in the edition, for its year, and for a parameter of the letter in force.
    """
    parameters = {row.id for row in estimates.letter.parameters} if estimates.letter else set()
    rows = given.rename(columns={"enhetsnr": "enhet"})
    rows = rows[
        rows["enhet"].isin(estimates.units.frame["enhet"])
        & rows["parameter"].isin(parameters)
        & (pd.to_numeric(rows["ar"]) == estimates.period.year)
        & rows["mal"].notna()
    ]
    years = pd.to_numeric(rows["ar"]).astype(int).astype(str)
    return rows.assign(ar=years).loc[:, list(LOCAL_GOAL_COLUMNS)].drop_duplicates(["enhet", "parameter"])


def judged_goals(goals: pd.DataFrame, estimates: Estimates, tall: pd.DataFrame) -> pd.DataFrame:
    """The verdict on each of the `goals` for every judged series of its parameter (GOAL_VERDICT_COLUMNS).

    Series stand here if they are shown for the edition's own period. A goal is judged as a fixed limit, on
    the side that the letter's rule calls better; one above 1 is a number of cases, any other a share.
    """
    letter = estimates.letter
    if letter is None or goals.empty:
        return pd.DataFrame(columns=list(GOAL_VERDICT_COLUMNS))
    parameters = {row.id: row for row in letter.parameters}
    offices = goals["enhet"].unique()
    period = estimates.period.name
    rows = tall[tall["enhet"].isin(offices) & (tall["periode"] == period) & (tall["status"] == VIST)]
    shown = {(r["indikator"], r["gruppe"], r["enhet"]): r for r in rows.to_dict("records")}
    found = [
        (enhet, name, line.indikator, line.gruppe, period, goal, _verdict(row, goal, parameters[name].rule))
        for enhet, name, goal in zip(goals["enhet"], goals["parameter"], goals["mal"], strict=True)
        for line in parameters[name].series
        if line.judged
        and (line.maal == "antall") == (goal > 1)
        and (row := shown.get((line.indikator, line.gruppe, enhet))) is not None
    ]
    return pd.DataFrame(found, columns=list(GOAL_VERDICT_COLUMNS))


def _verdict(row: dict, goal: float, rule: JudgementRule) -> str:
    """The verdict on a shown row: its own limits against the goal; those of a count are exact."""
    side = {"<": -1, ">": 1}.get(rule.operator or "", rule.polarity)
    value, lower, upper = row["verdi"], row["nedre"], row["ovre"]
    if pd.isna(value):
        if row["x"] < verdict.MINIMUM:
            return FOR_FA
        value, lower, upper = rate(row["x"], 1)
    elif row["vurdering"] == FOR_FA:
        return FOR_FA
    judged = verdict.limits_against_target(value, lower, upper, verdict.MINIMUM, goal, side)
    return CODES[str(judged.result)]
