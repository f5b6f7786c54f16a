"""A digest of source code: of some modules and of every module of navbook that they import, near or far."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from navbook.paths import PROJECT

PACKAGE = "navbook"
SOURCE = PROJECT / "src"
LOCK = PROJECT / "requirements.txt"
_IMPORT = re.compile(r"^[ \t]*(?:from (navbook[\w.]*) import (\([^)]*\)|.*)|import (.*))$", re.M)
_NAME = re.compile(r"[A-Za-z_][\w.]*")


@cache
def source_digest(*modules: str, source: Path = SOURCE) -> str:
    """The SHA-256 of the source that these modules rest on, other files beside it included.

    As it was when a run first asked: the run goes on with what it has imported. Raises ValueError for a name
    that is no module, since the digest of nothing never changes and would keep every stale cache entry.
    """
    for module in modules:
        if _place(module, source) is None:
            raise ValueError(f"no module is called {module}, so it has no source to make a digest of")
    known: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in known:
            known.add(module)
            waiting.extend(_imports(module, source))
    return files_digest(sorted({path for module in known for path in _files(module, source)}), source)


def files_digest(paths: list[Path], root: Path) -> str:
    """The SHA-256 of some files by their place under `root`; one that is missing counts as missing."""
    every = hashlib.sha256()
    for path in paths:
        content = path.read_bytes() if path.is_file() else b""
        place = path.relative_to(root).as_posix()
        every.update(f"{place}\0{path.is_file()}\0{len(content)}\0".encode() + content)
    return every.hexdigest()


def folder_files(folder: Path) -> list[Path]:
    """Every file under a folder that is part of a project: no caches, nothing hidden."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(
        path
        for path in found
        if not any(part.startswith((".", "__pycache__")) for part in path.relative_to(folder).parts)
    )


def _place(module: str, source: Path) -> Path | None:
    path = source.joinpath(*module.split("."))
    for file in (path / "__init__.py", path.with_suffix(".py")):
        if file.is_file():
            return file
    return None


def _files(module: str, source: Path) -> Iterator[Path]:
    file = _place(module, source)
    if file is not None:
        yield file
        if file.name == "__init__.py":
            yield from (beside for beside in file.parent.iterdir() if beside.suffix not in {".py", ""})


@cache
def _imports(module: str, source: Path) -> tuple[str, ...]:
    """The modules of navbook that a module names in an import, wherever in it that stands."""
    file = _place(module, source)
    if file is None:
        return ()
    found = {module.rpartition(".")[0]}
    # Read as text: to parse every file takes longer than all else that a build without changes does.
    for parent, inside, alone in _IMPORT.findall(file.read_text(encoding="utf-8")):
        found.update(_NAME.findall(alone))
        found.update([parent, *(f"{parent}.{name}" for name in _NAME.findall(inside))] if parent else [])
    return tuple(sorted(name for name in found if name.split(".")[0] == PACKAGE))
