"""What earlier runs found in the very same files, kept in `privat/cache`: as private as the extract."""

import contextlib
import hashlib
import json
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from navbook.extract.check import TableCheck, check_tables
from navbook.extract.files import find_files
from navbook.extract.manifest import NAME as MANIFEST
from navbook.extract.report import Problem
from navbook.paths import DATA, PROJECT
from navbook.runtime import LOCKFILE, SOURCE, files_digest, project_files, source_digest

# The letters are no part of the program: what is made by one has that one in its key.
CODE_LISTS = ("kodelister/*.csv", "*.yml")
Made = TypeVar("Made")


def digest(*parts: Any) -> str:
    """The SHA-256 of plain values."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def tables_digest(extract: Path) -> str:
    """The SHA-256 of the manifest and the tables of an extract, without what lies beside them."""
    tables = [path for name, path in find_files(extract).tables.items() if name != "lokale_mal"]
    return files_digest(sorted([extract / MANIFEST, *tables]), extract)


def program_digest(*modules: str, notebooks: Iterable[Path] = ()) -> str:
    """The SHA-256 of the source that modules rest on, the code lists and settings, and the lockfile."""
    files = _lists_digest(DATA), files_digest([*notebooks], PROJECT)
    return digest(source_digest(*modules), files, sys.version_info[:3])


@cache
def _lists_digest(data: Path) -> str:
    """As they were when a run first asked, like the source that reads them."""
    lists = sorted(path for pattern in CODE_LISTS for path in data.glob(pattern))
    return files_digest([*lists, LOCKFILE], PROJECT)


def everything_digest(extract: Path) -> str:
    """The SHA-256 of all that a book is made from: every file of the extract and of the project."""
    project = [*project_files(SOURCE), *project_files(DATA), LOCKFILE]
    project += [PROJECT / name for name in ("_config.yml", "_toc.yml")]
    project += (PROJECT / "notebooks").glob("*/*.ipynb")
    chapters = PROJECT / "book"
    project += [path for path in project_files(chapters) if path.relative_to(chapters).parts[0] != "sider"]
    given = [path for path in project_files(extract) if path.relative_to(extract).parts[0] != "fasit"]
    return digest(files_digest(sorted(project), PROJECT), files_digest(given, extract), sys.version_info[:3])


class Memory:
    """Notes under a private folder, each with the key of what it was made from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, name: str, key: str) -> Any:
        """The note of that name if it was made from the same things, else None."""
        try:
            note = json.loads(self._file(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return note["note"] if note.get("key") == key else None

    def note(self, name: str, key: str, content: Any) -> None:
        """Keep `content` (plain data) under a name, in the place of an older note."""
        file = self._file(name)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = file.with_name(f".{file.name}")
        unfinished.write_text(json.dumps({"key": key, "note": content}), encoding="utf-8")
        unfinished.replace(file)

    def made(self, name: str, key: str, make: Callable[[], Made]) -> Made:
        """What `make` gave for the same key before, else what it gives now; any value that pickles."""
        file = self._folder / f"{name}.pickle"
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError), file.open("rb") as stream:
            if pickle.load(stream) == key:
                found: Made = pickle.load(stream)
                return found
        content = make()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = file.with_name(f".{file.name}")
        with unfinished.open("wb") as stream:
            pickle.dump(key, stream)
            pickle.dump(content, stream, protocol=pickle.HIGHEST_PROTOCOL)
        unfinished.replace(file)
        return content

    def written(self, name: str, key: str, path: Path, write: Callable[[], object]) -> None:
        """Let `write` write a file, unless what lies there is what it wrote for the same key before."""
        if path.is_file() and self.recall(name, key) == files_digest([path], path.parent):
            return
        write()
        self.note(name, key, files_digest([path], path.parent))

    @contextlib.contextmanager
    def answers(self, name: str, key: str) -> Iterator[dict[str, Any]]:
        """What was found under a name for the same key, by keys of its own; what is put in is kept."""
        file = self._folder / f"{name}.pickle"
        found: dict[str, Any] = {}
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError), file.open("rb") as stream:
            if pickle.load(stream) == key:
                found = pickle.load(stream)
        before = set(found)
        yield found
        if set(found) != before:
            unfinished = file.with_name(f".{file.name}")
            with unfinished.open("wb") as stream:
                pickle.dump(key, stream)
                pickle.dump(found, stream, protocol=pickle.HIGHEST_PROTOCOL)
            unfinished.replace(file)

    def check_tables(self, folder: Path) -> TableCheck:
        """What `check_tables` finds, from the note if the tables and the program are the same."""
        key = digest(tables_digest(folder), _local_goals(folder), program_digest("navbook.extract.check"))
        known = self.recall("kontroll", key)
        if known is not None:
            found = [Problem(**{**each, "keys": tuple(each["keys"])}) for each in known["found"]]
            return TableCheck(found, known["rows"], known["offices"])
        checked = check_tables(folder)
        self.note("kontroll", key, asdict(checked))
        return checked

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def _local_goals(folder: Path) -> str:
    return files_digest(sorted(folder.glob("lokale_mal.*")), folder)
