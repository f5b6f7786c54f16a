"""Navbook's own files: data, notebooks, hand-written chapters and settings of the book.

A wheel carries them in `navbook/project`; in a clone they are in its top folder. A project folder that you
stand in, or below, overrides them file by file: a file that it lacks is taken from the package.
"""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
SOURCE = PACKAGE.parent
# in a wheel the files lie inside the package, in a clone above `src`
PACKAGED = PACKAGE / "project" if (PACKAGE / "project").is_dir() else SOURCE.parent
DATA = PACKAGED / "data"
NOTEBOOKS = PACKAGED / "notebooks"
BOOK = PACKAGED / "book"
LOCKFILE = PACKAGED / "requirements.txt"

# tells child processes, which run in other folders, which project folder the command was started in
VARIABLE = "NAVBOOK_PROSJEKT"
_SETTINGS = "_config.yml"
# the Sphinx extension that the settings of a book of navbook name, and no other Jupyter Book
_MARK = "navbook.book.site.extension"


def _project() -> Path:
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if is_project(folder):
            return folder
    return PACKAGED


def is_project(folder: Path) -> bool:
    """Whether a folder is a project of navbook: a clone, or one that `navbook ny` made."""
    try:
        return _MARK in (folder / _SETTINGS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


PROJECT = _project()
if PROJECT != PACKAGED:
    os.environ[VARIABLE] = str(PROJECT)


def own_file(place: str) -> Path:
    """The file or folder at a place such as `data/demo.yml`: of the project folder, else of the package."""
    path = PROJECT / place
    return path if path.exists() else PACKAGED / place


def own_files(*patterns: str) -> dict[str, Path]:
    """The files that match, by place (such as `data/letters/2022.yml`), in order of their places."""
    found = {
        path.relative_to(root).as_posix(): path
        for root in (PACKAGED, PROJECT)
        for pattern in patterns
        for path in root.glob(pattern)
        if path.is_file()
    }
    return dict(sorted(found.items()))
