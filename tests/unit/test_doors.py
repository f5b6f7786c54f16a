"""Rooms whose door lists modules are entered by these modules only."""

import ast
import importlib
from pathlib import Path

import pytest

from navbook.runtime.paths import PROJECT

ROOMS = (
    "navbook.book",
    "navbook.book.execution",
    "navbook.book.execution.warm",
    "navbook.book.site",
    "navbook.book.release",
    "navbook.run",
)


def imported_from_outside(room: str) -> set[str]:
    """The first name under the room of every import in a file outside it."""
    inside = PROJECT / "src" / Path(*room.split("."))
    found = set()
    for path in sorted((PROJECT / "src").rglob("*.py")):
        if path.is_relative_to(inside):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names += [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {
                name.removeprefix(f"{room}.").partition(".")[0]
                for name in names
                if name.startswith(f"{room}.")
            }
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_others_import_what_the_door_lists(room: str) -> None:
    door = importlib.import_module(room)
    listed = set(door.__all__)
    assert imported_from_outside(room) <= listed
    for name in listed:
        importlib.import_module(f"{room}.{name}")
    assert 1 < len((door.__doc__ or "").strip().splitlines()) <= 10
