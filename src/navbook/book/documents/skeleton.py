"""The parts of a Word document that do not depend on what it says: styles, page, properties."""

import io
import zipfile
from datetime import datetime
from functools import cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

LANGUAGE = "nb-NO"
# stands where a document has its title, and where it has its text
TITLE = "navbook-tittel"
BODY = b"<navbook-tekst/>"
DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
# width of the text in twentieths of a point: A4 on its side with margins of 1.8 cm
WIDTH = Cm(29.7 - 2 * 1.8).twips
# styles that the text uses, and those that Word wants for anything without one
TABLE_STYLES = {"TableGrid", "TableNormal"}
# a second copy of the styles for an old Word, and a picture of an empty page
_UNUSED = ("/stylesWithEffects", "/thumbnail")


@cache
def skeleton(made: datetime) -> dict[str, bytes]:
    """Name of a part → its bytes, in the order of the archive; `made` is the time of creation.

    A4 on its side, since tables have up to seven columns.
    """
    document = Document()
    _set_page(document)
    _set_styles(document)
    _set_properties(document, made)
    for owner in (document.part, document.part.package):
        for name, relation in list(owner.rels.items()):
            if relation.reltype.endswith(_UNUSED):
                del owner.rels[name]
    body = document.element.body
    body.insert(0, OxmlElement("w:p"))
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        names = sorted(archive.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        parts = {name: archive.read(name) for name in names}
    return parts | {DOCUMENT: parts[DOCUMENT].replace(b"<w:p/>", BODY, 1)}


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.6)


def _set_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    normal.element.get_or_add_rPr().append(language)
    for style in list(document.styles.element.iterchildren(qn("w:style"))):
        is_table = style.get(qn("w:type")) == "table"
        if is_table and style.get(qn("w:styleId")) not in TABLE_STYLES:
            document.styles.element.remove(style)


def _set_properties(document: Any, made: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.language, properties.author = TITLE, LANGUAGE, "navbook"
    properties.created = properties.modified = made
    properties.comments = ""
