"""The numbers in the fixed text of the book (chapters, notebooks, sentences): they disclose nothing."""

import json
from pathlib import Path

from navbook.disclosure.audit.scan_numbers import numbers_in
from navbook.runtime.paths import PACKAGE, own_files

# the sources of the text that readers see; book/sider is written by a build and is not one of them
CHAPTERS = ("book/*.md", "book/metode/*.md", "book/_templates/*.html", "data/filer.yml")
SENTENCES = ("pages/**/*.py", "pages/**/*.yml", "pages/**/*.j2")
NOTEBOOKS = "notebooks/sider/*.ipynb"


def boilerplate_numbers() -> frozenset[str]:
    """Return every number in the hand-written text of the book and in the names of its files (`404.html`), in
    the form the audit searches for.
    """
    chapters = own_files(*CHAPTERS)
    sentences = [path for pattern in SENTENCES for path in PACKAGE.glob(pattern)]
    texts = [path.read_text(encoding="utf-8") for path in (*chapters.values(), *sentences)]
    texts += [Path(name).stem for name in chapters]
    texts += [_source_text(path) for path in own_files(NOTEBOOKS).values()]
    return frozenset().union(*map(numbers_in, texts))


def _source_text(notebook: Path) -> str:
    """Return the source of a notebook's cells without outputs, which hold numbers of some edition."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)
