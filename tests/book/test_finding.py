"""Readers find an office or a page by what they remember of it, from files and without a network."""

from pathlib import Path

import pytest
from browsing import opened
from playwright.sync_api import Browser, Page

from navbook.book.site.office_list import findable_units
from navbook.edition import Edition

pytestmark = pytest.mark.browser
FIRST_VIEW_REQUESTS, FIRST_VIEW_BYTES = 8, 400_000


def jump(page: Page, start: Path, text: str) -> str:
    """Where Enter in the office finder leads from a page."""
    page.goto(start.as_uri())
    field = page.get_by_label("Finn kontor").locator("input")
    field.click()
    page.wait_for_function("typeof navbookKontor !== 'undefined'", polling=50)
    page.locator("#nb-finn-liste").wait_for(state="attached")
    field.fill(text)
    with page.expect_navigation():
        field.press("Enter")
    return page.url


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Storvik", "kontor/9001.html"),
        ("nav storvik", "kontor/9001.html"),
        ("9005", "kontor/9005.html"),
        ("lilleoy", "kontor/9003.html"),
        ("Pilevoll", "kontor/9004.html"),
        ("9011", "kontor/9004.html"),
        ("Sørfylket", "fylke/9800.html"),
        ("Strovik", "kontor/9001.html"),
        ("Fjelgrend", "kontor/9006.html"),
        ("Byhamn", "kontor/9004.html"),
    ],
)
def test_the_finder_leads_to_the_office(site: Path, browser: Browser, text: str, address: str) -> None:
    with opened(browser, 1280, "light") as (page, complaints):
        assert jump(page, site / "metode" / "trakt.html", text) == (site / address).as_uri()
        assert complaints == []


def test_the_finder_is_used_with_the_arrow_keys_and_says_what_an_office_was_called(
    site: Path, browser: Browser
) -> None:
    with opened(browser, 390, "dark") as (page, _):
        page.goto((site / "kontor" / "9001.html").as_uri())
        field = page.get_by_label("Finn kontor").locator("input")
        field.focus()
        page.locator("#nb-finn-liste").wait_for(state="attached")
        field.fill("pile")
        assert page.get_by_role("option").all_inner_texts() == [
            "NAV Byhavn NAV Sørfylket · tidligere NAV Pilevoll"
        ]
        field.fill("nav")
        assert page.get_by_role("option").count() == 0
        field.fill("fylket")
        assert page.get_by_role("option").count() == 2
        field.press("ArrowDown")
        field.press("ArrowDown")
        chosen = page.locator('[role="option"][aria-selected="true"]')
        assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        assert "Sørfylket" in chosen.inner_text()
        field.press("Escape")
        assert field.get_attribute("aria-expanded") == "false"


def test_without_scripts_the_finder_leads_to_the_list_of_offices_by_county(
    site: Path, browser: Browser, edition: Edition
) -> None:
    with opened(browser, 1280, "light", scripts=False) as (page, _):
        page.goto((site / "kontor" / "9001.html").as_uri())
        page.get_by_label("Finn kontor").locator("input").fill("Byhavn")
        with page.expect_navigation():
            page.get_by_role("button", name="Gå til").click()
        assert page.url.split("?")[0] == (site / "kontorer.html").as_uri()
        listed = page.locator("article li").all_inner_texts()
        assert "9004 NAV Byhavn (tidligere NAV Pilevoll)" in listed
        assert len(listed) == len([u for u in findable_units(edition) if u.address.startswith("kontor/")])
        page.get_by_role("link", name="NAV Byhavn").click()
        assert page.url == (site / "kontor" / "9004.html").as_uri()


def test_an_office_page_leads_to_the_previous_and_the_next_office(site: Path, browser: Browser) -> None:
    with opened(browser, 1280, "light", scripts=False) as (page, _):
        page.goto((site / "kontor" / "9002.html").as_uri())
        around = page.get_by_role("navigation", name="Forrige og neste").get_by_role("link")
        assert [link.get_attribute("href") for link in around.all()] == ["9001.html", "9003.html"]


def hits(page: Page, site: Path, query: str) -> list[str]:
    """The addresses that the search finds, in their order."""
    page.goto((site / "search.html").as_uri() + f"?q={query}")
    page.locator("#search-results h2", has_text="Søkeresultater").wait_for()
    found = page.locator("#search-results li a")
    return [str(link.get_attribute("href")).split("?")[0].split("#")[0] for link in found.all()]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("NAV Storvik", "kontor/9001.html"),
        ("9005", "kontor/9005.html"),
        ("Pilevoll", "kontor/9004.html"),
        ("Storvk", "kontor/9001.html"),
        ("ungdom", "kapittel/ungdom.html"),
        ("ungdomm", "kapittel/ungdom.html"),
        ("sykmeldte", "kapittel/sykefravaer.html"),
        ("sykmelte", "kapittel/sykefravaer.html"),
    ],
)
def test_the_search_finds_first(site: Path, browser: Browser, query: str, first: str) -> None:
    with opened(browser, 1280, "light") as (page, complaints):
        assert hits(page, site, query)[0] == first
        assert complaints == []


@pytest.mark.parametrize("query", ["ungdom", "arbeidsavklaringspenger", "langtidsledige", "tiltak"])
def test_the_search_has_the_chapters_before_the_reports(site: Path, browser: Browser, query: str) -> None:
    with opened(browser, 1280, "light") as (page, _):
        folders = [hit.split("/")[0] for hit in hits(page, site, query)]
    assert "kapittel" in folders
    assert all(folders.index("kapittel") < [*folders, kind].index(kind) for kind in ("rapport", "plan"))


def test_search_knows_norwegian_endings(site: Path, browser: Browser) -> None:
    with opened(browser, 1280, "light") as (page, _):
        assert hits(page, site, "kontorene")


def test_the_first_view_of_a_page_is_few_and_small_files(
    site: Path, browser: Browser, pages: list[Path]
) -> None:
    """Eight requests and 400 kB, and no file of the theme, whose icons alone weigh 1.5 MB."""
    with opened(browser, 1280, "light") as (page, _):
        loaded: list[str] = []
        page.on("request", lambda request: loaded.append(request.url))
        for path in pages:
            if path.name == "search.html":
                continue
            loaded.clear()
            page.goto(path.as_uri())
            files = {site / url.removeprefix(site.as_uri() + "/").split("?")[0] for url in loaded}
            assert path in files
            assert len(loaded) <= FIRST_VIEW_REQUESTS, path
            assert sum(file.stat().st_size for file in files) <= FIRST_VIEW_BYTES, path
    assert not list(site.rglob("*fontawesome*"))
    assert sum(file.stat().st_size for file in (site / "_static").rglob("*") if file.is_file()) < 150_000
