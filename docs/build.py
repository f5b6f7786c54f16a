"""Build the documentation into _build/docs. Every warning of Sphinx is an error, and nothing is fetched."""

import sys
from pathlib import Path

from navbook.book.site.sphinx_build import run_sphinx
from navbook.runtime.errors import NavbookError, UsageError

DOCS = Path(__file__).resolve().parent
BUILD = DOCS.parent / "_build"


# files that Sphinx leaves in a site and in its doctrees
MARKS = ("objects.inv", "environment.pickle")


def build(site: Path, doctrees: Path) -> None:
    """Write the site; raises PageFailed with every warning, and UsageError for a folder of something else."""
    for folder, mark in zip((site, doctrees), MARKS, strict=True):
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file: move it away.")
        if folder.is_dir() and any(folder.iterdir()) and not (folder / mark).is_file():
            raise UsageError(f"{folder} holds files that are no documentation: move them away.")
    run_sphinx(DOCS, site, doctrees, source_date_epoch=0, pages=1)


if __name__ == "__main__":
    try:
        build(BUILD / "docs", BUILD / ".docs")
    except NavbookError as failure:
        print(failure, file=sys.stderr)
        sys.exit(failure.exit_code)
    print(f"Documentation: {BUILD / 'docs' / 'index.html'}")
