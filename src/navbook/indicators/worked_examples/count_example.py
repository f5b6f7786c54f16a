"""A worked example as a small extract of its own, and what the program counts in it."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import yaml

from navbook.extract import open_extract
from navbook.extract.manifest import NAME as MANIFEST
from navbook.extract.schema import TableSpec, person_extract
from navbook.indicators.count import count
from navbook.indicators.worked_examples.example import Row, WorkedExample

KILDE = "Oppdiktet eksempel, uten virkelige personer og kontor"
# the two offices of every example
OFFICES = (("9101", "NAV Eksempelvik"), ("9102", "NAV Eksempeldal"))
# what a row holds in columns that the example does not name
PLAIN: dict[str, Row] = {
    "kontor": {"fylke_enhetsnr": "9900", "fylke_navn": "NAV Eksempelfylket", "gyldig_fom": "2000-01-01"},
    "person": {"fodselsdato": "1980-06-15", "kjonn": "K", "fodeland": "NOR", "utdanning": "VIDEREGAENDE"},
    "oppfolging": {"enhetsnr": "9101", "permittert": False},
    "arbeidsforhold": {"stillingsprosent": 100},
    "lonn": {"kroner": 30000},
    "tiltak": {"enhetsnr": "9101", "tiltakskode": "ARBTREN", "deltakerstatus": "GJENN"},
    "kontakt": {"fra_bruker": False, "automatisk": False},
    "sykmelding": {"enhetsnr": "9101", "arbeidsgiver": True, "grad": 100, "type": "ORDINAER"},
    "kandidatutfall": {"enhetsnr": "9101"},
    "kvp": {"enhetsnr": "9101"},
}


def write_example(example: WorkedExample, folder: Path) -> Path:
    """Write the example to `folder` as an extract of CSV files that `navbook check` accepts; returns it.

    A required table that the example has no rows of is written with its heading alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {
        "kilde": KILDE,
        "uttrekksdato": example.uttrekksdato,
        "dekker_fom": example.dekker_fom,
        "dekker_tom": example.dekker_tom,
        "syntetisk": True,
        "versjon": 1,
    }
    (folder / MANIFEST).write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
    tables = _complete(example)
    for name, table in person_extract().items():
        if name in tables or not table.optional:
            _write(folder / f"{name}.csv", table, tables.get(name, []))
    return folder


def count_example(example: WorkedExample) -> pa.Table:
    """The count table of the example's indicators, counted by DuckDB whatever engine the build uses."""
    with TemporaryDirectory(prefix="eksempel-") as folder:
        write_example(example, Path(folder))
        with open_extract(Path(folder), engine="duckdb") as extract:
            return count(extract, indicators=example.indikatorer)


def _complete(example: WorkedExample) -> dict[str, list[Row]]:
    """The rows by table with the plain columns, the persons' ids and the two offices."""
    given = example.rows()
    schema = person_extract()
    tables: dict[str, list[Row]] = {}
    for name, rows in given.items():
        by_person = schema[name].has("person_id")
        tables[name] = [_full(name, row, person=row["hvem"] if by_person else None) for row in rows]
    tables["kontor"] = [_full("kontor", {"enhetsnr": number, "navn": navn}) for number, navn in OFFICES]
    named = {row["person_id"] for row in tables.get("person", [])}
    met = {row["person_id"] for rows in tables.values() for row in rows if "person_id" in row}
    tables["person"] = tables.get("person", []) + [
        _full("person", {}, person=person) for person in sorted(met - named)
    ]
    return tables


def _full(table: str, row: Mapping[str, Any], person: str | None = None) -> Row:
    given = {column: value for column, value in row.items() if column != "hvem"}
    return PLAIN.get(table, {}) | ({} if person is None else {"person_id": person}) | given


def _write(path: Path, table: TableSpec, rows: Iterable[Row]) -> None:
    """Write rows as CSV in the columns of the contract; raises ValueError for a column there is none of."""
    columns = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, delimiter=";")
        writer.writeheader()
        writer.writerows({name: _field(value) for name, value in row.items()} for row in rows)


def _field(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
