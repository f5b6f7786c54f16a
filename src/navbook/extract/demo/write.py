"""Writing the tables as Parquet, some hundred thousand rows at a time, so that none is whole in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from navbook.extract.demo.calendar import NEVER
from navbook.extract.demo.dice import Ints

ROWS_AT_A_TIME = 250_000

TEXT, DAY, FLAG, WHOLE, NUMBER, STAMP = (
    pa.string(), pa.date32(), pa.bool_(), pa.int64(), pa.float64(), pa.timestamp("us"),
)  # fmt: skip

SCHEMAS: dict[str, dict[str, pa.DataType]] = {
    "kontor": {
        "enhetsnr": TEXT, "navn": TEXT, "fylke_enhetsnr": TEXT, "fylke_navn": TEXT, "gyldig_fom": DAY,
        "gyldig_tom": DAY, "etterfolger": TEXT, "arbeidsmarkedsregion": TEXT, "ansatte": WHOLE,
        "ungdomsteam": FLAG,
    },
    "person": {
        "person_id": TEXT, "fodselsdato": DAY, "kjonn": TEXT, "fodeland": TEXT, "utdanning": TEXT,
        "dodsdato": DAY, "utvandringsdato": DAY,
    },
    "oppfolging": {
        "person_id": TEXT, "enhetsnr": TEXT, "fom": DAY, "tom": DAY, "formidlingsgruppe": TEXT,
        "innsatsgruppe": TEXT, "arbeidssokerstatus": TEXT, "permittert": FLAG,
    },
    "arbeidsforhold": {"person_id": TEXT, "fom": DAY, "tom": DAY, "stillingsprosent": NUMBER},
    "lonn": {"person_id": TEXT, "maned": TEXT, "kroner": NUMBER},
    "tiltak": {
        "person_id": TEXT, "enhetsnr": TEXT, "tiltakskode": TEXT, "deltakerstatus": TEXT, "fom": DAY,
        "tom": DAY,
    },
    "aktivitet": {"person_id": TEXT, "type": TEXT, "status": TEXT, "fom": DAY, "tom": DAY},
    "kontakt": {
        "person_id": TEXT, "dato": DAY, "type": TEXT, "status": TEXT, "fra_bruker": FLAG,
        "automatisk": FLAG,
    },
    "ytelse": {"person_id": TEXT, "ytelse": TEXT, "fom": DAY, "tom": DAY, "uker_igjen": NUMBER},
    "sykmelding": {
        "person_id": TEXT, "sykmelding_id": TEXT, "enhetsnr": TEXT, "arbeidsgiver": FLAG, "grad": NUMBER,
        "type": TEXT, "fom": DAY, "tom": DAY,
    },
    "kandidatutfall": {
        "id": WHOLE, "person_id": TEXT, "kandidatliste_id": TEXT, "utfall": TEXT, "enhetsnr": TEXT,
        "tidspunkt": STAMP,
    },
    "fravaer_ansatte": {
        "enhetsnr": TEXT, "maned": TEXT, "avtalte_dagsverk": NUMBER, "egenmeldt_dagsverk": NUMBER,
        "legemeldt_dagsverk": NUMBER, "ansatte": WHOLE,
    },
    "nyansettelse": {"enhetsnr": TEXT, "dato": DAY, "fast": FLAG, "i_malgruppe": FLAG},
    "serviceklage": {"enhetsnr": TEXT, "mottatt": DAY, "behandlet": DAY, "tema": TEXT},
    "kvp": {"person_id": TEXT, "enhetsnr": TEXT, "fom": DAY, "tom": DAY},
    "aktivitetskrav": {"sykmelding_id": TEXT, "vurdert": DAY},
    "kontor_kommune": {
        "enhetsnr": TEXT, "kommunenr": TEXT, "kommune_navn": TEXT, "gyldig_fom": DAY, "gyldig_tom": DAY,
    },
    "kommunale_tall": {"kommunenr": TEXT, "maned": TEXT, "tall": TEXT, "verdi": NUMBER},
    "kommunale_mal": {"kommunenr": TEXT, "ar": WHOLE, "mal": TEXT, "frist": DAY},
    "arbeidsmarked": {
        "arbeidsmarkedsregion": TEXT, "maned": TEXT, "arbeidsstyrke": NUMBER, "helt_ledige": NUMBER,
        "ledige_stillinger": NUMBER,
    },
}  # fmt: skip
"""Every table of the extract with its columns and types, in the contract's order."""


@dataclass(frozen=True)
class Coded:
    """A column of codes: positions in a list of texts; the empty text is written as an empty cell."""

    texts: Sequence[str]
    positions: Ints


@dataclass(frozen=True)
class Numbered:
    """A column of ids made from running numbers, as `p0000001`."""

    prefix: str
    width: int
    numbers: Ints


def person_ids(numbers: Ints) -> Numbered:
    return Numbered("p", 7, numbers)


def month_texts(months: Ints) -> Coded:
    """A column of months as text, from their numbers."""
    if len(months) == 0:
        return Coded(("",), months)
    first, last = int(months.min()), int(months.max())
    return Coded([f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(first, last + 1)], months - first)


def _column(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, Coded):
        texts = pa.array([text or None for text in values.texts], TEXT)
        return texts.take(pa.array(values.positions))
    if isinstance(values, Numbered):
        return _numbered(values)
    if kind == DAY:
        days = np.asarray(values, dtype=np.int64)
        return pa.array(days.astype(np.int32), pa.int32(), mask=days >= NEVER).cast(DAY)
    if kind == STAMP:
        return pa.array(np.asarray(values, dtype=np.int64) * 1_000_000, WHOLE).cast(STAMP)
    return pa.array(values, kind)


def _numbered(ids: Numbered) -> pa.Array:
    if len(ids.numbers) == 0:
        return pa.array([], TEXT)
    low, high = int(ids.numbers.min()), int(ids.numbers.max())
    if high - low > 4 * len(ids.numbers):
        plain, positions = pa.array(ids.numbers), None
    else:
        plain, positions = pa.array(np.arange(low, high + 1)), pa.array(ids.numbers - low)
    padded = pc.utf8_lpad(plain.cast(TEXT), ids.width, "0")
    texts = pc.binary_join_element_wise(pa.scalar(ids.prefix), padded, "")
    return texts if positions is None else texts.take(positions)


class Sink:
    """The open files of one extract; rows come out in the order in which they were put in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schemas = {table: pa.schema(list(columns.items())) for table, columns in SCHEMAS.items()}
        self._waiting: dict[str, list[pa.Table]] = {table: [] for table in SCHEMAS}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self.rows: dict[str, int] = dict.fromkeys(SCHEMAS, 0)
        self._waiting_rows: dict[str, int] = dict.fromkeys(SCHEMAS, 0)

    def __enter__(self) -> "Sink":
        for table, schema in self._schemas.items():
            path = self._folder / f"{table}.parquet"
            self._writers[table] = pq.ParquetWriter(path, schema, compression="zstd")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table, writer in self._writers.items():
            if error is None:
                self._write(table)
            writer.close()

    def add(self, table: str, **columns: Any) -> None:
        """Put rows into a table; one array, `Coded` or `Numbered` for each of its columns."""
        schema = self._schemas[table]
        part = pa.table([_column(columns[field.name], field.type) for field in schema], schema=schema)
        self.rows[table] += part.num_rows
        self._waiting[table].append(part)
        self._waiting_rows[table] += part.num_rows
        if self._waiting_rows[table] >= ROWS_AT_A_TIME:
            self._write(table)

    def _write(self, table: str) -> None:
        if parts := self._waiting[table]:
            self._writers[table].write_table(
                pa.concat_tables(parts).combine_chunks(), row_group_size=ROWS_AT_A_TIME
            )
            self._waiting[table] = []
            self._waiting_rows[table] = 0
