"""What a reader is given stays within the budgets of `lesing` in bench/budget.yml, measured in Chromium:
screens of 1280×800 before folded parts, visible words, A4 pages in print, and what a first view loads.

A kind of page is added by a line in the budget and its pages in PAGES.
"""

import io
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pypdf
import pytest
import yaml
from playwright.sync_api import Browser, Page

from editions import OFFICES, small_counts, write_small_edition
from navbook.edition import Edition
from navbook.pages.chapters import chapter_plan
from navbook.pages.page_kinds import OfficePage
from navbook.pages.view import page_inputs, unit_view
from navbook.runtime.paths import NOTEBOOKS, PROJECT
from without_protection import only_small_ones_hidden

pytestmark = pytest.mark.browser
BUDGET = yaml.safe_load((PROJECT / "bench" / "budget.yml").read_text(encoding="utf-8"))["lesing"]
WIDTH, HEIGHT = 1280, 800
WORD = re.compile(r"[^\W\d_]{2,}")
WITHHELD = "kontor/9003-skjult"
# Kind in the budget → pages of the small edition: offices of 600, 150, 45 and 3 persons, and one of nobody.
PAGES = {
    "kontor": ["kontor/9004", "kontor/9002", "kontor/9006", "kontor/9003"],
    "kontor_skjult": [WITHHELD],
    "plan": ["plan/9004", "plan/9002", "plan/9003"],
    "landet": ["landet"],
    "fylke": ["fylke/9700"],
    "indikator": ["indikator/ota_arbs", "indikator/u30_kontakt30", "indikator/formidlinger"],
    "kapittel": [f"kapittel/{chapter.id}" for chapter in chapter_plan()],
}
EVERY = [(kind, page) for kind, pages in PAGES.items() for page in pages]


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, with the page of an office of which every figure is withheld in the frame of another's."""
    place = shutil.copytree(site, tmp_path_factory.mktemp("budsjett") / "html")
    counts = small_counts(size=lambda office: 0 if office == "9003" else OFFICES[office][1])
    place_of = tmp_path_factory.mktemp("skjult")
    edition = write_small_edition(place_of, "2022", counts, decided=only_small_ones_hidden).folder
    page = OfficePage(unit_view(page_inputs(Edition(edition), "kontor", "9003"), "9003", "kontor"))
    frame = (place / "kontor" / "9003.html").read_text(encoding="utf-8")
    start, end = frame.index("<section"), frame.index("</article>")
    inside = f"<section><h1>NAV Lilleøy</h1>{''.join(_sections(page))}</section>"
    (place / f"{WITHHELD}.html").write_text(frame[:start] + inside + frame[end:], encoding="utf-8")
    return place


def _sections(page: OfficePage) -> Iterator[str]:
    """The parts of the notebook with something to show, each under its heading."""
    parts: list[tuple[str, str]] = [("", "")]
    for cell in nbformat.read(NOTEBOOKS / "sider" / "kontor.ipynb", as_version=4).cells[2:]:
        if cell.cell_type == "markdown":
            parts.append((cell.source.removeprefix("## "), ""))
        else:
            shown = getattr(page, cell.source.removeprefix("side.").removesuffix("()"))().html
            parts[-1] = parts[-1][0], parts[-1][1] + shown
    for heading, html in parts:
        cell = f'<div class="cell"><div class="cell_output">{html}</div></div>'
        if not heading:
            yield cell
        elif html:
            yield f"<section><h2>{heading}</h2>{cell}</section>"


@dataclass
class View:
    """A page as it is first seen, with the size of each file that was loaded for it."""

    page: Page
    loaded: list[int]


@contextmanager
def first_view(browser: Browser, path: Path) -> Iterator[View]:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
    page = context.new_page()
    loaded: list[int] = []

    def note(url: str) -> None:
        if url.startswith("file:"):
            loaded.append(Path(url.removeprefix("file://").partition("?")[0]).stat().st_size)

    page.on("request", lambda request: note(request.url))
    page.goto(path.as_uri())
    yield View(page, loaded)
    context.close()


def words(page: Page) -> int:
    """The visible words of the page's own text; a number is no word."""
    return len([token for token in page.inner_text("article").split() if WORD.search(token)])


def printed(page: Page) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))


def test_every_kind_in_the_budget_is_measured() -> None:
    assert set(PAGES) == set(BUDGET["sider"])


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_a_page_is_as_long_as_its_reader_has_time_for(
    folder: Path, browser: Browser, kind: str, name: str
) -> None:
    limits = BUDGET["sider"][kind]
    with first_view(browser, folder / f"{name}.html") as view:
        screens = view.page.evaluate("document.documentElement.scrollHeight") / HEIGHT
        assert screens <= limits["screens"], f"{screens:.2f} screens"
        assert words(view.page) <= limits["words"]


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_a_page_prints_on_few_sheets(folder: Path, browser: Browser, kind: str, name: str) -> None:
    with first_view(browser, folder / f"{name}.html") as view:
        assert len(printed(view.page).pages) <= BUDGET["sider"][kind]["a4"]


@pytest.mark.parametrize("name", [name for _, name in EVERY])
def test_a_first_view_loads_little(folder: Path, browser: Browser, name: str) -> None:
    with first_view(browser, folder / f"{name}.html") as view:
        assert len(view.loaded) <= BUDGET["requests"]
        assert sum(view.loaded) <= 1000 * BUDGET["kb"]


def test_a_long_page_would_be_found(folder: Path, browser: Browser) -> None:
    """The measures see what they are to see: ten times the text is more than any budget."""
    with first_view(browser, folder / "kontor/9004.html") as view:
        before = words(view.page)
        view.page.evaluate(
            "const a = document.querySelector('article');"
            "for (let k = 0; k < 9; k++) a.append(a.firstElementChild.cloneNode(true));"
        )
        assert words(view.page) == 10 * before
        assert len(printed(view.page).pages) > BUDGET["sider"]["kontor"]["a4"]
        assert view.page.evaluate("document.documentElement.scrollHeight") / HEIGHT > 6


# The office page, for offices that show whom they follow up
SHOWN = ["kontor/9004", "kontor/9002", "kontor/9006"]


@pytest.mark.parametrize("name", SHOWN)
def test_everything_for_the_leader_meeting_is_on_the_first_screen(
    folder: Path, browser: Browser, name: str
) -> None:
    with first_view(browser, folder / f"{name}.html") as view:
        for mark in (".nb-hvem", ".nb-endringer", ".nb-krav-tabell"):
            box = view.page.locator(mark).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= HEIGHT, mark


@pytest.mark.parametrize("name", SHOWN)
def test_the_first_sheet_is_the_one_for_the_leader_meeting(folder: Path, browser: Browser, name: str) -> None:
    with first_view(browser, folder / f"{name}.html") as view:
        sheets = [page.extract_text() for page in printed(view.page).pages]
    # a heading is a line of its own; a sentence of a later sheet may begin with the same words
    first, *others = ({line.strip() for line in text.splitlines()} for text in sheets)
    for heading in ("Hvem kontoret følger opp", "Hva har endret seg", "Kravene i brevet", "Til samtalen"):
        assert heading in first
        assert all(heading not in lines for lines in others)
    assert "Syntetiske data" in sheets[0]


@pytest.mark.parametrize("name", [*PAGES["kontor"], *PAGES["kontor_skjult"]])
def test_no_sheet_ends_with_a_heading(folder: Path, browser: Browser, name: str) -> None:
    """Neither a heading nor the head of a table stands alone at the foot of a sheet."""
    with first_view(browser, folder / f"{name}.html") as view:
        headings = {
            text.strip("#").strip() for text in view.page.locator("article :is(h2, h3)").all_inner_texts()
        }
        sheets = [page.extract_text().strip().splitlines() for page in printed(view.page).pages]
    for lines in sheets:
        assert lines[-1].strip() not in headings
        assert not lines[-1].strip().endswith(("Vurdering", "Fylket", "Det vil si"))
