"""The numbers that stand in every book, whatever its figures: chapters, notebooks, printed sentences."""

import json
from pathlib import Path

from navbook.disclosure.audit.scan_numbers import numbers_in
from navbook.paths import PROJECT

# where a reader's words are written; what a build puts under book/sider is no source
SOURCES = ("book/*.md", "book/metode/*.md", "book/_templates/*.html", "src/navbook/pages/**/*.py")
NOTEBOOKS = "notebooks/sider/*.ipynb"


def ordinary_numbers(project: Path = PROJECT) -> frozenset[str]:
    """Every number in the hand-written text of the book, in the form the audit looks for."""
    texts = [path.read_text(encoding="utf-8") for pattern in SOURCES for path in project.glob(pattern)]
    texts += [_written(path) for path in project.glob(NOTEBOOKS)]
    return frozenset().union(*map(numbers_in, texts))


def _written(notebook: Path) -> str:
    """The source of a notebook's cells: what it showed of some edition is no ordinary number."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)
