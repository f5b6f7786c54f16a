"""The audit finds what can be worked out: from shares and intervals, from drawings, from parts of files."""

import json
import re
import zipfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from navbook.disclosure import audit_site
from navbook.pages.sections.development import RunChartPanel, run_charts
from navbook.pages.view.cells import Cell
from navbook.runtime.periods import month_range, parse_period

KEY = {"indikator": "ota_arbs", "gruppe": "alle", "niva": "kontor", "enhet": "9003", "periode": "2022"}
DATA = " ".join(f'data-{name}="{value}"' for name, value in KEY.items())
SERIES = " ".join(f'data-{name}="{KEY[name]}"' for name in ("indikator", "gruppe", "enhet"))
HEAD = ";".join(KEY)
ROW = ";".join(KEY.values())


def withheld(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """Withheld values of series 9003: period, field, value."""
    columns = [*KEY, "felt", "verdi"]
    return pd.DataFrame([(*list(KEY.values())[:4], *row) for row in rows], columns=columns)


# Wilson 1927: 2 of 30 is 6.7 % with the limits 1.8 and 21.3 % (Newcombe 1998 has the formula)
TWO_OF_THIRTY = withheld(("2022", "x", 2), ("2022", "n", 30), ("2022", "n-x", 28))
LIMITS = (0.018477, 0.213233)


def told(folder: Path, name: str, content: str, secrets: pd.DataFrame = TWO_OF_THIRTY) -> set[str]:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return {each.what for each in audit_site(folder, secrets)}


def whats(*fields: str, period: str = "2022") -> set[str]:
    return {f"ota_arbs/alle/9003/{period} {field}" for field in fields}


class TestShareAndInterval:
    def test_a_share_without_its_counts_but_with_its_interval(self, tmp_path):
        text = f"{HEAD};x;n;verdi;nedre;ovre\n{ROW};;;0,066667;{LIMITS[0]};{LIMITS[1]}\n"
        assert told(tmp_path, "data/tall.csv", text) == whats("x", "n", "n-x")

    def test_the_interval_alone(self, tmp_path):
        text = json.dumps({**KEY, "nedre": LIMITS[0], "ovre": LIMITS[1]})
        assert told(tmp_path, "data/a.json", text) == whats("x", "n", "n-x")

    @pytest.mark.parametrize(
        "cells",
        [
            '<td data-felt="verdi nedre ovre">6,7 (1,8–21,3)</td>',
            '<td data-felt="verdi">6,7</td><td data-felt="nedre ovre">1,8–21,3</td>',
            "<td>6,7 (1,8–21,3)</td>",
            "<td>6,7 prosent (1,8 til 21,3)</td>",
        ],
    )
    def test_as_a_page_prints_it(self, tmp_path, cells):
        text = f"<table><tr {DATA}><th>Kontoret</th>{cells}</tr></table>"
        assert told(tmp_path, "kontor/9003.html", text) == whats("x", "n", "n-x")

    def test_a_share_with_a_count(self, tmp_path):
        text = f"{HEAD};n;verdi\n{ROW};30;0,066667\n"
        assert whats("x", "n-x") <= told(tmp_path, "data/tall.csv", text)

    def test_a_base_with_a_change_gives_the_share(self, tmp_path):
        text = f"{HEAD};basis_verdi;endring\n{ROW};0,1;-0,033333\n"
        assert told(tmp_path, "data/tall.csv", text, withheld(("2022", "verdi", 2 / 30))) == whats("verdi")

    def test_the_mean_per_month_of_a_stock(self, tmp_path):
        text = f'<table><tr {DATA}><td data-felt="x">3</td></tr></table>'
        assert told(tmp_path, "kontor/9003.html", text, withheld(("2022", "x", 36))) == whats("x")

    def test_a_row_that_tells_nothing_gives_nothing_back(self, tmp_path):
        text = f"{HEAD};x;n;verdi;nedre;ovre\n{ROW};;;;;\n"
        assert told(tmp_path, "data/tall.csv", text) == set()


def chart(path: str = "", marks: str = "", series: str = SERIES) -> str:
    """A chart as one draws it: 0 and 100 per cent at 100 and 0, January 2021 and 2022 at 10 and 130."""
    ticks = "".join(
        f'<text x="5" y="{y}">{label}</text>' for y, label in ((100, "0"), (50, "50"), (0, "100"))
    )
    years = '<text x="10" y="110">2021</text><text x="130" y="110">2022</text>'
    return f"<figure {series}><svg>{ticks}{years}{path}{marks}</svg></figure>"


class TestDrawings:
    """A month's share is 0.40: the point at its place along the axis is at the height of 40."""

    SECRET = withheld(("2021-04", "verdi", 0.4), ("2021-04", "n", 10), ("2021-04", "x", 4))
    HIT = whats("verdi", period="2021-04")

    @pytest.mark.parametrize(
        "drawn",
        [
            '<path d="M 10 20 L 20 30 L 30 25 L 40 60 L 50 10"/>',
            '<path d="m 10 20 l 10 10 l 10 -5 l 10 35 l 10 -50"/>',
            '<polyline points="10,20 20,30 30,25 40,60 50,10"/>',
            '<circle cx="40" cy="60" r="2"/>',
            '<g transform="translate(40 0)"><circle cx="0" cy="60"/></g>',
            '<rect x="36" y="60" width="8" height="40"/>',
            '<path d="M 36 100 L 44 100 L 44 60 L 36 60 z"/>',
            '<defs><path id="m" d="M -1 1 L 1 1 L 1 -1 z"/></defs><use href="#m" x="40" y="61"/>',
        ],
    )
    def test_a_value_in_a_path_a_mark_or_a_bar(self, tmp_path, drawn):
        assert told(tmp_path, "kontor/9003.html", chart(drawn), self.SECRET) >= self.HIT

    @pytest.mark.parametrize(
        "drawn",
        [
            '<path d="M 10 20 L 20 30 L 30 25 L 50 60 L 60 10"/>',  # the month is left out
            '<path d="M 40 60 L 40 0"/>',  # an event
            '<path d="M 10 60 L 130 60"/>',  # a limit
        ],
    )
    def test_a_gap_an_event_and_a_limit_tell_nothing(self, tmp_path, drawn):
        assert told(tmp_path, "kontor/9003.html", chart(drawn), self.SECRET) == set()

    def test_a_count_to_half_a_person(self, tmp_path):
        drawing = chart('<circle cx="40" cy="93.7"/>')
        assert told(tmp_path, "a.html", drawing, withheld(("2021-04", "x", 6))) == whats(
            "x", period="2021-04"
        )
        assert told(tmp_path, "a.html", drawing, withheld(("2021-04", "x", 7))) == set()

    def test_on_the_page_of_a_unit_the_series_is_enough(self, tmp_path):
        drawing = chart('<circle cx="40" cy="60"/>', series='data-indikator="ota_arbs" data-gruppe="alle"')
        assert told(tmp_path, "kontor/9003.html", drawing, self.SECRET) >= self.HIT
        (tmp_path / "kontor" / "9003.html").unlink()
        assert told(tmp_path, "kontor/9001.html", drawing, self.SECRET) == set()

    def test_units_along_the_axis(self, tmp_path):
        units = '<text x="10" y="110">9001</text><text x="40" y="110">9003</text>'
        scale = '<text x="5" y="100">0</text><text x="5" y="0">100</text>'
        series = 'data-indikator="ota_arbs" data-gruppe="alle" data-periode="2022"'
        drawing = f'<div {series}><svg>{units}{scale}<circle cx="40" cy="60"/></svg></div>'
        assert told(tmp_path, "a.html", drawing, withheld(("2022", "verdi", 0.4))) == whats("verdi")

    def test_a_chart_of_its_own(self, tmp_path):
        drawing = (
            chart('<circle cx="40" cy="60"/>').replace("<figure ", "<svg ").replace("<svg><text", "<text")
        )
        svg = drawing.replace("</svg></figure>", "</svg>")
        assert told(tmp_path, "bilder/a.svg", svg, self.SECRET) >= self.HIT


class TestYearsAlongTheAxis:
    """The year's share is 0.40, and so is the height of the point at the label 2021."""

    YEAR = withheld(("2021", "verdi", 0.4))

    def test_a_chart_of_years_tells_the_year(self, tmp_path):
        drawing = chart('<path d="M 10 60 L 130 20"/>')
        assert told(tmp_path, "a.html", drawing, self.YEAR) >= whats("verdi", period="2021")

    def test_in_a_chart_of_months_the_label_is_january(self, tmp_path):
        months = '<path d="M 10 60 L 20 20 L 30 40 L 40 30 L 50 70 L 60 25 L 70 50"/>'
        assert told(tmp_path, "a.html", chart(months), self.YEAR) == set()
        january = withheld(("2021-01", "verdi", 0.4))
        assert told(tmp_path, "a.html", chart(months), january) >= whats("verdi", period="2021-01")

    def test_a_month_after_the_last_label_shows_that_a_chart_of_few_months_is_none_of_years(self, tmp_path):
        """Its other months stand close to a January, where the mark of a year might stand."""
        months = '<path d="M 10 50 L 20 45 L 30 48 M 120 70 L 140 60 L 150 30 L 170 40"/>'
        assert told(tmp_path, "a.html", chart(months), withheld(("2022", "verdi", 0.4))) == set()
        february = withheld(("2022-02", "verdi", 0.4))
        assert told(tmp_path, "a.html", chart(months), february) >= whats("verdi", period="2022-02")

    def test_the_number_of_an_event_over_a_year_makes_no_axis(self, tmp_path):
        months = '<path d="M 10 60 L 20 20 L 30 40 L 40 30 L 50 70 L 60 25 L 70 50"/>'
        event = '<text x="10" y="0">8</text>'
        assert told(tmp_path, "a.html", chart(months, event), self.YEAR) == set()

    def test_the_coordinates_of_a_chart_of_months_are_not_numbers_of_the_pages_period(self, tmp_path):
        months = '<path d="M 10 61 L 20 20 L 30 74.9 L 40 30 L 50 70 L 60 25 L 70 50"/>'
        drawing = chart(months, series=f'{SERIES} data-periode="2022"')
        assert told(tmp_path, "a.html", drawing, withheld(("2022", "verdi", 0.749))) == set()
        for year in ("2021", "2022"):
            drawing = drawing.replace(f">{year}<", "><")
        assert told(tmp_path, "a.html", drawing, withheld(("2022", "verdi", 0.749))) >= whats("verdi")


class TestTheBooksOwnCharts:
    """A run chart drawn with a month that is withheld tells it; without the month it tells nothing."""

    MONTHS = month_range("2021-01", "2022-12")

    def cells(
        self, hidden: Collection[str] = (), only: tuple[str, str] = ("2021-01", "2022-12")
    ) -> list[Cell]:
        cells = []
        for k, month in enumerate(self.MONTHS):
            if not only[0] <= month <= only[1]:
                continue
            key = {"indikator": "ota_arbs", "gruppe": "alle", "enhet": "9003", "periode": month}
            x, n = 40.0 + 7 * (k % 5), 120.0
            told = {"status": "vist", "x": x, "n": n, "verdi": x / n}
            cells.append(Cell(**key, **({"status": "skjult"} if month in hidden else told)))
        return cells

    def drawn(self, **which: Any) -> str:
        panels = [RunChartPanel("Alle", self.cells(**which))]
        return run_charts("En prøve", panels, parse_period("2022"), None).html

    @pytest.mark.parametrize("month", ["2021-01", "2021-08", "2022-06", "2022-12"])
    def test_every_drawn_month_can_be_read_back(self, tmp_path, month):
        x = 40.0 + 7 * (self.MONTHS.index(month) % 5)
        secret = withheld((month, "verdi", x / 120), (month, "x", x), (month, "n", 120))
        assert whats("verdi", period=month) <= told(tmp_path, "kontor/9003.html", self.drawn(), secret)
        assert told(tmp_path, "kontor/9003.html", self.drawn(hidden={month}), secret) == set()

    @pytest.mark.parametrize("part", ["linje", "egen nb-l-prikk"])
    def test_a_hidden_month_that_only_one_path_still_holds_is_found(self, tmp_path, part):
        """The line kept the month and its mark did not, or the other way round."""
        month = "2022-06"
        page, whole = self.drawn(hidden={month}), self.drawn()
        one, other = (re.findall(rf'<path class="nb-l-{part}" d="[^"]*"/>', html) for html in (page, whole))
        secret = withheld((month, "verdi", (40 + 7 * (17 % 5)) / 120))
        assert told(tmp_path, "kontor/9003.html", page, secret) == set()
        mutated = page.replace(one[0], other[0])
        assert told(tmp_path, "kontor/9003.html", mutated, secret) == whats("verdi", period=month)

    def test_ticks_and_strokes_are_no_values_of_the_year(self, tmp_path):
        """The chart is of months: what else stands in it is not the year's."""
        (tmp_path / "utgave.json").write_text('{"periode": "2022"}', encoding="utf-8")
        secret = withheld(("2022", "endring", 0.6), ("2022", "x", 40), ("2022", "n", 100))
        assert told(tmp_path, "kontor/9003.html", self.drawn(), secret) == set()

    @pytest.mark.parametrize(
        ("first", "last"),
        [("2022-01", "2022-12"), ("2022-03", "2022-09"), ("2021-06", "2022-12"), ("2022-01", "2022-02")],
    )
    def test_a_chart_of_so_few_months_that_no_two_years_begin_in_it_is_of_months(self, tmp_path, first, last):
        """The shares of the months are those of the base year, which is withheld: they tell nothing of it."""
        (tmp_path / "utgave.json").write_text('{"periode": "2022"}', encoding="utf-8")
        few = [40.0 + 7 * (k % 5) for k, month in enumerate(self.MONTHS) if first <= month <= last]
        year = withheld(*(("2022", "basis_verdi", x / 120) for x in few[:1]), ("2021", "verdi", few[0] / 120))
        page = self.drawn(only=(first, last))
        assert told(tmp_path, "kontor/9003.html", page, year) == set()
        for month, x in zip(month_range(first, last), few, strict=True):
            secret = withheld((month, "verdi", x / 120), (month, "n", 120))
            assert told(tmp_path, "kontor/9003.html", page, secret) >= whats("verdi", period=month)

    @pytest.mark.parametrize("shown", [("2022-05",), ("2022-01", "2022-12")])
    def test_no_month_on_its_own_is_taken_for_the_year(self, tmp_path, shown):
        (tmp_path / "utgave.json").write_text('{"periode": "2022"}', encoding="utf-8")
        hidden = set(self.MONTHS) - set(shown)
        page = self.drawn(hidden=hidden)
        for month in shown:
            share = (40.0 + 7 * (self.MONTHS.index(month) % 5)) / 120
            year = withheld(("2022", "basis_verdi", share))
            assert told(tmp_path, "kontor/9003.html", page, year) == set()
            secret = withheld((month, "verdi", share))
            assert told(tmp_path, "kontor/9003.html", page, secret) >= whats("verdi", period=month)

    def test_a_chart_of_one_year_beside_a_chart_of_two_is_of_months(self, tmp_path):
        """They share their axis, and January stands where the year's mark would."""
        (tmp_path / "utgave.json").write_text('{"periode": "2022"}', encoding="utf-8")
        short = self.cells(hidden=self.MONTHS[:12])
        long = [replace(cell, gruppe="BATT") for cell in self.cells()]
        panels = [RunChartPanel("Alle", short), RunChartPanel("BATT", long)]
        page = run_charts("En prøve", panels, parse_period("2022"), None).html
        january = (40.0 + 7 * (12 % 5)) / 120
        year = withheld(("2022", "basis_verdi", january), ("2022", "verdi", january))
        assert told(tmp_path, "kontor/9003.html", page, year) == set()
        secret = withheld(("2022-01", "verdi", january))
        assert told(tmp_path, "kontor/9003.html", page, secret) >= whats("verdi", period="2022-01")

    def test_words_of_a_drawing_of_one_value_are_read(self, tmp_path):
        text = f'<tr {DATA}><td><svg aria-label="6,7 prosent" width="2"><text>30</text></svg></td></tr>'
        secret = withheld(("2022", "verdi", 2 / 30), ("2022", "n", 30), ("2022", "x", 2))
        assert told(tmp_path, "a.html", text, secret) == whats("verdi", "n")


class TestOtherPlaces:
    def test_a_published_share_said_again_is_not_the_withheld_one_of_the_year_before(self, tmp_path):
        row = f'<tr {DATA}><td data-felt="verdi">40,0</td><td>{{}} prosent</td></tr>'
        secret = withheld(("2022", "basis_verdi", 0.4))
        assert told(tmp_path, "a.html", row.format("40,0"), secret) == set()
        assert told(tmp_path, "a.html", row.format("40,00"), secret) == whats("basis_verdi")

    def test_a_row_with_unit_and_column_heads(self, tmp_path):
        text = (
            "<table><thead><tr><th>Kontor</th><th>x</th><th>Andel</th></tr></thead>"
            "<tbody><tr><th>9003</th><td>2</td><td>10,5</td></tr></tbody></table>"
        )
        assert told(tmp_path, "indikator/ota_arbs.html", text.replace("9003", "9001")) == set()
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "utgave.json").write_text('{"periode": "2022"}', encoding="utf-8")
        (tmp_path / "data" / "tall.csv").write_text(HEAD + "\n", encoding="utf-8")
        assert told(tmp_path, "indikator/ota_arbs.html", text) == whats("x")

    def test_json_in_an_attribute_and_in_a_script(self, tmp_path):
        row = json.dumps({**KEY, "x": 2})
        attribute = row.replace('"', "&quot;")
        assert told(tmp_path, "a.html", f'<div data-chart="{attribute}"></div>') == whats("x")
        assert told(tmp_path, "a.html", f"<script>var rows = [{row}];</script>") == whats("x")

    def test_columns_of_a_chart_in_json(self, tmp_path):
        columns = {"enhet": ["9001", "9003"], "x": [8, 2]}
        text = json.dumps({"indikator": "ota_arbs", "gruppe": "alle", "periode": "2022", **columns})
        assert told(tmp_path, "a.json", text) == whats("x")
        split = json.dumps({"columns": [*KEY, "x"], "data": [[*KEY.values(), 2]]})
        assert told(tmp_path, "a.json", split) == whats("x")

    def test_what_was_withheld_as_it_lies_in_the_private_table(self, tmp_path):
        assert told(tmp_path, "a.csv", f"{HEAD};felt;verdi\n{ROW};n-x;28\n") == whats("n-x")

    def test_outputs_of_a_notebook(self, tmp_path):
        html = [f"<table><tr {DATA}>\n", "<td>2</td></tr></table>"]
        plain = ["indikator gruppe enhet periode x\n", "0 ota_arbs alle 9003 2022 2\n"]
        for output in ({"text/html": html}, {"text/plain": plain}):
            text = json.dumps({"cells": [{"cell_type": "code", "outputs": [{"data": output}]}]})
            assert told(tmp_path, "_sources/a.ipynb", text) >= whats("x")

    def test_a_file_name(self, tmp_path):
        assert told(tmp_path, "data/ota_arbs alle 9003 2022 x 2.txt", "") == whats("x")
        (tmp_path / "data" / "ota_arbs alle 9003 2022 x 2.txt").unlink()
        assert told(tmp_path, "data/9003-47119.csv", "", withheld(("2022", "n", 47119))) == whats("n")

    @pytest.mark.parametrize("shared", [True, False])
    def test_a_workbook(self, tmp_path, shared):
        write_workbook(tmp_path / "tall.xlsx", [[*KEY, "x"], [*KEY.values(), "2"]], shared)
        assert {each.what for each in audit_site(tmp_path, TWO_OF_THIRTY)} == whats("x")
        write_workbook(tmp_path / "tall.xlsx", [["tekst"], ["i alt 47119"]], shared)
        assert {each.what for each in audit_site(tmp_path, withheld(("2022", "n", 47119)))} == whats("n")

    def test_the_place_of_a_text_among_the_texts_is_no_number(self, tmp_path):
        """With over 283 texts a cell holds the place 283, which no reader sees; a text 283 is seen."""
        rows = [[f"tekst {chr(97 + k % 26)}{'x' * (k // 26)}"] for k in range(300)]
        write_workbook(tmp_path / "tall.xlsx", rows, shared=True)
        assert list(audit_site(tmp_path, withheld(("2022", "n", 283)))) == []
        write_workbook(tmp_path / "tall.xlsx", [*rows, ["i alt 283"]], shared=True)
        assert {each.what for each in audit_site(tmp_path, withheld(("2022", "n", 283)))} == whats("n")


class TestParquet:
    def write(self, path: Path, x: pa.Array, **options: object) -> None:
        columns = {name: pa.array([value, value]) for name, value in KEY.items()} | {"x": x}
        pq.write_table(pa.table(columns), path, **options)

    def test_a_dictionary_that_keeps_what_no_row_has(self, tmp_path):
        kept = pa.DictionaryArray.from_arrays(pa.array([1, None]), pa.array(["2", "8"]))
        self.write(tmp_path / "a.parquet", kept)
        assert {each.what for each in audit_site(tmp_path, TWO_OF_THIRTY)} == whats("x")

    def test_metadata(self, tmp_path):
        table = pa.table({"a": [1]}).replace_schema_metadata({"største": "47119"})
        pq.write_table(table, tmp_path / "a.parquet")
        assert {each.what for each in audit_site(tmp_path, withheld(("2022", "n", 47119)))} == whats("n")

    def test_a_statistic_that_no_row_has(self, tmp_path):
        """As a program writes it that empties cells after it has noted the least value of the column."""
        self.write(tmp_path / "a.parquet", pa.array([8.0, None]), write_statistics=True)
        file = tmp_path / "a.parquet"
        content = file.read_bytes()
        before, after = (memoryview(pa.array([each]).buffers()[1]).tobytes()[:8] for each in (8.0, 2.0))
        footer = content.rindex(b"PAR1", 0, len(content) - 4) if content.count(b"PAR1") > 2 else 4
        data_ends = content.index(before, footer) + len(before)
        file.write_bytes(content[:data_ends] + content[data_ends:].replace(before, after))
        assert pq.read_table(file)["x"].to_pylist() == [8.0, None]
        assert {each.what for each in audit_site(tmp_path, TWO_OF_THIRTY)} == whats("x")

    def test_honest_statistics_tell_nothing(self, tmp_path):
        self.write(tmp_path / "a.parquet", pa.array([8.0, None]), write_statistics=True)
        assert audit_site(tmp_path, TWO_OF_THIRTY) == []


def write_workbook(path: Path, rows: list[list[str]], shared: bool) -> None:
    """The least that is a workbook: one sheet of texts, kept in the cells or in a list that all share."""
    texts: list[str] = []
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for place, text in enumerate(row):
            name = f'r="{chr(65 + place)}{number}"'
            texts.append(text)
            inside = f"<v>{len(texts) - 1}</v>" if shared else f"<is><t>{text}</t></is>"
            cells.append(f'<c {name} t="{"s" if shared else "inlineStr"}">{inside}</c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>"
    strings = f"<sst {space}>{''.join(f'<si><t>{text}</t></si>' for text in texts)}</sst>"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", sheet)
        if shared:
            book.writestr("xl/sharedStrings.xml", strings)
