"""The count table of the contract: a row per indicator, group, office and month that the extract can know."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from navbook.errors import UsageError
from navbook.extract import Extract, Manifest
from navbook.indicators.complete_rows import KnownSeries, complete
from navbook.indicators.counts_only import given_counts
from navbook.indicators.definition.declaration import Indicator
from navbook.indicators.definition.known_months import computable, provisional
from navbook.indicators.definition.tally import Counts
from navbook.indicators.private_paths import destination, make_private_parent
from navbook.indicators.registry import FAMILIES, indicator_of, indicators_of
from navbook.indicators.states.states import states_of

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
    """The counts of an extract by SCHEMA, sorted by indikator, gruppe, enhetsnr and maned.

    `indicators`, `tom` (last month, `YYYY-MM`) and `offices` leave rows out and change no other.
    Raises UsageError for an indicator there is no declaration of or an office that `kontor` lacks.
    """
    wanted = None if indicators is None else {indicator_of(id).id for id in indicators}
    table = _all_rows(extract, wanted)
    if offices is not None and (unknown := sorted(set(offices) - set(extract.register.offices))):
        raise UsageError(
            f"Office {', '.join(unknown)} is not in the table kontor: write a number that is there"
        )
    if tom is not None or offices is not None:
        table = _limited(table, tom, offices)
    return table.cast(SCHEMA).combine_chunks()


def _limited(table: pa.Table, tom: str | None, offices: Sequence[str] | None) -> pa.Table:
    import pyarrow.compute as pc  # here, for it costs more to import than whoever asks for all has use of

    if tom is not None:
        table = table.filter(pc.field("maned") <= tom)
    if offices is not None:
        table = table.filter(pc.field("enhetsnr").isin(sorted(set(offices))))
    return table


def count_family(
    extract: Extract, familie: str, *, tom: str | None = None, offices: Sequence[str] | None = None
) -> pa.Table:
    """The counts of the family (or families) of one calculation notebook, in the same form as `count`.

    Raises UsageError for a notebook there is none of.
    """
    ids = [indicator.id for indicator in indicators_of(familie)]
    return count(extract, indicators=ids, tom=tom, offices=offices)


def write_counts(table: pa.Table, path: Path) -> Path:
    """Write counts as Parquet to `destination(path)`, for the owner alone, and return that path."""
    path = destination(path)
    make_private_parent(path)
    pq.write_table(table, path, compression="zstd")
    return path


def _all_rows(extract: Extract, wanted: set[str] | None) -> pa.Table:
    if extract.counts_only:
        return given_counts(extract, wanted)
    states = states_of(extract)
    counts: Counts = []
    known: list[KnownSeries] = []
    for family in FAMILIES.values():
        present = [i for i in family.indikatorer if set(i.tabeller) <= extract.table_names]
        asked = [i for i in present if wanted is None or i.id in wanted]
        series = [each for indicator in asked for each in _known_series(indicator, extract.manifest)]
        if series:
            first, last = min(each.first for each in series), max(each.last for each in series)
            counts += family.count([each.id for each in asked], states, first, last)
            known += series
    return complete(extract, counts, known) if known else SCHEMA.empty_table()


def _known_series(indicator: Indicator, cover: Manifest) -> Iterator[KnownSeries]:
    """The groups of an indicator of which a month can be known, with the months that can."""
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
