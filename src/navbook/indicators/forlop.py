"""The eight weeks after a start day by day: how many still wait, and what happened first to the others.

Made from the same starts as `u30_8uker`; the Aalen–Johansen curve is drawn from it. Private, like the counts.
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
    """Starts by FORLOP_SCHEMA: a row for every day 0–56 of every group, office and month with a start.

    `i_risiko` had nothing happen before the day; `aktivitet` were first active on it, `sluttet` were on it
    for the first time no longer under oppfølging, `sensurert` were on it last seen waiting: they were at
    another office or had died, or it is day 56. Activity comes first of what happens on one day, and a break
    that is over within the 56 days is no end. `tom` and `offices` as in `count`. No rows from counts alone.
    """
    import pandas as pd  # here, for whoever only counts has no use of it

    months = () if extract.counts_only else computable(U30_8UKER.vindu, U30_8UKER.lag, extract.manifest)
    if not months:
        return FORLOP_SCHEMA.empty_table()
    states = states_of(extract)
    rows = _what_came_first(
        forste_hendelser(states, months[0], months[-1]).inner_join(
            states.extract.table("person").select("person_id", "dodsdato"), "person_id"
        )
    )
    keys = ["enhetsnr", "m", "innsatsgruppe", "dag", "hendelse"]
    counted = rows.group_by(keys).aggregate(antall=rows.count()).to_pandas()
    counted = counted.assign(maned=counted.m.map(month_at))
    if tom is not None:
        counted = counted[counted.maned <= tom]
    if offices is not None:
        counted = counted[counted.enhetsnr.isin(set(offices))]
    groups = [counted.assign(gruppe="alle")]
    groups += [counted[counted.innsatsgruppe == kode].assign(gruppe=kode) for kode in GRUPPER]
    return pa.Table.from_pandas(
        _every_day(pd.concat(groups)), schema=FORLOP_SCHEMA, preserve_index=False
    ).replace_schema_metadata(None)


def write_forlop(table: pa.Table, counts: Path) -> Path:
    """Write the table as `<stem>_forlop.parquet` beside the file of the counts, and return its path."""
    path = destination(counts).with_name(f"{counts.stem}_forlop.parquet")
    make_private_parent(path)
    pq.write_table(table, path, compression="zstd")
    return path


def _what_came_first(rows: ir.Table) -> ir.Table:
    """Adds `hendelse` and `dag`, the days from the start until it."""
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
    """One row a day for each cell, with those at risk: all to whom something happens that day or later."""
    import pandas as pd  # here, for whoever only counts has no use of it

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
