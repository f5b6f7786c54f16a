"""Where counts are written: never in the notebooks' folder, and for their owner only."""

import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from navbook.indicators import SCHEMA, write_counts
from navbook.indicators.private_paths import destination
from navbook.run.workspace import Workspace
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import NOTEBOOKS, PROJECT

RELATIVE = Path("privat", "tellinger", "prove.parquet")


def test_a_relative_path_is_taken_from_the_current_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert destination(RELATIVE).absolute() == tmp_path / RELATIVE


@pytest.mark.parametrize("folder", [NOTEBOOKS, NOTEBOOKS / "beregning"])
def test_from_a_notebooks_own_folder_it_is_taken_from_the_project(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert destination(RELATIVE) == PROJECT / RELATIVE


def test_an_absolute_path_is_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(NOTEBOOKS)
    assert destination(tmp_path / RELATIVE) == tmp_path / RELATIVE


def test_nobody_else_may_look_into_the_private_folder(tmp_path: Path) -> None:
    write_counts(SCHEMA.empty_table(), tmp_path / RELATIVE)
    assert stat.S_IMODE((tmp_path / "privat").stat().st_mode) == 0o700
    assert pq.read_schema(tmp_path / RELATIVE).names == SCHEMA.names


def test_a_count_by_hand_makes_the_private_folder_navbooks_own(tmp_path: Path) -> None:
    (tmp_path / "privat" / "uttrekk-demo").mkdir(parents=True)
    write_counts(SCHEMA.empty_table(), tmp_path / "prosjekt" / RELATIVE)
    write_counts(SCHEMA.empty_table(), tmp_path / RELATIVE)
    for root in (tmp_path / "prosjekt", tmp_path):
        Workspace(root).claim(tmp_path / "privat" / "uttrekk-demo")


def test_a_count_by_hand_claims_no_folder_that_brought_caches(tmp_path: Path) -> None:
    (tmp_path / "privat" / "cache").mkdir(parents=True)
    write_counts(SCHEMA.empty_table(), tmp_path / RELATIVE)
    with pytest.raises(UsageError, match="not made by navbook"):
        Workspace(tmp_path).claim(tmp_path / "uttrekk")
