"""Writes the documents of an edition: the report of each county."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from navbook.book.documents.content import chapter_tree
from navbook.book.documents.docx_writer import docx_bytes
from navbook.edition import Edition

# generated chapters that are also documents: an address is the folder and the number of a unit
FOLDERS = ("rapport", "plan")


def write_documents(edition: Edition, chapters: Mapping[str, str], folder: Path) -> list[Path]:
    """Write `folder/<kind>/<number>.docx` for each report of `chapters`, and return the files.

    A document has the words and numbers of the chapter. Its time is the day of the extract.
    """
    made = datetime.fromisoformat(edition.utgave["uttrekksdato"])
    written = []
    for address, markdown in chapters.items():
        kind, _, number = address.partition("/")
        if kind in FOLDERS and number.isdigit():
            tree = chapter_tree(markdown)
            title = tree.findtext("h1") or address
            path = folder / kind / f"{number}.docx"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(docx_bytes(tree, title, made))
            written.append(path)
    return written
