"""The site in a real browser, from files and without a network: quiet, accessible, and fit for a phone."""

import shutil
from pathlib import Path

import pytest
from axe_core import axe_script
from browsing import Scheme, opened
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
# Width and colours are independent: two screens see both of each.
SCREENS: list[tuple[int, Scheme]] = [(1280, "light"), (390, "dark")]
BANNER = "Syntetiske data"


def test_a_script_in_a_page_is_not_run(site: Path, browser: Browser, tmp_path: Path) -> None:
    """The policy holds in a browser: what would get into a page unescaped does nothing."""
    copy = shutil.copytree(site, tmp_path / "html")
    page_file = copy / "index.html"
    text = page_file.read_text(encoding="utf-8")
    attack = "<script>window.attacked = 1</script><img src=x onerror='window.attacked = 1'>"
    page_file.write_text(text.replace("</body>", f"{attack}</body>"), encoding="utf-8")
    with opened(browser, 1280, "light") as (page, complaints):
        page.goto(page_file.as_uri())
        assert page.evaluate("window.attacked") is None
        assert [text for text in complaints if "Content Security Policy" in text]


def one_of_each_kind(site: Path) -> list[Path]:
    kinds = ["kontor", "fylke", "kapittel", "indikator", "metode"]
    first = [sorted((site / kind).glob("*.html"))[0] for kind in kinds]
    written = [
        site / f"{name}.html"
        for name in ("index", "landet", "search", "kontorer", "data", "siter", "ordliste")
    ]
    return [*written, site / "metode" / "treffsikkerhet.html", *first]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_every_page_is_quiet_fits_the_screen_and_says_that_data_are_synthetic(
    site: Path, pages: list[Path], browser: Browser, width: int, scheme: Scheme
) -> None:
    with opened(browser, width, scheme) as (page, complaints):
        for path in pages:
            page.goto(path.as_uri())
            name = path.relative_to(site)
            assert complaints == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            banner = page.get_by_text(BANNER).first.bounding_box()
            assert banner is not None, name
            assert 0 <= banner["y"] < 300, name


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_one_page_of_each_kind_has_no_accessibility_fault(
    site: Path, browser: Browser, width: int, scheme: Scheme
) -> None:
    faults, axe = {}, axe_script()
    with opened(browser, width, scheme, bypass_csp=True) as (page, _):
        for path in one_of_each_kind(site):
            page.goto(path.as_uri())
            page.evaluate(axe)
            found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
            if found:
                faults[path.stem] = [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found]
    assert faults == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_no_column_of_an_offices_first_tables_is_cut(site: Path, browser: Browser, width: int) -> None:
    cut = (
        "tables => tables.filter(t => t.scrollWidth > t.clientWidth + 1).map(t => t.textContent.slice(0, 40))"
    )
    with opened(browser, width, "light") as (page, _):
        for path in sorted((site / "kontor").glob("*.html")):
            page.goto(path.as_uri())
            found = page.locator(".nb-rull:has(.nb-hvem, .nb-krav-tabell)")
            assert found.evaluate_all(cut) == [], path.name


def test_the_menu_opens_with_the_keyboard_on_a_phone(site: Path, browser: Browser) -> None:
    with opened(browser, 390, "light") as (page, _):
        page.goto((site / "index.html").as_uri())
        page.get_by_role("button", name="Meny").focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Hele landet").first.wait_for(state="visible")


def test_the_first_tab_stop_skips_to_the_content(site: Path, browser: Browser) -> None:
    with opened(browser, 1280, "light") as (page, _):
        page.goto((site / "index.html").as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"


def test_a_link_to_a_section_lands_below_the_banner(site: Path, browser: Browser) -> None:
    for width in (1280, 390):
        with opened(browser, width, "light") as (page, _):
            path = site / "metode" / "vurdering.html"
            page.goto(path.as_uri())
            anchors = page.locator("article h2 a.headerlink")
            anchor = anchors.nth(anchors.count() // 2).get_attribute("href")
            page.goto(path.as_uri() + str(anchor))
            banner = page.locator(".nb-banner").bounding_box()
            heading = page.locator(f"{anchor} > h2").bounding_box()
            assert banner is not None
            assert heading is not None
            assert banner["y"] == 0
            assert heading["y"] >= banner["height"], (width, banner, heading)


def test_the_table_that_is_shown_is_downloaded_as_csv(site: Path, browser: Browser) -> None:
    with opened(browser, 1280, "light") as (page, complaints):
        page.goto((site / "kontor" / "9001.html").as_uri())
        table = page.locator("table.nb-tabell:visible").first
        button = page.get_by_role("button", name="Last ned tabellen som CSV").first
        with page.expect_download() as download:
            button.click()
        text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
        assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
        lines = text.split("\r\n")
        heads = table.locator("thead th, thead td").all_inner_texts()
        assert lines[0].split(";") == [" ".join(head.split()) for head in heads]
        assert len(lines) - 1 == table.locator("tr").count()
        assert complaints == []


@pytest.mark.parametrize(("width", "drawn"), [(1280, True), (390, False)])
def test_marks_are_explained_where_they_are_drawn_and_nowhere_else(
    site: Path, browser: Browser, width: int, drawn: bool
) -> None:
    with opened(browser, width, "light") as (page, _):
        page.goto((site / "kontor" / "9004.html").as_uri())
        legends, marks = page.locator(".nb-tegn-bilde"), page.locator(".nb-tett .nb-stripe")
        assert legends.count() >= 2
        assert all(legend.is_visible() == drawn for legend in legends.all())
        assert any(mark.is_visible() for mark in marks.all()) == drawn


def test_a_printed_page_keeps_banner_and_title_and_drops_the_menus(site: Path, browser: Browser) -> None:
    with opened(browser, 1280, "light") as (page, _):
        page.emulate_media(media="print")
        page.goto(sorted((site / "kontor").glob("*.html"))[0].as_uri())
        assert page.get_by_text(BANNER).first.is_visible()
        assert page.locator("article h1").is_visible()
        assert page.locator(".nb-bunn").is_visible()
        assert not page.locator(".nb-topplinje").is_visible()
        page.goto((site / "index.html").as_uri())
        assert not page.locator(".nb-navigasjon").is_visible()
