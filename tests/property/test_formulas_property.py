"""No text of an edition is run by a spreadsheet, and every text is read back as it was written."""

import csv
import io

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from navbook.edition.formulas import escape_formula, unescape_formulas
from navbook.edition.write import write_csv

# what a spreadsheet begins a formula with; blanks before it do not help
TEXTS = st.text(st.sampled_from("=+-@\t\r\n' \u00a0aæ1;\"|!"), max_size=6)


@given(TEXTS)
@example("=HYPERLINK('http://x')")
@example("@SUM(1)")
@example("'=1")
def test_nothing_begins_as_a_formula_and_everything_is_read_back(text: str) -> None:
    written = escape_formula(text)
    assert not written.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unescape_formulas(pd.DataFrame({"navn": [written]})).iloc[0, 0] == text


@given(st.from_regex(r"[A-Za-zÆØÅæøå][A-Za-zÆØÅæøå0-9 '.-]*", fullmatch=True))
def test_a_name_is_left_as_it_is(name: str) -> None:
    assert escape_formula(name) == name


def test_every_text_cell_of_a_published_csv_is_plain_and_numbers_keep_their_sign(tmp_path) -> None:
    hostile = ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "NAV Prøve"]
    frame = pd.DataFrame({"navn": hostile, "antall": [-1.0, 2.0, 3.0, 4.0, 5.0, 6.0]})
    write_csv(frame, ["navn", "antall"], tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    assert [row[0] for row in rows] == [*("'" + each for each in hostile[:-1]), "NAV Prøve"]
    assert rows[0][1] == "-1"
