"""Every name of a module that is written as text names a module that exists: digests, entry points, rules."""

import ast
import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest

from navbook.runtime import source_digest
from navbook.runtime.paths import PROJECT

# a room, a module, perhaps a function of it
NAME = re.compile(r"(?<![\w.])navbook(?:\.[a-z_][a-z0-9_]*)+")


def exists(name: str) -> bool:
    """A module, or an attribute of one."""
    parts = name.split(".")
    for size in range(len(parts), 1, -1):
        module = ".".join(parts[:size])
        try:
            found = importlib.util.find_spec(module) is not None
        except ModuleNotFoundError:
            continue
        if found:
            loaded = importlib.import_module(module) if size < len(parts) else None
            return size == len(parts) or (size == len(parts) - 1 and hasattr(loaded, parts[-1]))
    return False


def in_strings(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return {name for text in texts for name in NAME.findall(text)}


def in_notebook(path: Path) -> set[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {name for cell in cells for name in NAME.findall("".join(cell["source"]))}


SOURCES = [path for folder in ("src", "tests", "bench") for path in sorted((PROJECT / folder).rglob("*.py"))]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*/*.ipynb"))
PROSE = [
    PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "Makefile", "_config.yml", "pyproject.toml")
]
PROSE += sorted((PROJECT / "docs").rglob("*.md"))


@pytest.mark.parametrize("folder", ["src", "tests", "bench"])
def test_modules_named_in_strings_of_the_source_exist(folder: str) -> None:
    named = {
        (path, name) for path in SOURCES if path.is_relative_to(PROJECT / folder) for name in in_strings(path)
    }
    missing = {f"{path.relative_to(PROJECT)}: {name}" for path, name in named if not exists(name)}
    assert missing <= {"tests/unit/test_module_names.py: navbook.nope"}


def test_modules_named_in_notebooks_and_documents_exist() -> None:
    named = {(path, name) for path in NOTEBOOKS for name in in_notebook(path)}
    named |= {(path, name) for path in PROSE for name in NAME.findall(path.read_text(encoding="utf-8"))}
    missing = {f"{path.relative_to(PROJECT)}: {name}" for path, name in named if not exists(name)}
    assert not missing


def test_files_of_the_package_named_in_documents_exist() -> None:
    named = {
        (path, place)
        for path in [*PROSE, *SOURCES]
        for place in re.findall(r"src/navbook/[\w/]+\.\w+", path.read_text(encoding="utf-8"))
    }
    assert not {
        f"{path.relative_to(PROJECT)}: {place}" for path, place in named if not (PROJECT / place).is_file()
    }


def test_entry_points_and_import_rules_name_what_exists() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    entries = [settings["project"]["scripts"].values()]
    entries += [group.values() for group in settings["project"]["entry-points"].values()]
    names = {entry.replace(":", ".") for group in entries for entry in group}
    for contract in settings["tool"]["importlinter"]["contracts"]:
        for key in ("source_modules", "forbidden_modules", "modules", "layers"):
            names |= {
                part.strip(" ()") for value in contract.get(key, []) for part in re.split("[|:]", value)
            }
    assert names
    assert not {name for name in names if name.startswith("navbook.") and not exists_any_case(name)}


def exists_any_case(name: str) -> bool:
    """As `exists`, for a name whose last part may be a class."""
    module, _, last = name.rpartition(".")
    return exists(name) or (exists(module) and hasattr(importlib.import_module(module), last))


def test_the_digest_of_no_module_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no module is called navbook\.nope"):
        source_digest("navbook.nope")
