"""Workbooks (XLSX) by gptables: a cover, notes, the results and the meaning of the columns.

Numbers are numbers, text is never a formula, and the only date is the extract's, so that the bytes are the
same wherever they are written.
"""

import io
import warnings
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import gptables
import numpy as np
import pandas as pd

from navbook.edition.files.guide import columns_of
from navbook.edition.schema import FLOATS, VIST

SHOWN = (
    *("enhetsnavn", "indikatornavn", "gruppenavn"),
    *("x", "n", "verdi", "nedre", "ovre", "basis_periode", "basis_verdi"),
    *("endring", "endring_nedre", "endring_ovre", "krav", "vurdering", "forventet", "avvik"),
    *("indikator", "gruppe", "enhet", "periode"),
)
# the Analysis Function's shorthand: a letter in brackets, since a sign alone is not read aloud
NOT_RELEVANT = "[z]"
SIGNS = ((NOT_RELEVANT, "Gjelder ikke for denne raden, eller det sammenlignes med et tall som er skjult."),)
LEFT_OUT = "Rader uten tall som kan vises, står bare i CSV-filen, med grunnen."
WORDS = {
    "oppfylt": "Oppfylt",
    "ikke_oppfylt": "Ikke oppfylt",
    "kan_ikke_avgjores": "Kan ikke avgjøres",
    "for_fa": "For få personer",
    "uten_grunnlag": "Uten grunnlag",
    "ikke_relevant": "Ikke relevant",
}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SHARE = {"num_format": "0.0%"}
COUNT = {"num_format": "#,##0"}
WIDTHS = {"enhetsnavn": 26, "indikatornavn": 42, "gruppenavn": 26}
RESULTS, NOTES, COVER = "Resultater", "Noter", "Forside"


def workbook(results: pd.DataFrame, title: str, about: Sequence[str], made: datetime) -> bytes:
    """An XLSX file with these rows of `named_results`; `about` are the lines of the cover under the title.

    Rows without a number are left out and counted on the cover; they are in the CSV file of the same rows.
    """
    left_out = int((results["status"] != VIST).sum())
    results = results[results["status"] == VIST]
    about = [*about, *([LEFT_OUT] if left_out else [])]
    stream = io.BytesIO()
    sheets = {NOTES: _notes(), RESULTS: _results(results, title)}
    with warnings.catch_warnings():
        # it advises a sheet of its own notes and a sign in every cell; both are here in another form
        warnings.simplefilter("ignore")
        book = gptables.produce_workbook(
            stream,
            sheets,
            cover=gptables.Cover(_plain(title), cover_label=COVER),
            contentsheet_label=None,
            auto_width=False,
            workbook_options=OPTIONS,
        )
    _write_cover(book, about)
    _set_widths(book, [WIDTHS.get(name, 14) for name in SHOWN])
    book.set_properties({"title": title, "created": made})
    book.close()
    return stream.getvalue()


def _results(results: pd.DataFrame, title: str) -> Any:
    guide = columns_of("resultater.csv")
    table = pd.DataFrame({guide[name].title: _cells(results, name) for name in SHOWN})
    if table.empty:
        table = pd.DataFrame([[NOT_RELEVANT] * len(table.columns)], columns=table.columns)
    return gptables.GPTable(
        table,
        table_name="resultater",
        title=_plain(title),
        instructions="Tegn i hakeparentes og kolonnene er forklart i arket Noter.",
        index_columns={2: SHOWN.index("indikatornavn")},
        additional_formatting=_number_formats(results),
    )


def _cells(results: pd.DataFrame, name: str) -> list[Any]:
    values = results[name].tolist()
    if name not in FLOATS:
        words = ("" if pd.isna(value) else str(value) for value in values)
        return [_plain(WORDS.get(word, word)) or NOT_RELEVANT for word in words]
    return [NOT_RELEVANT if pd.isna(value) else float(value) for value in values]


def _number_formats(results: pd.DataFrame) -> list[dict[str, Any]]:
    """Shares in per cent, counts whole; the change of a pure count is a count."""
    shares = [n for n in SHOWN if n in FLOATS and n not in ("x", "n")]
    formats: list[dict[str, Any]] = [
        {"column": {"columns": [SHOWN.index(n) for n in shares], "format": SHARE}},
        {"column": {"columns": [SHOWN.index("x"), SHOWN.index("n")], "format": COUNT}},
    ]
    pure = np.flatnonzero(results["n"].isna().to_numpy() & results["x"].notna().to_numpy()) + 1
    if len(pure):
        changed = [SHOWN.index(name) for name in SHOWN if name.startswith("endring")]
        cells = [(int(row), column) for row in pure for column in changed]
        formats.append({"cell": {"cells": cells, "format": COUNT}})
    return formats


def _notes() -> Any:
    guide = columns_of("resultater.csv")
    rows = [*SIGNS, *((guide[name].title, guide[name].meaning) for name in SHOWN)]
    table = pd.DataFrame(rows, columns=["Tegn eller kolonne", "Forklaring"])
    return gptables.GPTable(
        table, table_name="noter", title=NOTES, instructions="Hva tegn og kolonner i Resultater betyr."
    )


def _write_cover(book: Any, about: Sequence[str]) -> None:
    sheet = book.worksheets()[0]
    form = book.add_format(book.theme.cover_text_format)
    for row, line in enumerate(about, 1):
        sheet.write_string(row, 0, line, form)


def _set_widths(book: Any, of_results: Sequence[int]) -> None:
    for sheet in book.worksheets()[1:]:
        for column, width in enumerate(of_results if sheet.get_name() == RESULTS else (20, 90)):
            sheet.set_column(column, column, width)


def _plain(text: str) -> str:
    # gptables reads two dollar signs as a note and "[text](address)" as a link
    return text.replace("$$", "$ $").replace("](", "] (")
