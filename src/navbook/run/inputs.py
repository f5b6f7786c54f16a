"""Digests of the inputs of a build: the extract, the program with its data files, and the project."""

import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from navbook.extract.files import find_files
from navbook.extract.manifest import NAME as MANIFEST
from navbook.extract.schema import side_tables
from navbook.runtime import files_digest, json_digest, named_files_digest, project_files, source_digest
from navbook.runtime.paths import LOCKFILE, PACKAGE, SOURCE, own_files

# The letters are not part of the program: what depends on a letter has that letter in its key.
CODE_LISTS = ("data/kodelister/*.csv", "data/*.yml", "data/*.mplstyle")
PROJECT_FILES = ("_config.yml", "_toc.yml", "data/**/*", "book/**/*", "notebooks/*/*.ipynb")


def tables_digest(extract: Path) -> str:
    """The digest of the manifest and the tables of an extract, without comments and side tables."""
    tables = [path for name, path in find_files(extract).tables.items() if name not in side_tables()]
    return files_digest(sorted([extract / MANIFEST, *tables]), extract)


def program_digest(*modules: str, notebooks: Iterable[Path] = ()) -> str:
    """The digest of the source that these modules depend on, code lists, settings and the lockfile."""
    files = _data_digest(), named_files_digest({notebook.name: notebook for notebook in notebooks})
    return json_digest(source_digest(*modules), files, sys.version_info[:3])


@cache
def _data_digest() -> str:
    """Kept for the life of the process, as the source that reads these files is."""
    return named_files_digest({**own_files(*CODE_LISTS), LOCKFILE.name: LOCKFILE})


def all_inputs_digest(extract: Path) -> str:
    """The digest of everything that a book is made from: every file of the extract and of the project."""
    project = {place: path for place, path in own_files(*PROJECT_FILES).items() if not _generated(place)}
    source = [*project_files(PACKAGE), LOCKFILE]
    given = [path for path in project_files(extract) if path.relative_to(extract).parts[0] != "fasit"]
    program = named_files_digest({str(path.relative_to(SOURCE.parent)): path for path in source})
    return json_digest(
        program, named_files_digest(project), files_digest(given, extract), sys.version_info[:3]
    )


def _generated(place: str) -> bool:
    """Whether a build, a notebook server or an editor made the file."""
    parts = place.split("/")
    return parts[:2] == ["book", "sider"] or any(part.startswith((".", "__pycache__")) for part in parts)
