"""The files that other machines need to make pages, in one zip: edition and notebooks, never an extract."""

import io
import platform
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from navbook.book.execution.page_keys import PAGE_SOURCE
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.settings import ExecutionSettings
from navbook.edition.schema import MANIFEST
from navbook.runtime import LOCKFILE, source_digest

EDITIONS = "utgaver"


def pack(tasks: Sequence[PageTask], settings: ExecutionSettings) -> tuple[bytes, list[PageTask]]:
    """The editions and notebooks that the tasks name, as one zip file, and the tasks with paths in it."""
    notebooks = {notebook: place for place, notebook in enumerate(dict.fromkeys(t.notebook for t in tasks))}
    places = {notebook: Path("notebooks", str(n), notebook.name) for notebook, n in notebooks.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for notebook, place in places.items():
            archive.write(notebook, place.as_posix())
        for edition in _editions(tasks, settings):
            for path in sorted(path for path in edition.rglob("*") if path.is_file()):
                archive.write(path, f"{EDITIONS}/{edition.name}/{path.relative_to(edition).as_posix()}")
    return stream.getvalue(), [replace(task, notebook=places[task.notebook]) for task in tasks]


def unpack(bundle: bytes, folder: Path) -> None:
    """Extract the bundle's files to `folder`."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        archive.extractall(folder)


def versions() -> dict[str, str]:
    """What decides the bytes of a page on this machine: Python, navbook's source, each locked package."""
    found = {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "navbook's source": source_digest(*PAGE_SOURCE)[:12],
    }
    for line in LOCKFILE.read_text(encoding="utf-8").splitlines():
        name = line.partition("==")[0].strip()
        if name and not name.startswith(("#", "-")):
            found[name] = _installed(name)
    return found


def differences(here: dict[str, str], there: dict[str, str]) -> list[str]:
    """`name (here, there)` for everything that differs between two machines, by name."""
    names = sorted(here.keys() | there.keys())
    pairs = [(name, here.get(name, "missing"), there.get(name, "missing")) for name in names]
    return [f"{name} ({ours}, {theirs})" for name, ours, theirs in pairs if ours != theirs]


def _editions(tasks: Sequence[PageTask], settings: ExecutionSettings) -> list[Path]:
    # Only the editions that pages name: a build in progress has other folders there too.
    if settings.edition_root is None:
        return []
    named: set[Any] = {task.parameters.get("utgave") for task in tasks}
    return [
        path for path in sorted(settings.edition_root.iterdir()) if path.name in named and _is_edition(path)
    ]


def _is_edition(path: Path) -> bool:
    return (path / MANIFEST).is_file()


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
