"""The count table of the contract: one row per indicator, group, office and month that can be computed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from navbook.extract import Extract, Manifest
from navbook.indicators.complete_rows import KnownSeries, complete
from navbook.indicators.counts_only import given_counts
from navbook.indicators.definition.declaration import Indicator
from navbook.indicators.definition.known_months import computable, provisional
from navbook.indicators.definition.tally import Counts
from navbook.indicators.private_paths import destination, make_private_parent
from navbook.indicators.registry import FAMILIES, indicator_of, indicators_of
from navbook.indicators.states.states import states_of
from navbook.runtime import atomic_write
from navbook.runtime.errors import UsageError

SCHEMA = pa.schema(
    [
        ("indikator", pa.string()),
        ("gruppe", pa.string()),
        ("enhetsnr", pa.string()),
        ("maned", pa.string()),
        ("x", pa.float64()),
        ("n", pa.float64()),
        ("forelopig", pa.bool_()),
    ]
)


def count(
    extract: Extract,
    *,
    indicators: Sequence[str] | None = None,
    tom: str | None = None,
    offices: Sequence[str] | None = None,
) -> pa.Table:
    """The counts of an extract, with SCHEMA, sorted by indikator, gruppe, enhetsnr and maned.

    `indicators`, `tom` (last month, `YYYY-MM`) and `offices` leave out rows and change no other row.
    Raises UsageError for an unknown indicator, or an office that is not in `kontor`.
    """
    wanted = None if indicators is None else {indicator_of(id).id for id in indicators}
    table = _all_rows(extract, wanted)
    if offices is not None and (unknown := sorted(set(offices) - set(extract.register.offices))):
        raise UsageError(
            f"Office {', '.join(unknown)} is not in the table kontor: give a number that is in it"
        )
    if tom is not None or offices is not None:
        table = _limited(table, tom, offices)
    return table.cast(SCHEMA).combine_chunks()


def _limited(table: pa.Table, tom: str | None, offices: Sequence[str] | None) -> pa.Table:
    import pyarrow.compute as pc  # imported late: it is slow to import and only needed here

    if tom is not None:
        table = table.filter(pc.field("maned") <= tom)
    if offices is not None:
        table = table.filter(pc.field("enhetsnr").isin(sorted(set(offices))))
    return table


def count_family(
    extract: Extract, familie: str, *, tom: str | None = None, offices: Sequence[str] | None = None
) -> pa.Table:
    """The counts of the families of one calculation notebook, as returned by `count`.

    Raises UsageError for an unknown notebook.
    """
    ids = [indicator.id for indicator in indicators_of(familie)]
    return count(extract, indicators=ids, tom=tom, offices=offices)


def write_counts(table: pa.Table, path: Path) -> Path:
    """Write counts as Parquet to `destination(path)`, in a private folder; return that path."""
    path = destination(path)
    make_private_parent(path)
    with atomic_write(path) as unfinished:
        pq.write_table(table, unfinished, compression="zstd")
    return path


def _all_rows(extract: Extract, wanted: set[str] | None) -> pa.Table:
    if extract.counts_only:
        return given_counts(extract, wanted)
    states = states_of(extract)
    counts: Counts = []
    known: list[KnownSeries] = []
    for family in FAMILIES.values():
        named = [i for i in family.indikatorer if wanted is None or i.id in wanted]
        requested = [i for i in named if _is_in(extract, i)]
        series = [
            known_one for indicator in requested for known_one in _known_series(indicator, extract.manifest)
        ]
        if series:
            first, last = min(one.first for one in series), max(one.last for one in series)
            counts += family.count([indicator.id for indicator in requested], states, first, last)
            known += series
    return complete(extract, counts, known) if known else SCHEMA.empty_table()


def _is_in(extract: Extract, indicator: Indicator) -> bool:
    """Whether the extract has the tables, and values in the optional columns, that the indicator needs."""
    if not set(indicator.tabeller) <= extract.table_names:
        return False
    return all(extract.has_values(*name.split(".")) for name in indicator.kolonner)


def _known_series(indicator: Indicator, cover: Manifest) -> Iterator[KnownSeries]:
    """The groups of an indicator with at least one computable month, with their first and last month."""
    for group in indicator.grupper:
        months = computable(indicator.window_of(group.id), indicator.lag, cover)
        if months:
            early = [month for month in months if provisional(month, indicator.lag, cover.uttrekksdato)]
            yield KnownSeries(
                (indicator.id, group.id),
                months[0],
                months[-1],
                min(early, default=None),
                pure_count=indicator.type == "antall",
            )
