"""The pages that a build stores in the project, in `book/sider/`, for plain Jupyter Book."""

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from navbook.runtime import TempDir, file_digest, replaced_folder
from navbook.runtime.errors import UsageError
from navbook.runtime.links import first_link

RECORD = ".navbook.json"
# in the folders of an older navbook, which wrote no record
_METADATA = "sider.json"


@contextlib.contextmanager
def stored_pages(generated: Path, target: Path) -> Iterator[None]:
    """Put the folder `generated` in the place of `target`, with a record of its files.

    If the block raises, the older pages are put back.
    """
    digests = {place: file_digest(path) for place, path in _files(generated).items()}
    (generated / RECORD).write_text(json.dumps(digests, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    with TempDir(".sider-", target.parent) as folder:
        # Moved, or copied if the site is built on another disk than the project.
        moved = Path(shutil.move(generated, folder / target.name))
        with replaced_folder(moved, target):
            yield


def refuse_own_pages(stored: Path) -> None:
    """Raise UsageError if the folder that a build replaces holds a file that no build wrote, or is a link."""
    if first_link([stored]):
        raise UsageError(f"{stored} is a link, and a build puts a folder there: move it away.")
    if foreign := _foreign(stored):
        raise UsageError(
            f"{stored / foreign} is not as a build wrote it, and a build replaces {stored}: "
            "move the file to another folder of the book."
        )


def _foreign(stored: Path) -> str:
    """A file that was added or changed; empty if there is none. Names that begin with a dot do not count."""
    files = _files(stored)
    if not files:
        return ""
    try:
        recorded = json.loads((stored / RECORD).read_text(encoding="utf-8"))
        changed = [place for place, path in files.items() if recorded.get(place) != _digest(path)]
        return min(changed, default="")
    except FileNotFoundError:
        return "" if _METADATA in files else min(files)
    except (OSError, ValueError, AttributeError, RecursionError):
        return min(files)


def _digest(path: Path) -> str:
    return file_digest(path) if path.is_file() and not path.is_symlink() else "no file"


def _files(folder: Path) -> dict[str, Path]:
    """The files and links below a folder by their path in it, without names that begin with a dot."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    places = {path.relative_to(folder): path for path in found}
    return {
        place.as_posix(): path
        for place, path in places.items()
        if not any(part.startswith(".") for part in place.parts)
    }
