"""AAP spells that no office followed up: counted in no series, and told as one number of the period."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from navbook.indicators import write_uten_kontor
from navbook.run.count_notebooks import uncounted
from navbook.runtime.periods import parse_period

EXTRACT = SimpleNamespace(counts_only=False)


def run_in(folder: Path) -> SimpleNamespace:
    return SimpleNamespace(workspace=SimpleNamespace(private=folder), period=parse_period("2022"))


def test_the_months_of_the_period_are_summed(tmp_path: Path) -> None:
    rows = [("2021-12", 9, 5), ("2022-01", 9, 3), ("2022-12", 9, 4), ("2023-01", 9, 7)]
    frame = pd.DataFrame(rows, columns=["maned", "passert", "uten_kontor"])
    path = write_uten_kontor(frame, tmp_path / "tellinger" / "aap_26u.parquet")
    assert path.name == "aap_26u_utelatt.parquet"
    found = uncounted(run_in(tmp_path), EXTRACT).to_dict("records")
    assert [(row["kode"], row["enhetsnr"], row["antall"]) for row in found] == [("aap_uten_kontor", None, 7)]


def test_nothing_is_told_where_nothing_was_left_out_or_nobody_was_counted(tmp_path: Path) -> None:
    assert uncounted(run_in(tmp_path), EXTRACT).empty
    frame = pd.DataFrame([("2022-01", 9, 0)], columns=["maned", "passert", "uten_kontor"])
    write_uten_kontor(frame, tmp_path / "tellinger" / "aap_26u.parquet")
    assert uncounted(run_in(tmp_path), EXTRACT).empty
    assert uncounted(run_in(tmp_path), SimpleNamespace(counts_only=True)).empty
