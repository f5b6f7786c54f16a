"""The files for readers of a complete edition, written by the gate next to the tables that they repeat."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from navbook.edition.files.csvw import csvw_metadata
from navbook.edition.files.guide import file_guide
from navbook.edition.files.json_stat import json_stat
from navbook.edition.files.results import NAMED_COLUMNS, named_results
from navbook.edition.files.workbook import workbook
from navbook.edition.read import Edition
from navbook.edition.schema import FILES
from navbook.edition.write import rows_as_csv, write_csv, write_json

READER_FILES = ("resultater.csv", "resultater.json", "utgave.xlsx", "kolonner.csv", "csv-metadata.json")
_GUIDE_COLUMNS = ("fil", "kolonne", "tittel", "forklaring", "type")


def write_reader_files(edition: Edition) -> None:
    """Write `READER_FILES` in the folder of the edition, which holds everything else already."""
    folder, results = edition.folder, named_results(edition)
    title = f"Styringsparameterne per NAV-kontor, {edition.utgave['periode']}"
    (folder / "resultater.csv").write_bytes(rows_as_csv(results, NAMED_COLUMNS))
    (folder / "resultater.json").write_bytes(json_stat(results, title, edition.utgave))
    book = workbook(results, title, about_edition(edition), made(edition))
    (folder / "utgave.xlsx").write_bytes(book)
    _write_guide(folder)
    write_json(csvw_metadata(title, edition.utgave, (*FILES, *READER_FILES)), folder / "csv-metadata.json")


def about_edition(edition: Edition) -> list[str]:
    """The lines of a workbook's cover: what, from where, as of when, and what it must not be used for."""
    facts: dict[str, Any] = edition.utgave
    lines = [
        f"Periode: {facts['periode']}",
        f"Kilde: {facts['kilde']}",
        f"Uttrekk per {facts['uttrekksdato']}",
    ]
    if facts.get("syntetisk"):
        lines.append("Dataene er syntetiske: kontorene og tallene er oppdiktet.")
    return [
        *lines,
        "Andeler står som tall mellom 0 og 1 og vises i prosent. Grensene er 95 prosent intervall.",
        "Tallene kan ikke brukes til å rangere kontor, og de sier ikke hvorfor noe har endret seg.",
    ]


def made(edition: Edition) -> datetime:
    """The only date in a file: midnight of the extract's day."""
    return datetime.fromisoformat(str(edition.utgave["uttrekksdato"]))


def _write_guide(folder: Path) -> None:
    rows = [
        (file.name, column.name, column.title, column.meaning, column.type)
        for file in file_guide()
        for column in file.columns
    ]
    write_csv(pd.DataFrame(rows, columns=list(_GUIDE_COLUMNS)), _GUIDE_COLUMNS, folder / "kolonner.csv")
