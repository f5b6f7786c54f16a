"""Rows of persons counted per office and month: all series of a family in one aggregation."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir

SeriesKey = tuple[str, str]


@dataclass(frozen=True)
class Tally:
    """Counts per office and month, with one column for each x and n of each series.

    `wide` has `enhetsnr`, the month index `m` and the count columns. `columns` maps each series (indikator,
    gruppe) to the names of the columns that hold its `x`, its `n`, or both.
    """

    wide: ir.Table
    columns: Mapping[SeriesKey, Mapping[str, str]]


# the result of a query; one part may have the x of a series and another its n
Counts = list[Tally]


def tally(rows: ir.Table, **values: Mapping[SeriesKey, ir.BooleanValue]) -> Counts:
    """The number of rows of each series (indikator, gruppe) per office and month.

    `rows` has one row for each counted person or case, with `enhetsnr` and the month index `m`. Each of
    `values` (`x`, `n`) maps every series to the condition for a row to be counted.
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
