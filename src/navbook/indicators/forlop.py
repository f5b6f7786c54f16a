"""The eight weeks after a start, day by day: the number at risk and the first event of the others.

It has the same starts as `u30_8uker` and is the input of the Aalen–Johansen curve. Private, like the counts.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.extract import Extract
from navbook.indicators.definition.known_months import computable
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.private_paths import destination, make_private_parent
from navbook.indicators.states.months import days_after, month_at
from navbook.indicators.states.states import states_of
from navbook.indicators.styringsparametere.u30_8uker import GRUPPER, U30_8UKER, forste_hendelser
from navbook.runtime import atomic_write

if TYPE_CHECKING:
    import pandas as pd

HENDELSER = ("aktivitet", "sluttet", "sensurert")
FORLOP_SCHEMA = pa.schema(
    [
        ("gruppe", pa.string()),
        ("enhetsnr", pa.string()),
        ("maned", pa.string()),
        *((name, pa.int64()) for name in ("dag", "i_risiko", *HENDELSER)),
    ]
)
_CELL = ["gruppe", "enhetsnr", "maned"]


def forlop(extract: Extract, *, tom: str | None = None, offices: Sequence[str] | None = None) -> pa.Table:
    """One row (FORLOP_SCHEMA) for each day 0–56 of each group, office and month with a start.

    `i_risiko` counts persons without an event before the day. The events of the day are `aktivitet` (first
    day in activity), `sluttet` (first day no longer under oppfølging) and `sensurert` (moved to another
    office, died, or day 56). If several happen on one day, activity counts. A break that ends within the 56
    days is not an end. `tom` and `offices` are as in `count`. Empty for a counts-only extract.
    """
    import pandas as pd  # imported late: counting does not need it

    months = () if extract.counts_only else computable(U30_8UKER.vindu, U30_8UKER.lag, extract.manifest)
    if not months:
        return FORLOP_SCHEMA.empty_table()
    states = states_of(extract)
    rows = _first_event(
        forste_hendelser(states, months[0], months[-1]).inner_join(
            states.extract.table("person").select("person_id", "dodsdato"), "person_id"
        )
    )
    keys = ["enhetsnr", "m", "innsatsgruppe", "dag", "hendelse"]
    counted = rows.group_by(keys).aggregate(antall=rows.count()).to_pandas()
    counted = counted.assign(maned=counted.m.map(month_at).astype(str))
    if tom is not None:
        counted = counted[counted.maned <= tom]
    if offices is not None:
        counted = counted[counted.enhetsnr.isin(set(offices))]
    if counted.empty:  # the steps below would lose the types of the columns
        return FORLOP_SCHEMA.empty_table()
    groups = [counted.assign(gruppe="alle")]
    groups += [counted[counted.innsatsgruppe == kode].assign(gruppe=kode) for kode in GRUPPER]
    return pa.Table.from_pandas(
        _every_day(pd.concat(groups)), schema=FORLOP_SCHEMA, preserve_index=False
    ).replace_schema_metadata(None)


def write_forlop(table: pa.Table, counts: Path) -> Path:
    """Write the table as `<stem>_forlop.parquet` next to the file of the counts; return its path."""
    path = destination(counts).with_name(f"{counts.stem}_forlop.parquet")
    make_private_parent(path)
    with atomic_write(path) as unfinished:
        pq.write_table(table, unfinished, compression="zstd")
    return path


def _first_event(rows: ir.Table) -> ir.Table:
    """Adds `hendelse`, the first event, and `dag`, the days from the start to it."""
    limit = days_after(rows.start, SETTINGS.aktivitet_innen_dager)
    gone = ibis.ifelse(rows.siste < limit, days_after(rows.siste, 1), ibis.null("date"))
    moved_or_gone = ibis.coalesce(rows.flyttet, gone, limit)
    active = rows.aktiv.notnull() & (rows.aktiv <= moved_or_gone)
    left = rows.flyttet.isnull() & gone.notnull() & (rows.dodsdato.isnull() | (rows.dodsdato > gone))
    day = ibis.ifelse(active, rows.aktiv, moved_or_gone)
    return rows.mutate(
        dag=day.delta(rows.start, unit="day"),
        hendelse=ibis.cases((active, "aktivitet"), (left, "sluttet"), else_="sensurert"),
    )


def _every_day(counted: "pd.DataFrame") -> "pd.DataFrame":
    """One row per cell and day; at risk are all whose event is on that day or later."""
    import pandas as pd  # imported late: counting does not need it

    wide = counted.pivot_table(
        index=[*_CELL, "dag"], columns="hendelse", values="antall", aggfunc="sum", fill_value=0
    ).reindex(columns=list(HENDELSER), fill_value=0)
    cells = counted[_CELL].drop_duplicates()
    days = pd.DataFrame({"dag": range(SETTINGS.aktivitet_innen_dager + 1)})
    rows = cells.merge(days, how="cross").merge(wide.reset_index(), how="left", on=[*_CELL, "dag"])
    rows[list(HENDELSER)] = rows[list(HENDELSER)].fillna(0).astype("int64")
    happened = rows[list(HENDELSER)].sum(axis=1)
    by_cell = [rows[name] for name in _CELL]
    later = happened.groupby(by_cell).transform("sum") - happened.groupby(by_cell).cumsum()
    rows = rows.assign(i_risiko=later + happened)
    return rows.sort_values([*_CELL, "dag"])[FORLOP_SCHEMA.names]
