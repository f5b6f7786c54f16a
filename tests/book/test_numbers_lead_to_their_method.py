"""The tables of the built book: from each column of numbers it is one click to what explains it, and each
share stands with its interval or with the reason why it has none.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

TABLE = re.compile(r"<table[^>]*>.*?</table>", re.S)
HEAD = re.compile(r'<th scope="col"([^>]*)>(.*?)</th>', re.S)
ROW = re.compile(r"<tr[^>]*>.*?</tr>", re.S)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.S)
CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.S)
TAG = re.compile(r"<[^>]+>")
# a class of sizes from the register, no figure of people
NO_FIGURE = {"Ansatte"}
# hand-written: examples and results that the page around them explains
WRITTEN = {"metode/intervaller.html", "metode/treffsikkerhet.html", "slik-leser-du.html", "index.html"}
# who a unit is there for: the page says why
NO_INTERVAL = {"Prosent av alle": r"Derfor har de ikke intervall|så tallene har ikke intervall"}
INTERVAL = re.compile(r"\d\s*(\(|–|til)")


@pytest.fixture(scope="module")
def written(site: Path, pages: list[Path]) -> dict[str, str]:
    """Address → HTML of each page that is written from the edition."""
    names = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in pages}
    return {name: page for name, page in names.items() if name not in WRITTEN}


def tables(written: dict[str, str]) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each table with its page and its column heads (attributes, HTML)."""
    for name, page in written.items():
        for table in TABLE.findall(page):
            yield name, table, HEAD.findall(table)


def plain(html: str) -> str:
    return " ".join(TAG.sub(" ", html).split())


def test_each_column_of_numbers_leads_to_a_place_that_explains_it(
    site: Path, written: dict[str, str]
) -> None:
    missing, columns = set(), 0
    for name, _, heads in tables(written):
        for attributes, head in heads:
            if "nb-tall" not in attributes or plain(head) in NO_FIGURE:
                continue
            columns += 1
            link = re.search(r'href="([^"]*)"', head)
            if not link or not explains(site / name, link.group(1)):
                missing.add((name, plain(head)))
    assert columns > 100
    assert missing == set()


def explains(page: Path, link: str) -> bool:
    """Whether the link leads to a page on methods or an indicator, and to a place that is there."""
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve()
    if target.parent.name not in ("metode", "indikator") or not target.is_file():
        return False
    return not parts.fragment or f'id="{unquote(parts.fragment)}"' in target.read_text(encoding="utf-8")


def test_each_share_stands_with_its_interval_or_the_reason_why_not(written: dict[str, str]) -> None:
    bare, shares = set(), 0
    for name, table, heads in tables(written):
        caption = CAPTION.search(table)
        titles = [plain(head) for _, head in heads]
        over = plain(caption.group(1)) if caption else ""
        for place, title in enumerate(titles):
            if not re.search(r"[Aa]ndel|[Pp]rosent", f"{title} {over}") or "antall" in over:
                continue
            beside = any("intervall" in other for other in titles)
            for row in ROW.findall(table):
                cells = [plain(cell) for cell in CELL.findall(row)]
                if place - 1 >= len(cells) or place == 0 or not re.search(r"\d", cells[place - 1]):
                    continue
                shares += 1
                reason = NO_INTERVAL.get(title)
                told = INTERVAL.search(cells[place - 1]) or beside
                if not told and not (reason and re.search(reason, written[name])):
                    bare.add((name, title, cells[place - 1]))
    assert shares > 100
    assert bare == set()
