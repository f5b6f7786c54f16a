"""Tables can be read aloud, keep their keys, and let no text become markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from navbook.pages.format.fragments import escape, link
from navbook.pages.format.tables import GroupHeader, TableCell, TableColumn, TableRow, table
from navbook.pages.sections.comments import comment_html
from navbook.pages.text.table_cells import change_value, count_values, narrow_head, together
from navbook.pages.view.cells import Cell

HOSTILE = "<script>alert(1)</script> & \"NAV\" 'Vik'"


class Tags(HTMLParser):
    """Collects start tags with their attributes, and fails on nothing."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, name):
        return [attrs for tag, attrs in self.found if tag == name]


COLUMNS = [TableColumn("Enhet"), TableColumn("Teller", True), TableColumn("Nevner", True)]


def made(head="NAV Vik", **keys):
    return table(
        "Tittel", COLUMNS, [TableRow(escape(head), [TableCell("1", "x"), TableCell("2", "n")], keys)]
    )


def test_a_table_has_a_caption_and_heads_with_scope():
    tags = Tags(made())
    assert len(tags.named("caption")) == 1
    assert [attrs["scope"] for attrs in tags.named("th")] == ["col", "col", "col", "row"]


def test_a_labelled_table_names_the_column_of_each_cell():
    rows = [TableRow("G01", [TableCell("Brevets ord", "ordlyd"), TableCell("Beregnet.")])]
    columns = [TableColumn("Id"), TableColumn("Brevet"), TableColumn("Hva boken gjør")]
    tags = Tags(table("Tittel", columns, rows, labelled=True))
    assert [attrs["data-hode"] for attrs in tags.named("td")] == ["Brevet", "Hva boken gjør"]
    assert all("data-hode" not in attrs for attrs in Tags(made()).named("td"))


def test_a_long_word_may_be_divided_in_a_narrow_head():
    assert narrow_head("Unge i aktivitet: Situasjonsbestemt innsats") == (
        "Unge i aktivitet: Situasjons\u00adbestemt innsats"
    )
    assert narrow_head("Under 30 år") == "Under 30 år"


def test_a_row_that_shows_nothing_says_so_once():
    keys = ("ota_arbs", "alle", "9001", "2022")
    hidden, other = Cell(*keys, status="skjult"), Cell(*keys, status="ikke_beregnbar")
    values = [TableCell("a"), TableCell("b")]
    (said,) = together([hidden, hidden], values)
    assert (said.html, said.span) == ("skjult", 2)
    assert together([hidden, other], values) == values


def test_a_table_scrolls_by_itself_and_can_be_reached_by_keyboard():
    (container,) = Tags(made()).named("div")
    assert container["tabindex"] == "0"
    assert container["role"] == "region"
    assert container["aria-label"] == "Tittel"


def test_rows_carry_their_key_and_values_their_field():
    tags = Tags(made(indikator="ota_arbs", gruppe="alle", enhet="9001", periode="2022"))
    assert tags.named("tr")[1] == {
        "data-indikator": "ota_arbs",
        "data-gruppe": "alle",
        "data-enhet": "9001",
        "data-periode": "2022",
    }
    assert [attrs["data-felt"] for attrs in tags.named("td")] == ["x", "n"]


def test_a_row_that_does_not_fill_the_columns_is_an_error():
    with pytest.raises(ValueError, match="a row of 2 columns in a table of 3"):
        table("Tittel", COLUMNS, [TableRow("NAV Vik", [TableCell("1")])])


def test_a_column_head_leads_to_its_method():
    html = table("Tittel", [TableColumn("Enhet"), TableColumn("Teller", True, "../metode/telling.html")], [])
    assert Tags(html).named("a") == [{"href": "../metode/telling.html"}]


def test_a_narrow_column_breaks_between_a_change_and_its_interval_only():
    cell = Cell("a", "alle", "9001", "2022", status="vist", verdi=0.4, n=500.0, x=200.0)
    changed = replace(cell, endring=0.05, endring_nedre=-0.01, endring_ovre=0.11)
    assert change_value(changed).html == "+5,0 <wbr>(\u22121,0 til +11,0)"


def test_what_is_said_of_a_row_stands_on_a_line_under_its_numbers():
    said = TableCell("Vi vet ikke.", "vurdering")
    row = TableRow("NAV Vik", [TableCell("1", "x"), TableCell("2", "n")], {"enhet": "9001"}, said)
    tags = Tags(table("Tittel", COLUMNS, [row]))
    assert tags.named("th")[-1] == {"scope": "row", "rowspan": "2"}
    assert tags.named("tr")[2] == {"class": "nb-utsagn", "data-enhet": "9001"}
    assert tags.named("td")[2] == {"colspan": "2", "data-felt": "vurdering"}


def test_a_search_index_does_not_read_two_numbers_as_one():
    # the index of the site takes the tags away and keeps what is left
    assert "12" not in re.sub(r"<[^>]*>", "", made())


def test_a_head_over_rows_spans_the_table():
    html = table("Tittel", COLUMNS, [GroupHeader("Fylket")])
    assert Tags(html).named("th")[-1] == {"scope": "colgroup", "colspan": "3"}


def test_names_never_become_markup():
    html = (
        made(HOSTILE, enhet=HOSTILE)
        + link(f"../{HOSTILE}", HOSTILE)
        + table(HOSTILE, [TableColumn(HOSTILE)], [])
    )
    tags = Tags(html)
    assert not tags.named("script")
    assert tags.named("tr")[1]["data-enhet"] == HOSTILE
    assert tags.named("a")[0] == {"href": f"../{HOSTILE}"}


def test_a_hidden_row_shows_one_word_and_no_number():
    (value,) = count_values(Cell("ota_arbs", "alle", "9001", "2022", status="skjult"))
    assert (value.html, value.span) == ("skjult", 4)


def test_zero_is_shown_as_zero():
    zero = Cell("ota_arbs", "alle", "9001", "2022", status="vist", x=0.0, n=500.0, verdi=0.0)
    assert [value.html for value in count_values(zero)][:3] == ["0", "500", "0,0"]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Vi **flyttet**.", "<p>Vi <strong>flyttet</strong>.</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("Se [her](http://example.org).", "<p>Se her.</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("<http://example.org>", "<p>http://example.org</p>\n"),
        ("![bilde](x.png)", "<p></p>\n"),
        ("# Stor overskrift", "<p>Stor overskrift</p>\n"),
        ("- en\n- to", "<ul>\n<li>en</li>\n<li>to</li>\n</ul>\n"),
    ],
)
def test_an_offices_words_keep_their_emphasis_and_nothing_else(markdown, html):
    assert comment_html(markdown) == html
