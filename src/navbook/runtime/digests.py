"""SHA-256 digests: of plain values, of files, and of a module's source with all modules that it imports."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from navbook.runtime.paths import SOURCE

PACKAGE = "navbook"
_IMPORT = re.compile(r"^[ \t]*(?:from (navbook[\w.]*) import (\([^)]*\)|.*)|import (.*))$", re.M)
_NAME = re.compile(r"[A-Za-z_][\w.]*")


def json_digest(*parts: Any) -> str:
    """The digest of values that JSON can hold; the order of keys does not matter."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """The digest of a file's content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_digest(paths: Iterable[Path], root: Path) -> str:
    """The digest of files: their paths relative to `root`, their content, and whether they exist."""
    return named_files_digest({path.relative_to(root).as_posix(): path for path in paths})


def named_files_digest(files: Mapping[str, Path]) -> str:
    """The digest of files: their names here, their content, and whether they exist."""
    combined = hashlib.sha256()
    for place, path in files.items():
        content = path.read_bytes() if path.is_file() else b""
        combined.update(f"{place}\0{path.is_file()}\0{len(content)}\0".encode() + content)
    return combined.hexdigest()


def project_files(folder: Path) -> list[Path]:
    """Every file under a folder, sorted, without hidden files and bytecode caches."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(
        path
        for path in found
        if not any(part.startswith((".", "__pycache__")) for part in path.relative_to(folder).parts)
    )


@cache
def source_digest(*modules: str, source: Path = SOURCE) -> str:
    """The digest of the source of these modules and of every navbook module that they import, near or far.
    Files of a package that are not Python are included.

    The result is kept for the life of the process, which goes on with the source that it has imported. Raises
    ValueError for a name that is no module: the digest of nothing never changes and would keep every stale
    cache entry.
    """
    for module in modules:
        if _module_file(module, source) is None:
            raise ValueError(f"no module is called {module}, so it has no source to make a digest of")
    known: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in known:
            known.add(module)
            waiting.extend(_imports(module, source))
    return files_digest(sorted({path for module in known for path in _files(module, source)}), source)


def _module_file(module: str, source: Path) -> Path | None:
    path = source.joinpath(*module.split("."))
    for file in (path / "__init__.py", path.with_suffix(".py")):
        if file.is_file():
            return file
    return None


def _files(module: str, source: Path) -> Iterator[Path]:
    file = _module_file(module, source)
    if file is not None:
        yield file
        if file.name == "__init__.py":
            yield from (path for path in file.parent.iterdir() if path.suffix not in {".py", ""})


@cache
def _imports(module: str, source: Path) -> tuple[str, ...]:
    """The navbook modules that a module names in an import statement, at any depth of indentation."""
    file = _module_file(module, source)
    if file is None:
        return ()
    found = {module.rpartition(".")[0]}
    # Read as text: parsing every file takes longer than the rest of a build in which nothing has changed.
    for parent, inside, alone in _IMPORT.findall(file.read_text(encoding="utf-8")):
        found.update(_NAME.findall(alone))
        found.update([parent, *(f"{parent}.{name}" for name in _NAME.findall(inside))] if parent else [])
    return tuple(sorted(name for name in found if name.split(".")[0] == PACKAGE))
