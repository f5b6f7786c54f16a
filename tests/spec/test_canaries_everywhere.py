"""Every withheld number of every series is found by the audit as soon as the gate lets it through."""

from pathlib import Path

import numpy as np
import pytest

from editions import small_counts, small_estimates
from navbook.disclosure import audit_site, load_settings
from navbook.edition.rounding import half_up
from navbook.edition.schema import FLOATS
from navbook.edition.write import write_tall
from navbook.estimate import Estimates
from navbook.gate import decide

KEY = ["indikator", "gruppe", "enhet", "periode"]
PERIOD = "2022"


@pytest.fixture(scope="module")
def estimates() -> Estimates:
    """The small edition, in which the office 9003 has nobody but in one month, when all but two have the
    same answer: of each series a number of its own; of a pure count two.
    """
    counts = small_counts("2021-01")
    own = counts["enhetsnr"] == "9003"
    month = own & (counts["maned"] == "2022-05")
    canaries = 12_345.0 + 137 * np.arange(month.sum())
    pure = counts["n"].isna()
    counts.loc[own, "x"] = 0.0
    counts.loc[own & ~pure, "n"] = 0.0
    counts.loc[month, "x"] = np.where(pure[month], 2.0, canaries - 2)
    counts.loc[month & ~pure, "n"] = canaries[~pure[month]]
    return small_estimates(counts=counts)


def test_switched_off_the_gate_tells_every_one(estimates: Estimates, tmp_path: Path) -> None:
    decision = decide(estimates, load_settings(), "nav")
    withheld = decision.withheld[decision.withheld["periode"] == PERIOD]
    rows = estimates.rows[[*decision.tall.columns]].assign(status="vist")
    rows[list(FLOATS)] = rows[list(FLOATS)].apply(half_up)
    write_tall(rows[rows["periode"] == PERIOD], tmp_path)
    told = withheld[withheld["felt"].isin(decision.tall.columns)]
    # a change of exactly nought is printed as a whole number, which is looked for as a count only
    told = told[told["felt"].isin(["x", "n"]) | (half_up(told["verdi"]) % 1 != 0)]
    wanted = {"/".join(key[:4]) + f" {key[4]}" for key in told[[*KEY, "felt"]].itertuples(index=False)}
    assert set(told["indikator"]) == set(estimates.rows["indikator"])
    for name in ("tall.csv", "tall.parquet"):
        found = {each.what for each in audit_site(tmp_path, withheld, files=[tmp_path / name])}
        assert wanted - found == set()
