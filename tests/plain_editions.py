"""Editions written from rows of one's own: only the files that a reader of `tall` opens."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.edition import Edition
from navbook.edition.schema import ARROW, COLUMNS, SIMILAR_COLUMNS, UNIT_COLUMNS, VIST
from navbook.edition.write import write_csv, write_further
from navbook.indicators import REGISTRY

SOURCE = "Håndlagde rader"


def plain_edition(
    folder: Path,
    rows: Iterable[Mapping[str, Any]],
    *,
    period: str = "2022",
    similar: Mapping[str, Iterable[str]] | None = None,
) -> Edition:
    """The edition `folder/<period>` with these rows of `tall`, each shown unless it has a status of its own.

    `similar`: for each office those that are like it. Every office of a row has the name `NAV <number>`.
    """
    place = folder / period
    place.mkdir(parents=True)
    tall = pd.DataFrame([{"niva": "kontor", "gruppe": "alle", "status": VIST, **row} for row in rows])
    tall = tall.reindex(columns=list(COLUMNS)).astype(object).where(lambda frame: frame.notna(), None)
    table = pa.Table.from_pylist(tall.to_dict("records"), schema=ARROW)
    pq.write_table(table, place / "tall.parquet")
    records = [indicator.model_dump(mode="json") for indicator in REGISTRY.values()]
    manifest = {"periode": period, "kilde": SOURCE, "uttrekksdato": "2023-01-31", "syntetisk": True}
    for name, content in (("definisjoner", records), ("utgave", manifest)):
        (place / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    offices = sorted(set(tall["enhet"]))
    units = pd.DataFrame(
        {"enhet": offices, "niva": "kontor", "navn": [f"NAV {office}" for office in offices]}
    )
    write_csv(units.reindex(columns=list(UNIT_COLUMNS)), UNIT_COLUMNS, place / "enheter.csv")
    alike = [
        {"enhet": office, "lignende": other} for office, others in (similar or {}).items() for other in others
    ]
    write_further("lignende", pd.DataFrame(alike, columns=list(SIMILAR_COLUMNS)), place)
    return Edition(place)
