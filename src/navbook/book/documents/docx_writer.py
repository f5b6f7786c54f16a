"""Writes an HTML tree as a Word document: heading styles, table heads that repeat, captions, Norwegian.

python-docx makes everything but the text (`skeleton`). The text is written as XML: a book has a document for
each office, and python-docx needs ten times as long for a table.
"""

import io
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

from lxml import etree
from lxml.html import HtmlElement

from navbook.book.documents.body_xml import body_xml
from navbook.book.documents.skeleton import BODY, CORE, DOCUMENT, TITLE, skeleton

# Word cannot date a part of a file before this
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx_bytes(tree: HtmlElement, title: str, made: datetime) -> bytes:
    """The document as bytes; the same tree, title and time give the same bytes.

    `made` is written as the time of creation. Raises XMLSyntaxError for characters that XML cannot hold.
    """
    parts = dict(skeleton(made))
    parts[DOCUMENT] = parts[DOCUMENT].replace(BODY, body_xml(tree).encode(), 1)
    parts[CORE] = parts[CORE].replace(TITLE.encode(), escape(title).encode(), 1)
    for name in (DOCUMENT, CORE):
        etree.fromstring(parts[name])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(part, content)
    return stream.getvalue()
