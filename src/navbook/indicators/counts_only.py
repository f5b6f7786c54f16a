"""Counts-only extracts: their rows are passed on unchanged."""

from collections.abc import Collection

import pyarrow as pa

from navbook.extract import Extract
from navbook.indicators.definition.known_months import provisional
from navbook.indicators.registry import REGISTRY

_COLUMNS = ["indikator", "gruppe", "enhetsnr", "maned", "x", "n"]


def given_counts(extract: Extract, wanted: Collection[str] | None = None) -> pa.Table:
    """The table `tellinger` as a count table, limited to the `wanted` indicators if given.

    An office without a row gets none: it has not reported, which is not zero. Whether a month is provisional
    follows from the lag of the indicator; an unknown indicator has lag 0.
    """
    rows = extract.table("tellinger").select(_COLUMNS)
    if wanted is not None:
        rows = rows.filter(rows.indikator.isin(sorted(wanted)))
    given = rows.order_by(_COLUMNS[:4]).to_pyarrow()
    taken = extract.manifest.uttrekksdato
    lags = {id: indicator.lag for id, indicator in REGISTRY.items()}
    pairs = zip(given["indikator"].to_pylist(), given["maned"].to_pylist(), strict=True)
    early = [provisional(maned, lags.get(indikator, 0), taken) for indikator, maned in pairs]
    return given.append_column("forelopig", pa.array(early, pa.bool_()))
