"""From persons to counts: one pass over the rows of a family gives all its series."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir

Series = tuple[str, str]


@dataclass(frozen=True)
class Tally:
    """Rows counted per office and month: a column for every value of every series.

    `wide` has `enhetsnr`, the month index `m` and the columns that `columns` names: for each series
    (indikator, gruppe) the one that is its `x`, its `n`, or both.
    """

    wide: ir.Table
    columns: Mapping[Series, Mapping[str, str]]


# What a query gives. Where one part has the x of a series and another its n, they are set side by side.
Counts = list[Tally]


def tally(rows: ir.Table, **values: Mapping[Series, ir.BooleanValue]) -> Counts:
    """The rows of each series (indikator, gruppe) counted per office and month.

    `rows` holds one row per counted thing with `enhetsnr` and the month index `m`; each of `values` (`x`,
    `n`) says which rows it counts for each series, the same series in all.
    """
    sums = {
        f"{name}{i}": mask.fill_null(False).cast("int64").sum()
        for name, series in values.items()
        for i, mask in enumerate(series.values())
    }
    columns = {
        series: {name: f"{name}{i}" for name in values}
        for i, series in enumerate(next(iter(values.values())))
    }
    return [Tally(rows.group_by("enhetsnr", "m").aggregate(**sums), columns)]
