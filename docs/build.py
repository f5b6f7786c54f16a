"""Build the documentation into _build/docs. Every warning of Sphinx is an error, and nothing is fetched."""

import sys
from pathlib import Path

from navbook.book.site.sphinx_build import run_sphinx
from navbook.runtime.errors import PageFailed

DOCS = Path(__file__).resolve().parent
BUILD = DOCS.parent / "_build"


def build(site: Path, doctrees: Path) -> None:
    """Write the site; raises PageFailed with every warning."""
    run_sphinx(DOCS, site, doctrees, source_date_epoch=0, pages=1)


if __name__ == "__main__":
    try:
        build(BUILD / "docs", BUILD / ".docs")
    except PageFailed as failure:
        sys.exit(str(failure))
    print(f"Documentation: {BUILD / 'docs' / 'index.html'}")
