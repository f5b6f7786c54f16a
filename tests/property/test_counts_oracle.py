"""Two programs, one contract: navbook's counts and a plain day-by-day reading of it give equal rows."""

from collections import Counter
from pathlib import Path

import pytest

from extracts import PLAIN, write_extract
from navbook.extract import open_extract
from navbook.indicators import FORLOP_SCHEMA, count, forlop, uten_kontor
from oracle import Counts
from oracle_andre_mal import GoalOracle
from random_extracts import MANIFEST, draw_tables


def counted(folder: Path) -> Counts:
    with open_extract(folder) as extract:
        rows = count(extract).to_pylist()
    return {
        (row["indikator"], row["gruppe"], row["enhetsnr"], row["maned"]): (
            row["x"],
            row["n"],
            row["forelopig"],
        )
        for row in rows
    }


@pytest.mark.parametrize("seed", range(6))
def test_counts_equal_a_day_by_day_reading_of_the_contract(seed: int, tmp_path: Path) -> None:
    tables = draw_tables(seed)
    expected = GoalOracle({name: _full(name, rows) for name, rows in tables.items()}, MANIFEST).counts()
    found = counted(write_extract(tmp_path / "uttrekk", tables, MANIFEST, fmt="parquet"))
    differing = {
        key: (expected.get(key), found.get(key))
        for key in expected.keys() | found.keys()
        if expected.get(key) != found.get(key)
    }
    assert not differing
    assert sum(x for x, _, _ in expected.values()) > 500  # the draw gave something to count


OPTIONAL = (
    *("lonn", "sykmelding", "aktivitetskrav", "kandidatutfall"),
    *("fravaer_ansatte", "nyansettelse", "kvp", "serviceklage"),
)


def bare(kind: str) -> dict[str, list[dict]]:
    """A drawn extract in which something is missing altogether."""
    tables = draw_tables(7, persons=15)
    if kind == "no starts":
        tables["oppfolging"] = []
    elif kind == "no contacts":
        tables["kontakt"] = []
    elif kind == "empty optional tables":
        tables |= {name: [] for name in OPTIONAL}
    else:
        tables["tiltak"] = [row | {"deltakerstatus": "VENTELISTE", "tom": None} for row in tables["tiltak"]]
    return tables


@pytest.mark.parametrize(
    "kind", ["no starts", "no contacts", "empty optional tables", "only never begun participations"]
)
def test_counts_of_an_extract_that_lacks_a_kind_of_rows(kind: str, tmp_path: Path) -> None:
    tables = bare(kind)
    expected = GoalOracle({name: _full(name, rows) for name, rows in tables.items()}, MANIFEST).counts()
    folder = write_extract(tmp_path / "uttrekk", tables, MANIFEST, fmt="parquet")
    assert counted(folder) == expected
    with open_extract(folder) as extract:
        assert forlop(extract).schema == FORLOP_SCHEMA
        assert list(uten_kontor(extract).columns) == ["maned", "passert", "uten_kontor"]


def test_every_series_is_drawn_with_successes_and_failures() -> None:
    x, n = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for seed in range(6):
        counts = GoalOracle(
            {name: _full(name, rows) for name, rows in draw_tables(seed).items()}, MANIFEST
        ).counts()
        for (indikator, gruppe, _, _), (successes, size, _) in counts.items():
            x[indikator, gruppe] += successes
            n[indikator, gruppe] += size or 0
    oracle = GoalOracle(draw_tables(0), MANIFEST)
    assert [series for series in oracle.all_series() if not x[series] > 0] == []
    shares = [series for series in oracle.all_series() if not oracle.is_pure(series[0])]
    assert [series for series in shares if not n[series] > x[series]] == []


def _full(name: str, rows: list[dict]) -> list[dict]:
    """The rows as the extract holds them, equal rows once."""
    single = {
        tuple(sorted((PLAIN.get(name, {}) | row).items(), key=str)): PLAIN.get(name, {}) | row for row in rows
    }
    return list(single.values())
