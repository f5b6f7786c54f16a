"""The demo's municipalities: many to many with offices, handed over at mergers, in step with kvp."""

from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest

from navbook.extract.demo import make_demo
from navbook.extract.demo.settings import demo_settings


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    made = make_demo(tmp_path_factory.mktemp("demo") / "uttrekk", offices=10, people=2500, fom="2021-01")
    names = ("kontor", "kontor_kommune", "kommunale_tall", "kommunale_mal", "kvp")
    return {name: pq.read_table(made.folder / f"{name}.parquet").to_pylist() for name in names}


def links(tables, **equal):
    return [row for row in tables["kontor_kommune"] if all(row[k] == v for k, v in equal.items())]


def test_some_offices_serve_several_municipalities_and_some_municipalities_have_two_offices(tables):
    of_office = [
        {row["kommunenr"] for row in links(tables, enhetsnr=r["enhetsnr"])} for r in tables["kontor"]
    ]
    of_municipality = [
        {row["enhetsnr"] for row in links(tables, kommunenr=number)}
        for number in {row["kommunenr"] for row in tables["kontor_kommune"]}
    ]
    assert min(map(len, of_office)) >= 1
    assert max(map(len, of_office)) >= 3
    assert max(map(len, of_municipality)) == 2


def test_the_successor_takes_over_on_the_day_after(tables):
    closed = [row for row in tables["kontor"] if row["gyldig_tom"]]
    assert len(closed) == 2
    for office in closed:
        for link in links(tables, enhetsnr=office["enhetsnr"]):
            assert link["gyldig_tom"] == office["gyldig_tom"]
            (heir,) = links(tables, enhetsnr=office["etterfolger"], kommunenr=link["kommunenr"])
            assert heir["gyldig_fom"] == office["gyldig_tom"] + timedelta(days=1)


def test_every_month_of_the_cover_has_every_figure(tables):
    numbers = {row["kommunenr"] for row in tables["kontor_kommune"]}
    codes = {*demo_settings().kommuner.promille, "KVP"}
    assert len(tables["kommunale_tall"]) == len(numbers) * len(codes) * 48  # 2020-01 to 2023-12
    assert all(row["verdi"] >= 0 and row["verdi"] == int(row["verdi"]) for row in tables["kommunale_tall"])


def test_participants_are_those_of_the_programme(tables):
    """In the whole country, on the last day of March 2022; an office that serves several rounds each down."""
    day = date(2022, 3, 31)
    running = [
        row for row in tables["kvp"] if row["fom"] <= day and (row["tom"] is None or row["tom"] >= day)
    ]
    municipal = sum(
        row["verdi"] for row in tables["kommunale_tall"] if row["tall"] == "KVP" and row["maned"] == "2022-03"
    )
    assert len(running) - 2 * len(tables["kontor"]) <= municipal <= len(running)


def test_goals_are_those_of_the_settings_for_two_years(tables):
    assert {row["ar"] for row in tables["kommunale_mal"]} == {2021, 2022}
    assert {row["mal"] for row in tables["kommunale_mal"]} <= set(demo_settings().kommuner.mal)
