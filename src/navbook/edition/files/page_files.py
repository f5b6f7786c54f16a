"""The files of one page: its results with names, as CSV and as a workbook."""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd

from navbook.edition.files.reader_files import about_edition, made
from navbook.edition.files.results import named_results, of_unit
from navbook.edition.files.workbook import workbook
from navbook.edition.read import Edition
from navbook.edition.schema import FYLKE, KONTOR, LANDET
from navbook.runtime import json_digest

# (digest of what a file is made from, its maker) → its content
Keep = Callable[[str, Callable[[], bytes]], bytes]


def write_page_files(
    edition: Edition, folder: Path, units: list[tuple[str, str, str]], keep: Keep | None = None
) -> None:
    """Write `<niva>/<enhet>.csv` and `.xlsx` of `units` (enhet, niva, navn), `landet` and `indikator/<id>`.

    The CSV files hold lines of `resultater.csv` as they stand there. `keep` returns a workbook that an
    earlier build made from the same rows.
    """
    about, day = about_edition(edition), made(edition)
    results = named_results(edition)
    head, *lines = (edition.folder / "resultater.csv").read_bytes().splitlines(keepends=True)
    every_line = np.array(lines, dtype=object)
    for place, title, rows in _pages(results, units):
        if len(rows):
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            table = b"".join([head, *every_line[rows.index.to_numpy()]])
            path.with_suffix(".csv").write_bytes(table)
            heading = f"{title}, {edition.utgave['periode']}"
            make = partial(workbook, rows, heading, about, day)
            key = json_digest(heading, about, day.isoformat(), sha256(table).hexdigest())
            path.with_suffix(".xlsx").write_bytes(keep(key, make) if keep else make())


def _pages(
    results: pd.DataFrame, units: list[tuple[str, str, str]]
) -> Iterator[tuple[Path, str, pd.DataFrame]]:
    for enhet, niva, navn in units:
        if niva in (KONTOR, FYLKE):
            yield Path(niva, f"{enhet}.x"), navn, of_unit(results, enhet, niva)
    yield Path("landet.x"), "Hele landet", of_unit(results, "", LANDET)
    for indikator, rows in results.groupby("indikator", sort=False):
        yield Path("indikator", f"{indikator}.x"), str(rows["indikatornavn"].iat[0]), rows
