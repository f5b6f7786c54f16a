"""Every package that the source imports is declared in pyproject.toml, and pinned in the lockfile."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from navbook.runtime.paths import PROJECT

SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = ("dask", "spark")


def name_of(requirement: str) -> str:
    """The normalised name of a requirement: `ibis-framework[duckdb]>=12` gives `ibis-framework`."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()


def imported() -> dict[str, str]:
    """Top-level package that is imported -> one file that imports it."""
    found: dict[str, str] = {}
    for path in sorted((PROJECT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                found.setdefault(name.partition(".")[0], str(path.relative_to(PROJECT)))
    return {name: file for name, file in found.items() if name not in {*sys.stdlib_module_names, "navbook"}}


def test_every_imported_package_is_declared() -> None:
    declared = {name_of(text) for text in SETTINGS["dependencies"]}
    declared |= {name_of(text) for extra in EXTRAS for text in SETTINGS["optional-dependencies"][extra]}
    provided_by = packages_distributions()
    # an extra that is not installed here has the name of its package
    missing = {
        f"{file}: {package}"
        for package, file in imported().items()
        if not {name_of(name) for name in provided_by.get(package, [package])} & declared
    }
    assert len(imported()) > 20
    assert not missing


@pytest.mark.parametrize(
    ("group", "lockfile"),
    [(None, "requirements.txt"), *((extra, f"requirements-{extra}.txt") for extra in EXTRAS)],
)
def test_every_declared_package_is_pinned(group: str | None, lockfile: str) -> None:
    declared = SETTINGS["dependencies"] if group is None else SETTINGS["optional-dependencies"][group]
    pinned = {
        name_of(line)
        for line in (PROJECT / lockfile).read_text(encoding="utf-8").splitlines()
        if re.match(r"[A-Za-z]", line)
    }
    assert {name_of(text) for text in declared} <= pinned


@pytest.mark.parametrize("lockfile", sorted(path.name for path in PROJECT.glob("requirements*.txt")))
def test_every_pinned_package_has_a_hash(lockfile: str) -> None:
    text = (PROJECT / lockfile).read_text(encoding="utf-8")
    packages = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert packages
    assert not [entry.splitlines()[0] for entry in packages if "--hash=sha256:" not in entry]


def test_packages_are_installed_by_their_hashes() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    installs = [
        line for line in makefile.splitlines() if " -r requirements" in line and "pip-audit" not in line
    ]
    assert len(installs) == 4
    assert all("--require-hashes" in line or "$(INSTALL)" in line for line in installs)
    assert "INSTALL = $(BIN)/uv pip install -q --require-hashes" in makefile
