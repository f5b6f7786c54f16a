"""The audit of the published bytes finds a withheld value wherever it stands, and nothing where none does."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from editions import small_counts, write_small_edition
from navbook.disclosure import audit_site

KEY = {"indikator": "ota_arbs", "gruppe": "alle", "niva": "kontor", "enhet": "9003", "periode": "2022"}
DATA = " ".join(f'data-{name}="{value}"' for name, value in KEY.items())
COLUMNS = ["indikator", "gruppe", "niva", "enhet", "periode", "felt", "verdi"]


def withheld(**values: float) -> pd.DataFrame:
    """Withheld values of one row; `rest` stands for n - x."""
    fields = {"rest": "n-x"}
    rows = [(*KEY.values(), fields.get(name, name), value) for name, value in values.items()]
    return pd.DataFrame(rows, columns=COLUMNS)


def found(folder: Path, name: str, content: str, secrets: pd.DataFrame) -> list[tuple[str, str]]:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return [(each.file, each.what) for each in audit_site(folder, secrets)]


WHAT = "ota_arbs/alle/9003/2022"


class TestBesideItsKey:
    def test_in_a_csv_with_key_columns(self, tmp_path):
        text = "indikator;gruppe;enhet;periode;x;verdi\nota_arbs;alle;9003;2022;;0,0667\n"
        hits = found(tmp_path, "data/kontor/9003.csv", text, withheld(x=2, verdi=2 / 30))
        assert hits == [("data/kontor/9003.csv", f"{WHAT} verdi")]

    def test_another_units_row_may_show_the_same_number(self, tmp_path):
        text = "indikator;gruppe;enhet;periode;x\nota_arbs;alle;9001;2022;2\n"
        assert found(tmp_path, "data/tall.csv", text, withheld(x=2)) == []

    def test_in_parquet(self, tmp_path):
        table = pa.table({name: [value] for name, value in KEY.items()} | {"x": [2.0]})
        pq.write_table(table, tmp_path / "mer.parquet")
        assert [each.what for each in audit_site(tmp_path, withheld(x=2))] == [f"{WHAT} x"]

    def test_in_json_where_the_key_is_spread_over_the_levels(self, tmp_path):
        inner = '[{"enhet": "9003", "periode": "2022", "x": 2}]'
        text = f'{{"indikator": "ota_arbs", "gruppe": "alle", "enheter": {inner}}}'
        assert found(tmp_path, "data/serier.json", text, withheld(x=2)) == [("data/serier.json", f"{WHAT} x")]

    @pytest.mark.parametrize("cell", ["<td>2</td>", "<td>6,7 %</td>", '<td title="0.067">skjult</td>'])
    def test_in_an_element_with_its_key(self, tmp_path, cell):
        text = f"<table><tr {DATA}><th>NAV Lilleøy</th>{cell}</tr></table>"
        assert len(found(tmp_path, "kontor/9003.html", text, withheld(x=2, verdi=2 / 30))) == 1

    @pytest.mark.parametrize(("address", "hits"), [("../indikator/g11_ota.html", 0), ("11", 1)])
    def test_the_number_in_the_name_of_an_indicator_counts_nobody(self, tmp_path, address, hits):
        secrets = withheld(n=11).assign(indikator="g11_ota")
        row = f'<tr {DATA.replace("ota_arbs", "g11_ota")}><th><a href="{address}">Tiltak</a></th></tr>'
        assert len(found(tmp_path, "kontor/9003.html", f"<table>{row}</table>", secrets)) == hits

    def test_in_a_cell_that_holds_a_share_and_its_limits(self, tmp_path):
        text = f'<table><tr {DATA}><td data-felt="verdi nedre ovre">6,7 (1,8–21,3)</td></tr></table>'
        secrets = withheld(verdi=2 / 30, nedre=0.018477)
        hits = found(tmp_path, "kontor/9003.html", text, secrets)
        assert [what for _, what in hits] == [f"{WHAT} verdi", f"{WHAT} nedre"]

    def test_words_about_hiding_are_not_a_value(self, tmp_path):
        text = f"<table><tr {DATA}><td>skjult: færre enn 4</td><td>siste 30 dager</td></tr></table>"
        assert found(tmp_path, "kontor/9003.html", text, withheld(x=4, n=30)) == []

    @pytest.mark.parametrize(("cell", "hits"), [("skjult", 0), ("30", 1), ("30,3", 1)])
    def test_a_small_number_in_the_name_of_a_group_is_no_monthly_mean(self, tmp_path, cell, hits):
        """363 of a year are 30 a month, and the group is called «Under 30 år»."""
        text = f"<table><tr {DATA}><th>Under 30 år</th><td>{cell}</td></tr></table>"
        assert len(found(tmp_path, "kontor/9003.html", text, withheld(x=363))) == hits


class TestAnywhere:
    """A canary: a number so peculiar that it can stand nowhere by chance."""

    CANARY = withheld(n=47119)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("index.html", "<p>I alt 47119 personer</p>"),
            ("index.html", "<p>I alt 47\u00a0119 personer</p>"),
            ("index.html", "<p>I alt 47&#8239;119 personer</p>"),
            ("bilde.svg", '<svg><path d="M 10 47119 L 3 4"/></svg>'),
            ("searchindex.js", 'Search.setIndex({terms:{"47119":0}})'),
            ("notater/side.ipynb", '{"cells": [{"source": "47119"}]}'),
        ],
    )
    def test_a_count_is_found_anywhere(self, tmp_path, name, content):
        assert found(tmp_path, name, content, self.CANARY) == [(name, f"{WHAT} n")]

    @pytest.mark.parametrize("text", ["0.123457", "0,123457"])
    def test_a_share_with_point_or_comma(self, tmp_path, text):
        assert found(tmp_path, "a.txt", f"er {text} nå", withheld(verdi=0.1234567)) == [
            ("a.txt", f"{WHAT} verdi")
        ]

    @pytest.mark.parametrize("text", ["0.456780", "0,45678"])
    def test_a_share_that_ends_in_nought_is_found_without_it_too(self, tmp_path, text):
        assert len(found(tmp_path, "a.txt", f"er {text} nå", withheld(verdi=0.45678))) == 1

    def test_a_count_in_a_column_of_a_parquet_file_that_names_no_key(self, tmp_path):
        pq.write_table(pa.table({"personer": [1.0, 47119.0]}), tmp_path / "mer.parquet")
        assert [each.what for each in audit_site(tmp_path, self.CANARY)] == [f"{WHAT} n"]

    def test_part_of_a_longer_number_is_another_number(self, tmp_path):
        assert found(tmp_path, "a.txt", "147119 471190 47119.5 #47119 a47119", self.CANARY) == []

    def test_a_number_that_is_published_in_its_own_right_is_no_finding(self, tmp_path):
        found(
            tmp_path,
            "data/tall.csv",
            "indikator;gruppe;enhet;periode;x\nota_arbs;alle;9001;2022;47119\n",
            self.CANARY,
        )
        assert found(tmp_path, "index.html", "<p>47119</p>", self.CANARY) == []

    def test_trailing_noughts_are_no_significant_digits(self, tmp_path):
        assert found(tmp_path, "index.html", "<p>2 av 100, 0,500000</p>", withheld(x=100, verdi=0.5)) == []

    def test_a_word_of_the_book_is_no_finding(self, tmp_path):
        (tmp_path / "index.html").write_text("<p>etter 182 dager</p>", encoding="utf-8")
        assert len(audit_site(tmp_path, withheld(x=182))) == 1
        assert audit_site(tmp_path, withheld(x=182), boilerplate={"182"}) == []

    def test_the_letters_words_and_the_definitions_are_published(self, tmp_path):
        header = "indikator;gruppe;enhet;periode;x\n"
        (tmp_path / "definisjoner.json").write_text('[{"dato": "minst 182 dager"}]', encoding="utf-8")
        (tmp_path / "tall.csv").write_text(header, encoding="utf-8")
        assert found(tmp_path, "index.html", "<p>182 dager</p>", withheld(x=182)) == []

    def test_a_share_of_a_pooled_table_may_be_the_same_by_chance_and_a_count_may_not(self, tmp_path):
        (tmp_path / "utgave.json").write_text('{"filer": {"trakt.csv": "", "tall.csv": ""}}', "utf-8")
        (tmp_path / "tall.csv").write_text("indikator;gruppe;enhet;periode;x\n", "utf-8")
        text = "indikator;phi;antall\nota_arbs;0,123457;47119\n"
        secrets = withheld(verdi=0.1234567, n=47119)
        assert found(tmp_path, "trakt.csv", text, secrets) == [("trakt.csv", f"{WHAT} n")]

    def test_a_monthly_mean_of_a_published_count_is_published(self, tmp_path):
        row = "portefolje;alle;9001;2022;2418;;\n"
        (tmp_path / "tall.csv").write_text(f"indikator;gruppe;enhet;periode;x;n;endring\n{row}", "utf-8")
        assert found(tmp_path, "index.html", "<p>i snitt 202 per måned</p>", withheld(x=202)) == []

    def test_published_parts_of_days_are_printed_without_decimals(self, tmp_path):
        row = "sykefravaer_etat;sum;9001;2022;1731,5;27057,6;\n"
        (tmp_path / "tall.csv").write_text(f"indikator;gruppe;enhet;periode;x;n;endring\n{row}", "utf-8")
        page = "<p>1732 av 27058 dagsverk</p>"
        assert found(tmp_path, "index.html", page, withheld(x=1732, n=27058)) == []

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.html", '<svg><path d="M 182 20 L 10 182"/><use x="182" y="3"/></svg>'),
            ("searchindex.js", 'Search.setIndex({"terms":{"nav":[3,182],"ord":182}})'),
        ],
    )
    def test_a_place_in_a_drawing_or_in_the_search_index_is_no_number_of_people(
        self, tmp_path, name, content
    ):
        assert found(tmp_path, name, content, withheld(x=182)) == []

    def test_a_place_in_the_search_index_is_no_number_beside_a_name_written_as_markup(self, tmp_path):
        """A name may look like markup, and the words of a key stand somewhere in the index of a book."""
        terms = '{"9003":4,"ota_arbs":2,"alle":1,"2022":1}'
        index = f'Search.setIndex({{"terms":{terms},"titles":["NAV <p>Lilleøy</p>"]}})'
        assert found(tmp_path, "searchindex.js", index, withheld(x=2, n=4)) == []
        told = index.replace("<p>Lilleøy</p>", "Lilleøy, ota_arbs alle 9003 2022: 2 personer")
        assert len(found(tmp_path, "searchindex.js", told, withheld(x=2))) == 1

    def test_a_word_in_the_search_index_or_a_drawing_is_read(self, tmp_path):
        assert len(found(tmp_path, "searchindex.js", '{"terms":{"182":3}}', withheld(x=182))) == 1
        assert len(found(tmp_path, "a.svg", '<text x="3">182</text>', withheld(x=182))) == 2

    def test_small_numbers_are_looked_for_beside_their_key_only(self, tmp_path):
        assert found(tmp_path, "index.html", "<p>17</p>", withheld(x=17)) == []


def test_an_edition_tells_nothing_that_was_withheld(tmp_path):
    """A count no other unit has, in the office that is too small: the edition's files do not hold it."""
    counts = small_counts().query("indikator == 'u30_kontakt30'")
    canary = counts["enhetsnr"] == "9003"
    counts.loc[canary, ["x", "n"]] = [2.0, 7331.0]
    written = write_small_edition(tmp_path / "utgaver", counts=counts)
    assert 7331.0 * 12 in set(written.withheld["verdi"])
    assert audit_site(written.folder, written.withheld) == []
