"""Two engines, one set of expressions: DuckDB and Spark give identical tables, row for row."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from extracts import write_extract
from navbook.extract import open_extract
from navbook.extract.demo import make_demo
from navbook.indicators import FAMILIES, REGISTRY, count, forlop
from random_extracts import MANIFEST, draw_tables

Rows = list[dict[str, Any]]
# Hadoop reads brackets, stars and question marks in a path as a pattern
ODD_FOLDER = "a [2022]*? {b,c}"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / ODD_FOLDER, offices=8).folder


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Days on every boundary of the rules, rows that stand twice, and values that engines read unlike."""
    tables = draw_tables(seed=5, persons=150)
    for further in (odd_rows(), sick_without_employer()):
        for name, rows in further.items():
            tables.setdefault(name, []).extend(rows)
    return write_extract(tmp_path_factory.mktemp("edges") / ODD_FOLDER, tables, MANIFEST)


def odd_rows() -> dict[str, Rows]:
    """Leap days, the edges of the cover, months without a name in a time zone, letters outside ASCII."""
    persons = ["z", "Z", "å1", "æ 1", "007", "7"]
    births = ["2000-02-29", "1992-02-29", "1991-12-31", "1900-01-01", "2004-02-29", "1992-01-01"]
    countries = ["SOM", "", "XXX", "XXK", "AND", "NOR"]
    spans = [
        ("2020-02-29", "2021-02-28"),
        ("1990-01-01", None),
        ("2020-01-01", "2021-12-31"),
        ("2020-03-29", "2020-10-25"),
        ("2021-12-31", None),
        ("2019-12-31", "2020-01-01"),
    ]
    stays = [{"person_id": p, "fom": f, "tom": t} for p, (f, t) in zip(persons, spans, strict=True)]
    moments = ["2020-03-29 02:30:00", "2020-10-25 23:59:59.999999", "2020-12-31T00:00:00", "2021-01-01"]
    return {
        "person": [
            {"person_id": p, "fodselsdato": b, "kjonn": "M", "utdanning": "UKJENT", "fodeland": c}
            for p, b, c in zip(persons, births, countries, strict=True)
        ],
        "oppfolging": [
            # the same first day at two offices: the highest number wins, whatever the order of signs
            *({**stay, "enhetsnr": "9001", "innsatsgruppe": "BFORM"} for stay in stays),
            *({**stay, "enhetsnr": "9083", "innsatsgruppe": "BATT"} for stay in stays[:2]),
        ],
        "ytelse": [{**stay, "ytelse": "AAP"} for stay in stays[2:4]],
        "arbeidsforhold": [{**stay, "stillingsprosent": share} for stay in stays for share in (0.0, 1e-9)],
        "aktivitet": [{**stay, "type": "IJOBB", "status": "FULLFORT"} for stay in stays],
        "kontakt": [
            {"person_id": p, "dato": d, "type": "DIALOG", "status": None, "fra_bruker": True}
            for p in persons
            for d in ("2020-02-01", "2020-02-29", "2020-03-01", "2021-02-28")
        ],
        "kandidatutfall": [
            {"id": 9000 + i, "person_id": "z", "kandidatliste_id": f"ø{i % 2}", "tidspunkt": moment}
            for i, moment in enumerate(moments)
        ],
        "lonn": [{"person_id": "z", "maned": "2020-12", "kroner": 0.004}],
    }


def sick_without_employer() -> dict[str, Rows]:
    """Cases that end on day 84 or the day before, and such as are one case or two, all with a decision."""
    start = date(2020, 6, 1)
    day_84 = start + timedelta(days=84)
    pauses = {"one case": 16, "two cases": 17}
    certificates = {
        "ends on the day": [(start, day_84)],
        "ends the day before": [(start, day_84 - timedelta(days=1))],
        **{
            name: [(start, date(2020, 7, 11)), (date(2020, 7, 12) + timedelta(days=pause), day_84)]
            for name, pause in pauses.items()
        },
    }
    return {
        "person": [
            {"person_id": p, "fodselsdato": "1995-05-17", "kjonn": "K", "fodeland": "NOR"}
            for p in certificates
        ],
        "oppfolging": [
            {"person_id": p, "fom": str(start), "tom": str(day_84), "innsatsgruppe": "BFORM"}
            for p in certificates
        ],
        "sykmelding": [
            {
                "person_id": p,
                "sykmelding_id": f"{p} {number}",
                "arbeidsgiver": False,
                "enhetsnr": "9004",
                "fom": str(fom),
                "tom": str(tom),
            }
            for p, spells in certificates.items()
            for number, (fom, tom) in enumerate(spells)
        ],
    }


@cache
def counted(folder: Path, engine: str) -> tuple[pa.Table, pa.Table]:
    with open_extract(folder, engine) as extract:
        return count(extract), forlop(extract)


@pytest.mark.parametrize("name", ["demo", "edges"])
def test_every_family_is_counted_alike(name: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    counts, days = counted(folder, "duckdb")
    counts_on_spark, days_on_spark = counted(folder, "spark")
    assert unlike(counts, counts_on_spark) == []
    assert counts_on_spark.equals(counts)
    assert days_on_spark.equals(days)


@pytest.mark.parametrize("name", ["demo", "edges"])
def test_there_is_something_to_compare_in_every_family(name: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    counts = counted(folder, "duckdb")[0].to_pandas()
    with open_extract(folder) as extract:
        held = {id for id, indicator in REGISTRY.items() if set(indicator.tabeller) <= extract.table_names}
    filled = set(counts.indikator[counts.x > 0])
    assert {REGISTRY[id].familie for id in held & filled} == {REGISTRY[id].familie for id in held}
    assert name == "edges" or {REGISTRY[id].familie for id in held} == set(FAMILIES)


def test_of_the_cases_without_an_employer_two_are_clarified_on_day_84(edges: Path) -> None:
    counts = counted(edges, "duckdb")[0].to_pandas()
    here = counts.query("indikator == 'f05_avklart_12u' and enhetsnr == '9004' and n > 0")
    found = {tuple(row) for row in here[["gruppe", "maned", "x", "n"]].itertuples(index=False)}
    assert found == {("alle", "2020-08", 2, 2), ("under30", "2020-08", 2, 2)}


def test_counts_alone_need_no_persons_on_spark_either(tmp_path: Path) -> None:
    rows = [
        {"indikator": "ota_arbs", "gruppe": "alle", "enhetsnr": "9001", "maned": "2021-01", "x": 1, "n": 2}
    ]
    folder = write_extract(tmp_path / "u", {"tellinger": rows}, {"dekker_tom": date(2021, 12, 31)})
    with open_extract(folder, "duckdb") as extract:
        alone = count(extract)
    with open_extract(folder, "spark") as extract:
        assert count(extract).equals(alone)
        assert forlop(extract).num_rows == 0


def unlike(one: pa.Table, other: pa.Table) -> list[tuple[str, str, int]]:
    """The series that differ, with the number of rows that do."""
    key = ["indikator", "gruppe", "enhetsnr", "maned"]
    both = one.to_pandas().merge(other.to_pandas(), on=key, how="outer", indicator=True)
    same = both["_merge"].eq("both")
    for name in ("x", "n", "forelopig"):
        left, right = both[f"{name}_x"], both[f"{name}_y"]
        same &= left.eq(right) | (left.isna() & right.isna())
    rows = both[~same].groupby(["indikator", "gruppe"]).size()
    return [(*map(str, series), int(number)) for series, number in rows.items()]
