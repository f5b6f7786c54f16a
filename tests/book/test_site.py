"""The built site as files: its addresses, its links, its downloads, and what it must not hold."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd

from navbook.book.execution.page_list import page_list
from navbook.edition import Edition


class Links(HTMLParser):
    """What a page links to and loads, and the ids it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        for name in ("src", "srcset", "data", "poster") if tag != "a" else ():
            if given.get(name):
                self.loads.append(str(given[name]))
        if tag == "link" and given.get("href"):
            self.loads.append(str(given["href"]))


def read(path: Path) -> Links:
    links = Links()
    links.feed(path.read_text(encoding="utf-8"))
    return links


def test_the_pages_are_those_of_the_page_list_at_the_contracts_addresses(
    site: Path, edition: Edition
) -> None:
    expected = {f"{task.name}.html" for task in page_list(edition)}
    found = {
        path.relative_to(site).as_posix()
        for folder in ("kontor", "fylke", "kapittel", "indikator")
        for path in (site / folder).glob("*")
    } | {"landet.html"}
    assert found == expected
    assert (site / "index.html").is_file()
    assert list((site / "metode").glob("*.html"))


def test_every_link_leads_to_a_page_or_file_of_the_site_and_to_a_place_in_it(
    site: Path, pages: list[Path]
) -> None:
    known = {path: read(path) for path in pages}
    dead = []
    for path, page in known.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.is_file() or (anchor and target in known and anchor not in known[target].ids):
                dead.append((path.relative_to(site).as_posix(), link))
    assert dead == []


def test_nothing_is_loaded_from_outside_or_by_an_absolute_path(site: Path, pages: list[Path]) -> None:
    for path in pages:
        for loaded in read(path).loads:
            assert not re.match(r"[a-z]+:|/", loaded) or loaded.startswith("data:"), (path, loaded)
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", text), sheet.relative_to(site)


def test_every_page_names_the_edition_the_extracts_date_and_that_data_are_synthetic(
    pages: list[Path],
) -> None:
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert '<html lang="nb"' in text
        assert "Utgave 2022. Uttrekk per 1. august 2023" in text
        assert '<div class="nb-banner">' in text


def test_every_figure_of_an_executed_page_is_in_the_book_and_a_page_has_few(
    site: Path, executed: Path
) -> None:
    figures = {}
    for notebook in executed.rglob("*.ipynb"):
        name = notebook.relative_to(executed).with_suffix("").as_posix()
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        drawn = sum(json.dumps(cell.get("outputs", [])).count('<figure class=\\"nb-figur') for cell in cells)
        figures[name] = drawn
        assert (site / f"{name}.html").read_text(encoding="utf-8").count('<figure class="nb-figur') == drawn
    assert figures["kontor/9001"] > 0
    assert max(n for name, n in figures.items() if not name.startswith("kontor/")) <= 4
    assert max(figures.values()) <= 6  # an office has one for each of five priority groups


def test_no_page_but_its_county_lists_the_offices(site: Path) -> None:
    """An office page leads to its neighbours by number, and to the offices that resemble it."""
    offices = {path.stem for path in (site / "kontor").glob("*.html")}
    for path in [*(site / "kontor").glob("*.html"), site / "index.html", site / "personvern.html"]:
        text = path.read_text(encoding="utf-8")
        menus = re.findall(r"<(?:nav|header|footer).*?</(?:nav|header|footer)>", text, re.DOTALL)
        linked = {place for menu in menus for place in re.findall(r'(\d{4})\.html"', menu)}
        around = {str(int(path.stem) - 1), str(int(path.stem) + 1)} if path.stem.isdigit() else set()
        assert offices & linked - {path.stem} <= around, path.name


def test_downloads_are_the_editions_own_rows(site: Path, edition: Edition) -> None:
    assert (site / "data" / "tall.csv").read_bytes() == (edition.folder / "tall.csv").read_bytes()
    assert (site / "data" / "tall.parquet").read_bytes() == (edition.folder / "tall.parquet").read_bytes()
    form = {"sep": ";", "dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
    whole = pd.read_csv(site / "data" / "tall.csv", **form)
    part = pd.read_csv(site / "data" / "kontor" / "9001.csv", **form)
    own = whole[(whole["enhet"] == "9001") & (whole["periode"] == "2022")]
    key = ["indikator", "gruppe"]
    pd.testing.assert_frame_equal(
        part[list(whole.columns)].sort_values(key, ignore_index=True),
        own.sort_values(key, ignore_index=True),
    )
    assert (site / "data" / "kontor" / "9001.csv").read_bytes().startswith(b"\xef\xbb\xbfindikator;")
    for name in edition.utgave["filer"]:
        assert (site / "data" / name).read_bytes() == (edition.folder / name).read_bytes()


def test_no_notebook_source_or_trace_of_the_machine_is_in_the_site(site: Path, edition: Edition) -> None:
    suffixes = {path.suffix for path in site.rglob("*") if path.is_file()}
    assert not suffixes & {".ipynb", ".md", ".py", ".map", ".pickle"}
    assert not (site / "_sources").exists()
    traces = [
        str(site.parent).encode(),
        str(edition.folder.parent).encode(),
        str(Path.home()).encode() + b"/",
    ]
    for path in site.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert not any(trace in held for trace in traces), path.relative_to(site)
