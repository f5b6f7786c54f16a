"""The results as a JSON-stat 2 dataset: a sparse cube of indicator, group, unit, period and measure.

Source: https://json-stat.org/full/ (version 2.0).
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from navbook.edition.files.guide import columns_of
from navbook.edition.schema import VIST

MEASURES = ("x", "n", "verdi", "nedre", "ovre")
DIMENSIONS = ("indikator", "gruppe", "enhet", "periode")
NAMES = {"indikator": "indikatornavn", "gruppe": "gruppenavn", "enhet": "enhetsnavn"}
MEASURE = "felt"


def json_stat(results: pd.DataFrame, label: str, edition: Mapping[str, Any]) -> bytes:
    """The dataset of these rows of `named_results`; a row without values has its `status` at its numerator.

    Groups of different indicators may share a code; their label is then the code's name in the first of them.
    """
    codes = {name: list(dict.fromkeys(results[name])) for name in DIMENSIONS}
    size = [*(len(codes[name]) for name in DIMENSIONS), len(MEASURES)]
    places = [results[name].map({c: k for k, c in enumerate(codes[name])}).to_numpy() for name in DIMENSIONS]
    first = np.zeros(len(results), dtype=np.int64)
    for place, length in zip(places, size[:-1], strict=True):
        first = first * length + place
    first *= len(MEASURES)
    value: dict[str, float] = {}
    for offset, measure in enumerate(MEASURES):
        numbers = results[measure].to_numpy(dtype=np.float64)
        known = np.flatnonzero(~np.isnan(numbers))
        value |= {str(first[k] + offset): _number(numbers[k]) for k in known}
    hidden = np.flatnonzero((results["status"] != VIST).to_numpy())
    statuses = results["status"].tolist()
    status = {str(first[k]): str(statuses[k]) for k in hidden}
    content = {
        "version": "2.0",
        "class": "dataset",
        "label": label,
        "source": str(edition["kilde"]),
        "updated": str(edition["uttrekksdato"]),
        "id": [*DIMENSIONS, MEASURE],
        "size": size,
        "role": {"time": ["periode"], "geo": ["enhet"], "metric": [MEASURE]},
        "dimension": {name: _dimension(results, name, codes[name]) for name in DIMENSIONS} | _measures(),
        "value": dict(sorted(value.items(), key=lambda item: int(item[0]))),
        "status": dict(sorted(status.items(), key=lambda item: int(item[0]))),
    }
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _number(value: float) -> float:
    return int(value) if value.is_integer() else float(value)


def _dimension(results: pd.DataFrame, name: str, codes: list[str]) -> dict[str, Any]:
    names = dict(zip(results[name], results[NAMES.get(name, name)], strict=True))
    labels = {code: str(names[code]) for code in codes}
    return {"label": columns_of("resultater.csv")[name].title, "category": {"index": codes, "label": labels}}


def _measures() -> dict[str, Any]:
    guide = columns_of("resultater.csv")
    labels = {name: guide[name].title for name in MEASURES}
    counts = {"label": "antall", "decimals": 0}
    units = {n: counts if n in ("x", "n") else {"label": "andel", "decimals": 6} for n in MEASURES}
    category = {"index": [*MEASURES], "label": labels, "unit": units}
    return {MEASURE: {"label": "Felt", "category": category}}
