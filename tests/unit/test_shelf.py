"""States on the shelf: whether a process makes them or finds them, the counts are the same."""

from pathlib import Path

import pytest

from navbook.extract import open_extract
from navbook.extract.demo import make_demo
from navbook.indicators import count
from navbook.indicators.states.shared_tables import VARIABLE


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / "uttrekk", offices=3, people=900, fom="2021-01").folder


def test_counts_are_the_same_with_states_made_here_put_on_the_shelf_or_taken_from_it(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_extract(demo) as extract:
        alone = count(extract)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with open_extract(demo) as extract:
        first = count(extract)
    names = {file.stem.partition("-")[2] for file in tmp_path.iterdir()}
    exits = {name for name in names if name.startswith("avganger_")}
    cases = {"tilfeller_med_arbeidsgiver", "tilfeller_uten_arbeidsgiver"}
    assert names - exits - cases == {"person", "fodt_i_landgruppe3", "aap", "under_oppfolging", "langtid"}
    assert cases <= names
    assert len(exits) == 2  # from each status; two families ask for the same months
    with open_extract(demo) as extract:
        second = count(extract)
    assert first.equals(alone)
    assert second.equals(alone)


def test_states_of_another_extract_are_not_taken(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with open_extract(demo) as extract:
        count(extract, indicators=["portefolje"])
    other = make_demo(tmp_path / "annet", offices=3, people=900, fom="2021-01", seed=2).folder
    with open_extract(other) as extract:
        beside = count(extract, indicators=["portefolje"])
    monkeypatch.delenv(VARIABLE)
    with open_extract(other) as extract:
        assert count(extract, indicators=["portefolje"]).equals(beside)
