"""From persons to counts: one pass over the rows of a family gives all its series."""

from collections.abc import Mapping

import ibis.expr.types as ir
import pandas as pd

Series = tuple[str, str]
KEYS = ["indikator", "gruppe", "enhetsnr", "m"]


def tally(rows: ir.Table, **values: Mapping[Series, ir.BooleanValue]) -> pd.DataFrame:
    """The rows of each series (indikator, gruppe) counted per office and month.

    `rows` holds one row per counted thing with `enhetsnr` and the month index `m`; each of `values` (`x`,
    `n`) says which rows it counts for each series, the same series in all. Returns KEYS and a double each.
    """
    columns = {
        f"{name}{i}": mask.fill_null(False).cast("int64").sum()
        for name, series in values.items()
        for i, mask in enumerate(series.values())
    }
    wide = rows.group_by("enhetsnr", "m").aggregate(**columns).to_pandas()
    parts = []
    for i, (indikator, gruppe) in enumerate(next(iter(values.values()))):
        part = wide[["enhetsnr", "m", *(f"{name}{i}" for name in values)]].set_axis(
            ["enhetsnr", "m", *values], axis="columns"
        )
        parts.append(part.assign(indikator=indikator, gruppe=gruppe))
    counted = pd.concat(parts, ignore_index=True)[[*KEYS, *values]]
    return counted.astype({"m": "int64"} | dict.fromkeys(values, "float64"))


def paired(x: pd.DataFrame, n: pd.DataFrame) -> pd.DataFrame:
    """x and n of the same series side by side, nought where one of them has no row."""
    return pd.concat([x, n], ignore_index=True).groupby(KEYS, as_index=False)[["x", "n"]].sum()
