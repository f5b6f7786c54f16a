"""Rules that every page keeps, read from its HTML: what a screen reader needs before anything is drawn."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# words of the theme and its extensions, which have no place in a Norwegian book
ENGLISH = re.compile(
    r"\b(Contents|On this page|Skip to|Search|Color mode|Toggle|Show code|Hide code|Click to|Print to|"
    r"Previous|Next|Back to top|Permalink|Link to this|Navigation|Copyright|Table of Contents|Download|"
    r"Fullscreen|Theme|Light|Dark|Page not found|Last updated)\b"
)
SPOKEN = ("aria-label", "title", "alt", "placeholder")


@dataclass
class Reading:
    """What a screen reader meets of one page."""

    lang: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    ids: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    landmarks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads a page into a `Reading`."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Reading()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.captions: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found.texts += [given[name] for name in SPOKEN if name in given]
        if "id" in given:
            self.found.ids.append(given["id"])
        getattr(self, f"_{tag}", lambda _: None)(given)
        if re.fullmatch("h[1-6]", tag):
            self.found.headings.append((int(tag[1]), ""))
        if tag in ("main", "header", "nav", "footer"):
            self.found.landmarks.append(tag)
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag == "table" and not self.captions.pop():
            self.found.faults.append("a table without a caption")

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        if not tags or tags[-1] in ("script", "style") or not data.strip():
            return
        if tags[-1] == "title" and "svg" not in tags:
            self.found.title += data
        elif not any(given.get("class") == "headerlink" for _, given in self.open):
            self.found.texts.append(data)
        if self.found.headings and any(re.fullmatch("h[1-6]", tag) for tag in tags) and data != "#":
            level, text = self.found.headings[-1]
            self.found.headings[-1] = (level, text + data)
        if "caption" in tags and self.captions:
            self.captions[-1] = True

    def _html(self, given: dict[str, str]) -> None:
        self.found.lang = given.get("lang", "")

    def _meta(self, given: dict[str, str]) -> None:
        if given.get("name") == "description":
            self.found.description = given["content"]

    def _link(self, given: dict[str, str]) -> None:
        if given.get("rel") == "canonical":
            self.found.canonical = given["href"]

    def _table(self, _: dict[str, str]) -> None:
        self.captions.append(False)

    def _th(self, given: dict[str, str]) -> None:
        if given.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            self.found.faults.append("a head of a table without a scope")

    def _img(self, given: dict[str, str]) -> None:
        if "alt" not in given:
            self.found.faults.append("an image without alt")

    def _svg(self, given: dict[str, str]) -> None:
        named = given.get("role") == "img" and (given.get("aria-label") or given.get("aria-labelledby"))
        hidden = any(g.get("aria-hidden") == "true" or g.get("role") == "img" for _, g in self.open)
        if not (named or hidden or given.get("aria-hidden") == "true"):
            self.found.faults.append("a drawing without a name that is not hidden either")


def read(path: Path) -> Reading:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader.found


@pytest.fixture(scope="module")
def readings(site: Path, pages: list[Path]) -> dict[str, Reading]:
    """Every page of the site by its address."""
    return {path.relative_to(site).as_posix(): read(path) for path in pages}


def test_every_page_is_norwegian_and_has_title_description_and_canonical_link(
    readings: dict[str, Reading],
) -> None:
    for name, page in readings.items():
        assert page.lang == "nb", name
        assert page.title.strip(), name
        assert 20 < len(page.description) <= 160, (name, page.description)
        assert page.canonical == Path(name).name, name


def test_no_two_pages_have_one_title(readings: dict[str, Reading]) -> None:
    titles = [page.title for page in readings.values()]
    assert sorted(titles) == sorted(set(titles))


def test_every_page_has_one_h1_first_and_skips_no_level(readings: dict[str, Reading]) -> None:
    for name, page in readings.items():
        levels = [level for level, _ in page.headings]
        assert levels.count(1) == 1, (name, page.headings)
        assert levels[0] == 1, (name, page.headings[:3])
        steps = [after - before for before, after in pairwise(levels)]
        assert all(step <= 1 for step in steps), (name, page.headings)
        assert all(text.strip() for _, text in page.headings), name


def test_no_page_has_an_unmarked_table_or_an_unnamed_drawing(readings: dict[str, Reading]) -> None:
    assert {name: set(page.faults) for name, page in readings.items() if page.faults} == {}


def test_every_page_has_one_main_part_and_no_id_twice(readings: dict[str, Reading]) -> None:
    for name, page in readings.items():
        assert page.landmarks.count("main") == 1, name
        assert len(page.ids) == len(set(page.ids)), (name, [i for i in page.ids if page.ids.count(i) > 1][:3])


def test_no_page_has_an_english_word_of_the_theme(readings: dict[str, Reading]) -> None:
    found = {
        name: sorted({hit[0] for text in page.texts if (hit := ENGLISH.search(text))})
        for name, page in readings.items()
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_the_standing_pages_are_linked_from_every_page(site: Path, pages: list[Path]) -> None:
    standing = ["data", "siter", "lisens", "kontakt", "tilgjengelighet", "endringslogg", "ordliste", "om"]
    for path in pages:
        text = path.read_text(encoding="utf-8")
        root = "../" * (len(path.relative_to(site).parts) - 1)
        assert [name for name in standing if f'href="{root}{name}.html"' not in text] == [], path


def test_every_file_of_the_data_folder_is_linked_from_some_page(site: Path, pages: list[Path]) -> None:
    linked = set()
    for path in pages:
        for href in re.findall(r'href="([^"#?]*data/[^"#?]*)"', path.read_text(encoding="utf-8")):
            linked.add((path.parent / href).resolve())
    files = {path.resolve() for path in (site / "data").rglob("*") if path.is_file()}
    assert sorted(str(path.relative_to(site.resolve())) for path in files - linked) == []
