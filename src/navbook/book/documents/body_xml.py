"""The text of a document as WordprocessingML (ECMA-376-1, 17): paragraphs, lists and tables from HTML."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from lxml.html import HtmlElement

from navbook.book.documents.skeleton import WIDTH

_SPACES = re.compile(r"[ \t\r\n]+")
# what a document has no use for: figures are on the page, and hints for screen readers repeat the table
_LEFT_OUT = {"svg", "script", "style", "figure", "button"}
_INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "br"}
_LIST_STYLES = {"ul": "ListBullet", "ol": "ListNumber"}
_WRITING = "nb-skriv"
# the last part of a chapter: links to other pages, which lead nowhere from a document
_LINKS = "Les videre"
# what leads on from a page or acts on it, and what explains a picture that a document does not have
_LEFT_OUT_CLASSES = {"nb-handlinger", "nb-tegn-bilde"}
# least height of a row to write in, in twentieths of a point
_ROOM = 700
_EMPTY = "<w:p/>"
Cells = list[tuple[HtmlElement | None, int]]


def body_xml(tree: HtmlElement) -> str:
    """The blocks of a chapter in order, without its links to other pages."""
    return "".join(part for element in _without_links(tree) for part in _block(element))


def _without_links(tree: HtmlElement) -> list[HtmlElement]:
    """The parts of a chapter before its own links; a county may have written the same heading above them."""
    parts = list(tree)
    heads = [place for place, part in enumerate(parts) if part.tag == "h2" and _text(part) == _LINKS]
    return parts[: heads[-1]] if heads else parts


def _block(element: HtmlElement) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _LEFT_OUT:
        return
    if re.fullmatch("h[1-6]", tag):
        yield _paragraph(_run(_text(element), bold=False), f"Heading{min(int(tag[1]), 4)}")
    elif tag == "table":
        yield from _table(element)
    elif tag in _LIST_STYLES:
        yield from (_paragraph(_runs_xml(item), _LIST_STYLES[tag]) for item in element.iter("li"))
    elif tag == "blockquote":
        yield from (_paragraph(_runs_xml(part), "Quote") for part in (element if len(element) else [element]))
    elif _is_paragraph(element):
        if _text(element):
            yield _paragraph(_runs_xml(element))
        if element.get("class") == _WRITING:
            yield _EMPTY
    else:
        for child in element:
            yield from _block(child)


def _is_paragraph(element: HtmlElement) -> bool:
    """Whether an element holds words and nothing that is a block of its own."""
    return element.tag in ("p", "summary") or all(child.tag in _INLINE for child in element)


def _paragraph(runs: str, style: str = "", *, more: str = "") -> str:
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def _runs_xml(element: HtmlElement, *, bold: bool = False) -> str:
    """The words of an element as runs, bold where they are `<strong>`."""
    return "".join(_run(words, is_bold) for words, is_bold in _runs(element, bold))


def _run(words: str, bold: bool) -> str:
    text = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in words.split("\n")
    )
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{text}</w:r>" if words else ""


def _runs(element: HtmlElement, bold: bool) -> Iterator[tuple[str, bool]]:
    bold = bold or element.tag in ("strong", "b")
    if element.text:
        yield _SPACES.sub(" ", element.text), bold
    for child in element:
        if _has_words(child):
            if child.tag == "br" or (child.tag in ("p", "li") and child.getprevious() is not None):
                yield "\n", bold
            yield from _runs(child, bold)
        if child.tail:
            yield _SPACES.sub(" ", child.tail), bold


def _has_words(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return False
    return _LEFT_OUT_CLASSES.isdisjoint((element.get("class") or "").split())


def _text(element: HtmlElement) -> str:
    return _SPACES.sub(" ", "".join(words for words, _ in _runs(element, bold=False))).strip()


def _table(element: HtmlElement) -> Iterator[str]:
    """A captioned table; the rows of its head repeat on each page, and no row is split between pages."""
    caption = element.find("caption")
    title = "" if caption is None else _text(caption)
    if title:
        yield _paragraph(_run(title, bold=False), "Caption", more="<w:keepNext/>")
    rows = list(_rows(element))
    columns = max((sum(span for _, span in cells) for cells, _ in rows), default=0)
    if not columns:
        return
    # the column of names has the room of two
    unit = WIDTH // (columns + 1)
    widths = [2 * unit, *[unit] * (columns - 1)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    described = "".join(f"<w:{name} w:val={quoteattr(title)}/>" for name in ("tblCaption", "tblDescription"))
    yield (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/>'
        '<w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" '
        f'w:noVBand="1" w:val="04A0"/>{described}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_row(cells, is_head, widths) for cells, is_head in rows)}</w:tbl>{_EMPTY}"
    )


def _rows(element: HtmlElement) -> Iterator[tuple[Cells, bool]]:
    """Each row as (cell, columns it spans), None under a cell that spans rows; and whether it is a head."""
    below: dict[int, int] = {}
    for row in element.iter("tr"):
        cells: Cells = []
        place = 0
        for cell in (part for part in row if part.tag in ("td", "th") and not _is_picture(part)):
            while below.get(place, 0):
                below[place] -= 1
                cells.append((None, 1))
                place += 1
            span = int(cell.get("colspan", "1"))
            if (depth := int(cell.get("rowspan", "1"))) > 1:
                below[place] = depth - 1
            cells.append((cell, span))
            place += span
        yield cells, row.getparent().tag == "thead"


def _is_picture(cell: HtmlElement) -> bool:
    """Whether a cell only draws what the others say."""
    return "nb-bilde" in (cell.get("class") or "").split()


def _row(cells: Cells, is_head: bool, widths: list[int]) -> str:
    to_write_in = len(cells) > 1 and all(cell is not None and not _text(cell) for cell, _ in cells[1:])
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
    if to_write_in and not is_head:
        marks += f'<w:trHeight w:val="{_ROOM}" w:hRule="atLeast"/>'
    written, place = [], 0
    for cell, span in cells:
        written.append(_cell(cell, span, sum(widths[place : place + span]), is_head))
        place += span
    written += [_cell(None, 1, width, is_head) for width in widths[place:]]
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(written)}</w:tr>"


def _cell(cell: HtmlElement | None, span: int, width: int, is_head: bool) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    numeric = cell is not None and "nb-tall" in (cell.get("class") or "").split()
    inside = _EMPTY
    if cell is not None:
        more = '<w:jc w:val="right"/>' if numeric else ""
        inside = _paragraph(_runs_xml(cell, bold=is_head), more=more)
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{spans}</w:tcPr>{inside}</w:tc>'
