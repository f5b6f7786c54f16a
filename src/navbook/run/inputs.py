"""Digests of the inputs of a build: the extract, the program with its data files, and the project."""

import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from navbook.extract.files import find_files
from navbook.extract.manifest import NAME as MANIFEST
from navbook.paths import DATA, PROJECT
from navbook.runtime import LOCKFILE, SOURCE, files_digest, json_digest, project_files, source_digest

# The letters are not part of the program: what depends on a letter has that letter in its key.
CODE_LISTS = ("kodelister/*.csv", "*.yml", "*.mplstyle")


def tables_digest(extract: Path) -> str:
    """The digest of the manifest and the tables of an extract, without local targets and comments."""
    tables = [path for name, path in find_files(extract).tables.items() if name != "lokale_mal"]
    return files_digest(sorted([extract / MANIFEST, *tables]), extract)


def program_digest(*modules: str, notebooks: Iterable[Path] = ()) -> str:
    """The digest of the source that these modules depend on, code lists, settings and the lockfile."""
    files = _data_digest(DATA), files_digest([*notebooks], PROJECT)
    return json_digest(source_digest(*modules), files, sys.version_info[:3])


@cache
def _data_digest(data: Path) -> str:
    """Kept for the life of the process, as the source that reads these files is."""
    lists = sorted(path for pattern in CODE_LISTS for path in data.glob(pattern))
    return files_digest([*lists, LOCKFILE], PROJECT)


def all_inputs_digest(extract: Path) -> str:
    """The digest of everything that a book is made from: every file of the extract and of the project."""
    project = [*project_files(SOURCE), *project_files(DATA), LOCKFILE]
    project += [PROJECT / name for name in ("_config.yml", "_toc.yml")]
    project += (PROJECT / "notebooks").glob("*/*.ipynb")
    chapters = PROJECT / "book"
    project += [path for path in project_files(chapters) if path.relative_to(chapters).parts[0] != "sider"]
    given = [path for path in project_files(extract) if path.relative_to(extract).parts[0] != "fasit"]
    digests = files_digest(sorted(project), PROJECT), files_digest(given, extract)
    return json_digest(digests, sys.version_info[:3])
