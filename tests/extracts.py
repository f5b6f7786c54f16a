"""Tiny extracts for tests: a row names only what the test is about, the rest is filled with plain values.

The columns stand here as the contract lists them, apart from the data dictionary that navbook itself reads.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

Row = Mapping[str, Any]

COLUMNS: dict[str, dict[str, str]] = {
    "kontor": {
        "enhetsnr": "text", "navn": "text", "fylke_enhetsnr": "text", "fylke_navn": "text",
        "gyldig_fom": "date", "gyldig_tom": "date", "etterfolger": "text",
    },
    "person": {
        "person_id": "text", "fodselsdato": "date", "kjonn": "text", "fodeland": "text",
        "utdanning": "text", "dodsdato": "date", "utvandringsdato": "date",
    },
    "oppfolging": {
        "person_id": "text", "enhetsnr": "text", "fom": "date", "tom": "date", "formidlingsgruppe": "text",
        "innsatsgruppe": "text", "arbeidssokerstatus": "text", "permittert": "boolean",
    },
    "arbeidsforhold": {"person_id": "text", "fom": "date", "tom": "date", "stillingsprosent": "number"},
    "lonn": {"person_id": "text", "maned": "text", "kroner": "number"},
    "tiltak": {
        "person_id": "text", "enhetsnr": "text", "tiltakskode": "text", "deltakerstatus": "text",
        "fom": "date", "tom": "date",
    },
    "aktivitet": {"person_id": "text", "type": "text", "status": "text", "fom": "date", "tom": "date"},
    "kontakt": {
        "person_id": "text", "dato": "date", "type": "text", "status": "text",
        "fra_bruker": "boolean", "automatisk": "boolean",
    },
    "ytelse": {"person_id": "text", "ytelse": "text", "fom": "date", "tom": "date"},
    "sykmelding": {
        "person_id": "text", "sykmelding_id": "text", "enhetsnr": "text", "arbeidsgiver": "boolean",
        "grad": "number", "type": "text", "fom": "date", "tom": "date",
    },
    "kandidatutfall": {
        "id": "integer", "person_id": "text", "kandidatliste_id": "text", "utfall": "text",
        "enhetsnr": "text", "tidspunkt": "datetime",
    },
    "fravaer_ansatte": {
        "enhetsnr": "text", "maned": "text", "avtalte_dagsverk": "number",
        "egenmeldt_dagsverk": "number", "legemeldt_dagsverk": "number", "ansatte": "number",
    },
    "nyansettelse": {"enhetsnr": "text", "dato": "date", "fast": "boolean", "i_malgruppe": "boolean"},
    "serviceklage": {"enhetsnr": "text", "mottatt": "date", "behandlet": "date", "tema": "text"},
    "kvp": {"person_id": "text", "enhetsnr": "text", "fom": "date", "tom": "date"},
    "aktivitetskrav": {"sykmelding_id": "text", "vurdert": "date"},
    "tellinger": {
        "indikator": "text", "gruppe": "text", "enhetsnr": "text", "maned": "text",
        "x": "number", "n": "number",
    },
}  # fmt: skip

REQUIRED = ("kontor", "person", "oppfolging", "arbeidsforhold", "tiltak", "aktivitet", "kontakt", "ytelse")

MANIFEST: dict[str, Any] = {
    "kilde": "Made for a test",
    "uttrekksdato": date(2023, 12, 31),
    "dekker_fom": date(2020, 1, 1),
    "dekker_tom": date(2023, 12, 31),
    "syntetisk": True,
    "versjon": 1,
}

PLAIN: dict[str, dict[str, Any]] = {
    "kontor": {
        "navn": "NAV Prøvedal", "fylke_enhetsnr": "9900", "fylke_navn": "NAV Prøvefylket",
        "gyldig_fom": "2000-01-01",
    },
    "person": {"fodselsdato": "1980-06-15", "kjonn": "K", "fodeland": "NOR", "utdanning": "VIDEREGAENDE"},
    "oppfolging": {
        "enhetsnr": "9001", "formidlingsgruppe": "ARBS", "innsatsgruppe": "IKVAL", "permittert": False,
    },
    "arbeidsforhold": {"stillingsprosent": 100.0},
    "lonn": {"kroner": 30000.0},
    "tiltak": {"enhetsnr": "9001", "tiltakskode": "ARBTREN", "deltakerstatus": "GJENN"},
    "aktivitet": {"type": "EGENAKTIVITET", "status": "GJENNOMFORES"},
    "kontakt": {"type": "DIALOG", "status": "FULLFORT", "fra_bruker": False, "automatisk": False},
    "ytelse": {"ytelse": "AAP"},
    "sykmelding": {"enhetsnr": "9001", "arbeidsgiver": True, "grad": 100.0, "type": "ORDINAER"},
    "kandidatutfall": {"kandidatliste_id": "L1", "utfall": "FATT_JOBBEN", "enhetsnr": "9001"},
    "nyansettelse": {"enhetsnr": "9001", "fast": True, "i_malgruppe": False},
    "kvp": {"enhetsnr": "9001"},
}  # fmt: skip

# optional columns, which are in a file only if a row names them
OPTIONAL_TYPES = {"ytelse": {"uker_igjen": "number"}}
_ARROW = {
    "text": pa.string(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "boolean": pa.bool_(),
    "integer": pa.int64(),
    "number": pa.float64(),
}


def write_extract(
    folder: Path,
    tables: Mapping[str, Sequence[Row] | None],
    manifest: Mapping[str, Any] | None = None,
    fmt: str = "csv",
) -> Path:
    """Write an extract to `folder` and return it.

    A row is a dict; columns it does not name are plain (PLAIN) or empty, and columns that the contract does
    not know are written too. Required tables that `tables` does not name are written without rows, `kontor`
    with 9001 and 9002, `person` with one plain row per person_id met elsewhere. `None` leaves a table out.
    `manifest` overrides single keys of MANIFEST; a key with the value None is left out. With `tellinger` and
    no person tables named, it is a counts-only extract.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = {key: value for key, value in (MANIFEST | dict(manifest or {})).items() if value is not None}
    (folder / "uttrekk.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    for name, rows in _complete(tables).items():
        if rows is None:
            continue
        full = [PLAIN.get(name, {}) | dict(row) for row in rows]
        if fmt == "parquet":
            write_parquet(folder / f"{name}.parquet", name, full)
        else:
            write_csv(folder / f"{name}.csv", name, full)
    return folder


def write_csv(
    path: Path, table: str, rows: Sequence[Row], delimiter: str = ";", encoding: str = "utf-8"
) -> None:
    """Write rows as CSV with the contract's columns first; None is empty, true and false in lower case."""
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, _header(table, rows), delimiter=delimiter)
        writer.writeheader()
        writer.writerows({key: _text(value) for key, value in row.items()} for row in rows)


def write_parquet(path: Path, table: str, rows: Sequence[Row]) -> None:
    """Write rows as Parquet with the types a data warehouse gives; ISO text is accepted for dates."""
    types = COLUMNS.get(table, {}) | OPTIONAL_TYPES.get(table, {})
    columns = {}
    for name in _header(table, rows):
        kind = types.get(name, "text")
        columns[name] = pa.array([_typed(row.get(name), kind) for row in rows], _ARROW[kind])
    pq.write_table(pa.table(columns), path)


def _complete(tables: Mapping[str, Sequence[Row] | None]) -> dict[str, Sequence[Row] | None]:
    complete = dict(tables)
    complete.setdefault("kontor", [{"enhetsnr": "9001"}, {"enhetsnr": "9002"}])
    if "tellinger" in tables and not set(tables) & (set(REQUIRED) - {"kontor"}):
        return complete
    if "person" not in complete:
        met = {row["person_id"] for rows in tables.values() for row in rows or () if row.get("person_id")}
        complete["person"] = [{"person_id": person} for person in sorted(met, key=str)]
    for name in REQUIRED:
        complete.setdefault(name, [])
    return complete


def _header(table: str, rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys([*COLUMNS.get(table, {}), *(name for row in rows for name in row)]))


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _typed(value: Any, kind: str) -> Any:
    if value is None or value == "":
        return None
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if kind == "datetime" and isinstance(value, str):
        return datetime.fromisoformat(value)
    if kind == "number":
        return float(value)
    return str(value) if kind == "text" else value
