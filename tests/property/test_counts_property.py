"""What must hold for any extract: order and repetition of rows, names of offices, and how counts nest."""

import random
import re
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from extracts import write_extract
from navbook.extract import open_extract
from navbook.indicators import REGISTRY, checks, count
from navbook.indicators.definition.declaration import Sammenheng
from random_extracts import MANIFEST, draw_tables

KEY = ["indikator", "gruppe", "enhetsnr", "maned"]
Tables = dict[str, list[dict[str, Any]]]


def counted(folder: Path, tables: Tables) -> pd.DataFrame:
    with open_extract(write_extract(folder, tables, MANIFEST, fmt="parquet")) as extract:
        return count(extract).to_pandas()


@pytest.fixture(scope="module")
def tables() -> Tables:
    return draw_tables(seed=100, persons=60)


@pytest.fixture(scope="module")
def counts(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return counted(tmp_path_factory.mktemp("counts") / "u", tables)


def test_order_and_repetition_of_rows_do_not_matter(
    tables: Tables, counts: pd.DataFrame, tmp_path: Path
) -> None:
    dice = random.Random(7)
    mixed = {name: dice.sample(rows * 2, 2 * len(rows)) for name, rows in tables.items() if name != "kontor"}
    again = counted(tmp_path / "u", mixed | {"kontor": list(reversed(tables["kontor"]))})
    pd.testing.assert_frame_equal(again, counts)


def test_renaming_offices_permutes_the_counts(tables: Tables, counts: pd.DataFrame, tmp_path: Path) -> None:
    # the order of the numbers is kept, for the highest number wins a day that two rows begin alike
    names = {"9001": "1001", "9002": "1102", "9003": "1203", "9083": "9183"}
    renamed = {
        name: [
            row | {c: names.get(row[c], row[c]) for c in ("enhetsnr", "etterfolger") if c in row}
            for row in rows
        ]
        for name, rows in tables.items()
    }
    again = counted(tmp_path / "u", renamed)
    expected = counts.assign(enhetsnr=counts.enhetsnr.map(names)).sort_values(KEY, ignore_index=True)
    pd.testing.assert_frame_equal(again.sort_values(KEY, ignore_index=True), expected)


def test_removing_everyone_of_an_office_changes_no_other(
    tables: Tables, counts: pd.DataFrame, tmp_path: Path
) -> None:
    months_with_event = {row["person_id"] for row in tables["oppfolging"] if row["enhetsnr"] == "9083"}
    fewer = {
        name: [row for row in rows if row.get("person_id") not in months_with_event]
        for name, rows in tables.items()
    }
    kept = {
        name: [row for row in rows if row.get("person_id") in months_with_event]
        for name, rows in tables.items()
    }
    # assessments are of certificates, and say nothing of whose
    whole_tables = {name: tables[name] for name in ("kontor", "aktivitetskrav")}
    apart = [counted(tmp_path / "a", fewer), counted(tmp_path / "b", kept | whole_tables)]
    together = pd.concat(apart).groupby(KEY)[["x", "n"]].sum()
    whole = counts.set_index(KEY)[["x", "n"]].fillna(0.0)
    pd.testing.assert_frame_equal(together.reindex(whole.index), whole)


def test_dates_shifted_by_the_length_of_the_calendar_shift_the_counts(
    tables: Tables, counts: pd.DataFrame, tmp_path: Path
) -> None:
    # after 28 years every day is the same day of the same week, month and leap year again
    moved = {
        name: [{column: shifted(value) for column, value in row.items()} for row in rows]
        for name, rows in tables.items()
    }
    manifest = {key: shifted(value) for key, value in MANIFEST.items()}
    with open_extract(write_extract(tmp_path / "u", moved, manifest, fmt="parquet")) as extract:
        again = count(extract).to_pandas()
    pd.testing.assert_frame_equal(again, counts.assign(maned=counts.maned.map(shifted)))


def shifted(value: Any) -> Any:
    """The value 28 years later: a date, or text that begins with a year and a month."""
    if isinstance(value, date):
        return value.replace(year=value.year + 28)
    if isinstance(value, str) and re.match(r"\d{4}-\d{2}", value):
        return f"{int(value[:4]) + 28}{value[4:]}"
    return value


def test_the_checks_that_the_notebooks_show_find_nothing(counts: pd.DataFrame) -> None:
    assert not checks(pa.Table.from_pandas(counts)).avvik.any()


def test_the_checks_find_what_is_wrong(counts: pd.DataFrame) -> None:
    wrong = counts.copy()
    wrong.loc[wrong.gruppe == "IKVAL_smal", ["x", "n"]] += (100.0, 1.0)
    found = checks(pa.Table.from_pandas(pd.concat([wrong, wrong.tail(2)]))).set_index("kontroll").avvik
    assert found["Én rad per indikator, gruppe, kontor og måned"] == 2
    assert found["Telleren er ikke større enn nevneren"] > 0
    assert found["En delgruppe er ikke større enn gruppen den er del av"] > 0
    assert found["Grupper med samme nevner har lik nevner"] > 0
    assert found["Ingen tall er negative"] == 0


def test_status_groups_add_up(counts: pd.DataFrame) -> None:
    folio = counts[counts.indikator == "portefolje"].pivot_table(
        index=["enhetsnr", "maned"], columns="gruppe", values="x"
    )
    folio = folio.fillna(0.0)  # a closed office has a row only in the groups that someone is in
    assert (folio.arbeidssoker + folio.nedsatt <= folio.alle).all()
    assert (folio[["IKVAL", "BFORM", "BATT", "VARIG"]].sum(axis=1) <= folio.alle).all()
    assert (folio.nedsatt >= folio.AAP).all()
    assert (folio.langtid <= folio.arbeidssoker).all()


@pytest.mark.parametrize(
    ("indikator", "bond"),
    [
        (indicator.id, bond)
        for indicator in REGISTRY.values()
        for bond in indicator.sammenhenger
        if not bond.nesten
    ],
    ids=str,
)
def test_the_sums_that_a_declaration_names_hold(
    indikator: str, bond: Sammenheng, counts: pd.DataFrame
) -> None:
    terms = [
        [_term(counts, term if "/" in term else f"{indikator}/{term}") for term in side]
        for side in (bond.helhet, bond.deler)
    ]
    known = set.intersection(*(set(term.columns) for side in terms for term in side))
    # an office that is closed that month has a row only where it has someone
    whole, parts = (reduce(lambda a, b: a.add(b, fill_value=0.0), side)[sorted(known)] for side in terms)
    left = whole.sub(parts, fill_value=0.0).to_numpy()
    assert left.size
    assert (abs(left) < 1e-9).all() if bond.rest is None else (left > -1e-9).all()


def _term(counts: pd.DataFrame, term: str) -> pd.DataFrame:
    """x (or, with `:n`, n) of a series or a rest by office (rows) and known month (columns)."""
    series, _, field = term.partition(":")
    indikator, gruppe = series.split("/")
    for bond in REGISTRY[indikator].sammenhenger:
        if bond.rest == gruppe:
            whole, *parts = (_term(counts, f"{indikator}/{each}") for each in (*bond.helhet, *bond.deler))
            return reduce(lambda a, b: a.sub(b, fill_value=0.0), parts, whole)
    rows = counts[(counts.indikator == indikator) & (counts.gruppe == gruppe)]
    assert len(rows), f"{series} is not counted"
    return rows.pivot(index="enhetsnr", columns="maned", values=field or "x").fillna(0)


def test_every_declared_series_is_counted_and_none_other(counts: pd.DataFrame) -> None:
    declared = {(i.id, group.id) for i in REGISTRY.values() for group in i.grupper}
    assert set(zip(counts.indikator, counts.gruppe, strict=True)) == declared
