"""Writes an HTML tree as a Word document: heading styles, table heads that repeat, captions, Norwegian."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml.html import HtmlElement

LANGUAGE = "nb-NO"
# Word cannot date a part of a file before this
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SPACES = re.compile(r"[ \t\r\n]+")
# what a document has no use for: figures are on the page, and hints for screen readers repeat the table
_LEFT_OUT = {"svg", "script", "style", "figure"}
_INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "br"}
_LIST_STYLES = {"ul": "List Bullet", "ol": "List Number"}
_WRITING = "nb-skriv"
# the last part of a chapter: links to other pages, which lead nowhere from a document
_LINKS = "Les videre"


def docx_bytes(tree: HtmlElement, title: str, made: datetime) -> bytes:
    """The document as bytes; the same tree, title and time give the same bytes.

    A4 on its side, since tables have up to seven columns. `made` is written as the time of creation.
    """
    document = Document()
    _set_up(document, title, made)
    for element in _without_links(tree):
        _write_block(document, element)
    stream = io.BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _without_links(tree: HtmlElement) -> list[HtmlElement]:
    """The parts of a chapter before its own links; a county may have written the same heading above them."""
    parts = list(tree)
    heads = [place for place, part in enumerate(parts) if part.tag == "h2" and _text(part) == _LINKS]
    return parts[: heads[-1]] if heads else parts


def _set_up(document: Any, title: str, made: datetime) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.6)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    normal.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title, properties.language, properties.author = title, LANGUAGE, "navbook"
    properties.created = properties.modified = made
    properties.comments = ""


def _write_block(document: Any, element: HtmlElement) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _LEFT_OUT:
        return
    if re.fullmatch("h[1-6]", tag):
        document.add_heading(_text(element), level=min(int(tag[1]), 4))
    elif tag == "table":
        _write_table(document, element)
    elif tag in _LIST_STYLES:
        for item in element.iter("li"):
            _write_runs(document.add_paragraph(style=_LIST_STYLES[tag]), item)
    elif tag == "blockquote":
        for part in element if len(element) else [element]:
            _write_runs(document.add_paragraph(style="Quote"), part)
    elif _is_paragraph(element):
        if _text(element):
            _write_runs(document.add_paragraph(), element)
        if element.get("class") == _WRITING:
            document.add_paragraph()
    else:
        for child in element:
            _write_block(document, child)


def _is_paragraph(element: HtmlElement) -> bool:
    """Whether an element holds words and nothing that is a block of its own."""
    return element.tag in ("p", "summary") or all(child.tag in _INLINE for child in element)


def _write_runs(paragraph: Any, element: HtmlElement) -> None:
    """The words of an element as runs, bold where they are `<strong>`."""
    for words, bold in _runs(element, bold=False):
        paragraph.add_run(words).bold = bold or None


def _runs(element: HtmlElement, bold: bool) -> Iterator[tuple[str, bool]]:
    bold = bold or element.tag in ("strong", "b")
    if element.text:
        yield _SPACES.sub(" ", element.text), bold
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            if child.tag == "br":
                yield "\n", bold
            yield from _runs(child, bold)
        if child.tail:
            yield _SPACES.sub(" ", child.tail), bold


def _text(element: HtmlElement) -> str:
    return _SPACES.sub(" ", "".join(words for words, _ in _runs(element, bold=False))).strip()


def _write_table(document: Any, element: HtmlElement) -> None:
    """A captioned table; the rows of its head repeat on each page, and no row is split between pages."""
    caption = element.find("caption")
    title = "" if caption is None else _text(caption)
    if title:
        document.add_paragraph(title, style="Caption").paragraph_format.keep_with_next = True
    rows = list(_rows(element))
    width = max((sum(span for _, span in cells) for cells, _ in rows), default=0)
    if not width:
        return
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    _describe(table, title)
    for cells, is_head in rows:
        _write_row(table.add_row(), cells, is_head)
    _widen_first_column(table, document.sections[0])
    document.add_paragraph()


def _rows(element: HtmlElement) -> Iterator[tuple[list[tuple[HtmlElement | None, int]], bool]]:
    """Each row as (cell, columns it spans), None under a cell that spans rows; and whether it is a head."""
    below: dict[int, int] = {}
    for row in element.iter("tr"):
        cells: list[tuple[HtmlElement | None, int]] = []
        place = 0
        for cell in (part for part in row if part.tag in ("td", "th")):
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


def _write_row(row: Any, cells: list[tuple[HtmlElement | None, int]], is_head: bool) -> None:
    _mark(row._tr.get_or_add_trPr(), "w:cantSplit")
    if is_head:
        _mark(row._tr.get_or_add_trPr(), "w:tblHeader")
    place = 0
    for cell, span in cells:
        target = row.cells[place]
        if span > 1:
            target = target.merge(row.cells[place + span - 1])
        if cell is not None:
            paragraph = target.paragraphs[0]
            _write_runs(paragraph, cell)
            if is_head:
                for run in paragraph.runs:
                    run.bold = True
            if "nb-tall" in (cell.get("class") or "").split():
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        place += span


def _widen_first_column(table: Any, section: Any) -> None:
    """Give the column of names the room of two."""
    room = section.page_width - section.left_margin - section.right_margin
    unit = room // (len(table.columns) + 1)
    for place, column in enumerate(table.columns):
        for cell in column.cells:
            cell.width = 2 * unit if place == 0 else unit


def _describe(table: Any, title: str) -> None:
    """Give a table its alternative text, and say that its first row and column are heads."""
    properties = table._tbl.tblPr
    for name in ("w:tblCaption", "w:tblDescription"):
        described = OxmlElement(name)
        described.set(qn("w:val"), title)
        properties.append(described)


def _mark(properties: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _without_times(content: bytes) -> bytes:
    """The same archive with its parts in order and all of one date."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(name))
    return stream.getvalue()
