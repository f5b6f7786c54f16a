"""The count table of the contract: a row per indicator, group, office and month that the extract can know."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.errors import UsageError
from navbook.extract import Extract
from navbook.indicators.counts_only import given_counts
from navbook.indicators.declaration import Indicator
from navbook.indicators.destination import destination, make_private_parent
from navbook.indicators.family import Family
from navbook.indicators.known_months import computable, provisional
from navbook.indicators.month_index import month_at
from navbook.indicators.registry import FAMILIES, indicator_of, indicators_of
from navbook.indicators.states import States, states_of
from navbook.periods import last_day

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
_KEY = ["indikator", "gruppe", "enhetsnr", "maned"]


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
    frame = _all_rows(extract, wanted)
    if offices is not None and (unknown := sorted(set(offices) - set(extract.register.offices))):
        raise UsageError(
            f"Office {', '.join(unknown)} is not in the table kontor: write a number that is there"
        )
    if wanted is not None:
        frame = frame[frame.indikator.isin(wanted)]
    if tom is not None:
        frame = frame[frame.maned <= tom]
    if offices is not None:
        frame = frame[frame.enhetsnr.isin(set(offices))]
    frame = frame.sort_values(_KEY)[SCHEMA.names]
    return pa.Table.from_pandas(frame, schema=SCHEMA, preserve_index=False).replace_schema_metadata(None)


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


def _all_rows(extract: Extract, wanted: set[str] | None) -> pd.DataFrame:
    if extract.counts_only:
        return given_counts(extract)
    states = states_of(extract)
    frames = [pd.DataFrame(columns=SCHEMA.names)]
    for family in FAMILIES.values():
        present = [i for i in family.indikatorer if set(i.tabeller) <= extract.table_names]
        asked = [i for i in present if wanted is None or i.id in wanted]
        if asked:
            frames.extend(_family_rows(states, family, asked))
    return pd.concat(frames[1:] or frames, ignore_index=True)


def _family_rows(states: States, family: Family, indicators: Sequence[Indicator]) -> list[pd.DataFrame]:
    """Each series of the family with its months, its offices without people, and what is provisional."""
    cover = states.extract.manifest
    months = {
        (indicator.id, group.id): computable(indicator.window_of(group.id), indicator.lag, cover)
        for indicator in indicators
        for group in indicator.grupper
    }
    every = sorted({month for known in months.values() for month in known})
    if not every:
        return []
    counted = family.count([each.id for each in indicators], states, every[0], every[-1])
    counted = counted.assign(maned=counted.m.map(month_at)).drop(columns="m")
    by_series = dict(iter(counted.groupby(["indikator", "gruppe"])))
    valid = _valid_offices(states.extract, every)
    nothing = counted.head(0)
    frames = []
    for indicator in indicators:
        for group in indicator.grupper:
            key = indicator.id, group.id
            rows = _complete(
                by_series.get(key, nothing), valid, months[key], pure_count=indicator.type == "antall"
            )
            early = {m: provisional(m, indicator.lag, cover.uttrekksdato) for m in months[key]}
            frames.append(
                rows.assign(
                    indikator=indicator.id, gruppe=group.id, forelopig=rows.maned.map(early).astype(bool)
                )
            )
    return frames


def _valid_offices(extract: Extract, months: Sequence[str]) -> pd.DataFrame:
    """Every office on every counting date it is valid: `enhetsnr`, `maned`."""
    valid = [(office, month) for month in months for office in extract.register.valid_on(last_day(month))]
    return pd.DataFrame(valid, columns=["enhetsnr", "maned"], dtype="str")


def _complete(
    counted: pd.DataFrame, valid: pd.DataFrame, months: Sequence[str], *, pure_count: bool
) -> pd.DataFrame:
    """One series with a row for every valid office, and for any other office that has something to count."""
    known = counted[counted.maned.isin(months)]
    known = known.loc[(known.x > 0) | (known.n > 0), ["enhetsnr", "maned", "x", "n"]]
    grid = valid[valid.maned.isin(months)].assign(x=0.0, n=0.0)
    rows = pd.concat([grid, known], ignore_index=True).groupby(["enhetsnr", "maned"], as_index=False).sum()
    return rows.assign(n=float("nan")) if pure_count else rows
