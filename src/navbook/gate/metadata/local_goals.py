"""lokale_mal.csv: the offices' own goals for a styringsparameter. It holds no counts."""

import pandas as pd

from navbook.edition.schema import LOCAL_GOAL_COLUMNS
from navbook.estimate import Estimates


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
