"""The files of one page: its results with names, as CSV and as a workbook."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from navbook.edition.files.reader_files import about_edition, made
from navbook.edition.files.results import named_results, of_unit
from navbook.edition.files.workbook import workbook
from navbook.edition.read import Edition
from navbook.edition.schema import FYLKE, KONTOR, LANDET


def write_page_files(edition: Edition, folder: Path, units: list[tuple[str, str, str]]) -> None:
    """Write `<niva>/<enhet>.csv` and `.xlsx` of `units` (enhet, niva, navn), `landet` and `indikator/<id>`.

    The CSV files hold lines of `resultater.csv` as they stand there.
    """
    results = named_results(edition)
    head, *lines = (edition.folder / "resultater.csv").read_bytes().splitlines(keepends=True)
    every_line = np.array(lines, dtype=object)
    for place, title, rows in _pages(results, units):
        if len(rows):
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".csv").write_bytes(b"".join([head, *every_line[rows.index.to_numpy()]]))
            heading = f"{title}, {edition.utgave['periode']}"
            book = workbook(rows, heading, about_edition(edition), made(edition))
            path.with_suffix(".xlsx").write_bytes(book)


def _pages(
    results: pd.DataFrame, units: list[tuple[str, str, str]]
) -> Iterator[tuple[Path, str, pd.DataFrame]]:
    for enhet, niva, navn in units:
        if niva in (KONTOR, FYLKE):
            yield Path(niva, f"{enhet}.x"), navn, of_unit(results, enhet, niva)
    yield Path("landet.x"), "Hele landet", of_unit(results, "", LANDET)
    for indikator, rows in results.groupby("indikator", sort=False):
        yield Path("indikator", f"{indikator}.x"), str(rows["indikatornavn"].iat[0]), rows
