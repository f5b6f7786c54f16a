"""Completes counts to the rows of the count table: all offices valid in a month, and others with persons.

DuckDB does this for every engine: the counts are small, and importing pandas, which nothing else in counting
needs, would cost more than counting a county.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from navbook.extract import Extract, OfficeRegister
from navbook.extract.store import literal, quoted
from navbook.indicators.definition.tally import Counts, SeriesKey
from navbook.indicators.states.months import ended, index_of

# sums of fractional dagsverk are rounded, so that they do not depend on the order of rows
DECIMALS = 6
_EVER = 12 * 10_000


@dataclass(frozen=True)
class KnownSeries:
    """A series with its first and last computable month, and the first provisional one (None if none is)."""

    series: SeriesKey
    first: str
    last: str
    early: str | None
    pure_count: bool


def complete(extract: Extract, counts: Counts, known: Sequence[KnownSeries]) -> pa.Table:
    """The rows of the known series, with the columns and order of the contract."""
    wide = {f"telling_{i}": extract.fetch(part.wide) for i, part in enumerate(counts)}
    parts = [
        _one_series(name, series, columns)
        for name, part in zip(wide, counts, strict=True)
        for series, columns in part.columns.items()
    ]
    query = f"""
        WITH serie (indikator, gruppe, fra, til, tidlig, ren) AS (VALUES {_listed(map(_of_series, known))}),
        kontor (enhetsnr, fra, til) AS (VALUES {_listed(_validity(extract.register))}),
        rader AS (
            SELECT indikator, gruppe, enhetsnr,
                unnest(range(greatest(s.fra, k.fra), least(s.til, k.til) + 1)) AS m,
                CAST(0 AS DOUBLE) AS x, CAST(0 AS DOUBLE) AS n, true AS gyldig
            FROM serie AS s CROSS JOIN kontor AS k
            UNION ALL {" UNION ALL ".join(parts)}
        ),
        celle AS (
            SELECT indikator, gruppe, enhetsnr, m, bool_or(gyldig) AS gyldig,
                round(sum(x), {DECIMALS}) AS x, round(sum(n), {DECIMALS}) AS n
            FROM rader GROUP BY ALL
        )
        SELECT indikator, gruppe, enhetsnr, printf('%04d-%02d', m // 12, m % 12 + 1) AS maned,
            x, CASE WHEN NOT ren THEN n END AS n, m >= tidlig AS forelopig
        FROM celle JOIN serie USING (indikator, gruppe)
        WHERE m BETWEEN fra AND til AND (gyldig OR x > 0 OR n > 0)
        ORDER BY indikator, gruppe, enhetsnr, maned
    """
    return extract.over(query, wide)


def _one_series(name: str, series: SeriesKey, columns: Mapping[str, str]) -> str:
    x, n = (f"CAST({quoted(columns[v])} AS DOUBLE)" if v in columns else "0" for v in ("x", "n"))
    indikator, gruppe = map(literal, series)
    return f"SELECT {indikator}, {gruppe}, enhetsnr, m, {x}, {n}, false FROM {name}"


def _of_series(known: KnownSeries) -> tuple[str, ...]:
    first, last = index_of(known.first), index_of(known.last)
    early = index_of(known.early) if known.early else _EVER
    return *map(literal, known.series), str(first), str(last), str(early), str(known.pure_count)


def _validity(register: OfficeRegister) -> Iterator[tuple[str, ...]]:
    """Each register row with the first and last month on whose last day it is in force."""
    for office in register.offices:
        for row in register.rows_of(office):
            last = ended(row.gyldig_tom) if row.gyldig_tom else _EVER
            yield literal(office), str(index_of(f"{row.gyldig_fom:%Y-%m}")), str(last)


def _listed(rows: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(f"({', '.join(row)})" for row in rows)
