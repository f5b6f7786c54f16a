"""Links where navbook writes. They are refused: they lead to a folder that another run may be using, or to a
file of the user.
"""

from collections.abc import Iterable
from pathlib import Path


def first_link(places: Iterable[Path]) -> Path | None:
    """The first of some files and folders that is a link, in order of their names; None if none is."""
    return min((place for place in places if place.is_symlink()), default=None)


def content_of(folder: Path) -> list[Path]:
    """The files and folders of a folder; none if it is no folder, or is a link."""
    return list(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []
