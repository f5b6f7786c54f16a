"""The folder of a demo: a new demo replaces an earlier one when it is complete, and nothing else.

A record in the folder names every file that the demo wrote, with its digest. Files that are not in it, or
that were changed since, are the user's.
"""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from navbook.extract.manifest import NAME as MANIFEST
from navbook.runtime import TempDir, atomic_write, file_digest
from navbook.runtime.errors import UsageError
from navbook.runtime.temp_dirs import LOCK

RECORD = ".navbook-demo.json"
_UNFINISHED = ".demo-"


@contextlib.contextmanager
def replaced_demo(folder: Path) -> Iterator[Path]:
    """A folder to write a demo in, which replaces the one in `folder` when the block ends without an error.

    Raises UsageError, and changes nothing, if `folder` holds a file that no demo wrote or that was changed
    since, or if another process is making a demo there.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a new folder for the demo")
    _refuse_foreign_files(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with TempDir(_UNFINISHED, folder) as unfinished:
        if len(list(folder.glob(f"{_UNFINISHED}*"))) > 1:
            raise UsageError(f"another process makes a demo in {folder}: wait for it, or name a new folder")
        yield unfinished
        # again, since making a demo takes time
        earlier = _refuse_foreign_files(folder)
        _replace(folder, earlier, unfinished)


def _refuse_foreign_files(folder: Path) -> list[Path]:
    """The files of the earlier demo in a folder; raises UsageError if there are others."""
    recorded = _recorded(folder)
    found = [path for path in _files(folder) if path != folder / RECORD]
    for path in found:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or name not in recorded:
            problem = "which no demo wrote"
        elif file_digest(path) != recorded[name]:
            problem = "which was changed after the demo was made"
        else:
            continue
        raise UsageError(f"{folder} holds {name}, {problem}: name a new folder, or move the file away")
    return found


def _files(folder: Path) -> list[Path]:
    """Every file and link under a folder, sorted, except those of unfinished demos."""
    return sorted(
        path
        for path in folder.rglob("*")
        if (path.is_symlink() or not path.is_dir())
        and not path.relative_to(folder).parts[0].startswith(_UNFINISHED)
    )


def _recorded(folder: Path) -> dict[str, str]:
    try:
        content = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return {str(name): str(digest) for name, digest in content.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _replace(folder: Path, earlier: list[Path], unfinished: Path) -> None:
    """Remove the files of the earlier demo and move the new ones; the folder is no extract meanwhile.

    After a kill at any moment the record names every file that is there.
    """
    for path in sorted(earlier, key=lambda path: path != folder / MANIFEST):
        path.unlink()
    new = [path.relative_to(unfinished) for path in _files(unfinished) if path != unfinished / LOCK]
    with atomic_write(folder / RECORD) as record:
        digests = {name.as_posix(): file_digest(unfinished / name) for name in new}
        record.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
    for name in sorted(new, key=lambda name: name == Path(MANIFEST)):
        (folder / name).parent.mkdir(exist_ok=True)
        (unfinished / name).replace(folder / name)
