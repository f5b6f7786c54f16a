"""Extracts that hold counts and no persons: their rows are passed on as they stand."""

import pandas as pd

from navbook.extract import Extract
from navbook.indicators.known_months import provisional
from navbook.indicators.registry import REGISTRY


def given_counts(extract: Extract) -> pd.DataFrame:
    """The table `tellinger` in the form of the count table.

    An office without a row stays without one: it has not reported, which is not nought. What is provisional
    follows from the indicator's lag; an indicator without a declaration is taken to have none.
    """
    rows = extract.table("tellinger").select("indikator", "gruppe", "enhetsnr", "maned", "x", "n").to_pandas()
    taken = extract.manifest.uttrekksdato
    lags = {id: indicator.lag for id, indicator in REGISTRY.items()}
    pairs = zip(rows.indikator, rows.maned, strict=True)
    early = [provisional(maned, lags.get(indikator, 0), taken) for indikator, maned in pairs]
    return rows.assign(forelopig=pd.Series(early, index=rows.index, dtype=bool))
