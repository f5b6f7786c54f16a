"""Every number on a page has its interval or says why not, and the way to its method is one click."""

import re
from functools import cache

import pytest

from editions import NORTH, make_small_edition
from navbook import pages

NUMERIC_HEAD = re.compile(r'<th scope="col" class="nb-tall">(.*?)</th>', re.S)
ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.S)
# without the levels of county and country, whose intervals are in the part that folds out
FIELD = re.compile(r'<td(?![^>]*data-enhet)[^>]*data-felt="([^"]*)"[^>]*>(.*?)</td>', re.S)
# a class of sizes from the register, no estimate
NO_ESTIMATE = {"Ansatte"}


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    """The whole of a page of the small edition, drawn once."""
    folder = make_small_edition(tmp_path_factory.mktemp("utgaver")).parent

    @cache
    def of(kind, *subject):
        page = getattr(pages, kind)("2022", *subject)
        sections = [name for name in vars(type(page)) if not name.startswith("_")]
        return "".join(getattr(page, name)().html for name in sections)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAVBOOK_UTGAVER", str(folder))
        yield of


PAGES = [
    ("kontor", "9001"),
    ("kontor", "9003"),
    ("fylke", NORTH),
    ("landet",),
    ("indikator", "ota_arbs"),
    ("indikator", "u30_aktivitet"),
    ("indikator", "u30_8uker"),
    ("indikator", "formidlinger"),
]


@pytest.mark.parametrize("page", PAGES, ids="/".join)
def test_each_column_of_numbers_leads_to_what_explains_it(html, page):
    heads = [head for head in NUMERIC_HEAD.findall(html(*page)) if head not in NO_ESTIMATE]

    assert heads
    for head in heads:
        assert re.search(r'href="[^"]*(metode|indikator)/', head), head


@pytest.mark.parametrize("page", PAGES, ids="/".join)
def test_each_share_has_its_interval_in_its_own_row(html, page):
    for row in ROW.findall(html(*page)):
        fields = dict(FIELD.findall(row))
        if "verdi" in fields and re.search(r"\d", fields["verdi"]):
            assert re.search(r"\d.*–.*\d|til", fields["nedre ovre"]), row
        for name, shown in fields.items():
            if name == "verdi nedre ovre" and re.search(r"\d", shown):
                assert "(" in shown, shown


@pytest.mark.parametrize("page", PAGES, ids="/".join)
def test_each_figure_leads_to_how_it_is_read(html, page):
    shown = html(*page)
    if "nb-trakt" in shown:
        assert re.search(r'href="[^"]*metode/(trakt|kurve)\.html"', shown)
    if "<figure" in shown:
        assert re.search(r'href="[^"]*metode/(utvikling|trakt|intervaller)\.html"', shown)
