"""The files in the folder of an extract: the tables, and what else is there."""

from dataclasses import dataclass, field
from pathlib import Path

from navbook.extract import manifest, schema
from navbook.extract.report import Problem, shown_value
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import PROJECT

# folders of texts that units write themselves, a file each
COMMENTS, PLANS, REPORTS = "kommentarer", "planer", "rapport"
_COUNTS = "tellinger"
# written next to the counts by `navbook count`; not read from a counts-only extract
_FORLOP = "tellinger_forlop.parquet"
_ENDINGS = (".parquet", ".csv")
# `fasit` holds the planted truths of a demo, `privat` is navbook's private folder
_IGNORED = {manifest.NAME, COMMENTS, PLANS, REPORTS, "fasit", "privat"}


# files that operating systems put in folders
_OF_THE_SYSTEM = {"Thumbs.db", "desktop.ini", "__MACOSX"}


def is_hidden(path: Path) -> bool:
    """Whether a file is one that an operating system or editor keeps for itself."""
    return path.name.startswith((".", "~$")) or path.name in _OF_THE_SYSTEM


@dataclass
class Files:
    """The table files of an extract, the problems of the folder, and whether it is counts-only."""

    tables: dict[str, Path]
    counts_only: bool
    found: list[Problem] = field(default_factory=list)

    @property
    def expected(self) -> dict[str, schema.TableSpec]:
        """The tables that an extract of this kind may have."""
        return schema.counts_extract() if self.counts_only else schema.person_extract()


def locate(path: Path | str) -> Path:
    """The folder of an extract: a relative path is tried from the current directory, then from the project.

    Raises UsageError if there is no such folder.
    """
    path = Path(path)
    for folder in (path, PROJECT / path):
        if folder.is_dir():
            return folder.resolve()
    reason = "is a file, not a folder" if path.exists() else "does not exist"
    raise UsageError(f"the extract '{path}' {reason}: name the folder that holds uttrekk.yml and the tables")


def find_files(folder: Path) -> Files:
    """Find the table files in the folder of an extract, and list the problems of the folder."""
    known = schema.all_tables()
    present = {
        name: [folder / f"{name}{end}" for end in _ENDINGS if (folder / f"{name}{end}").is_file()]
        for name in known
    }
    links = sorted(entry for entry in folder.iterdir() if entry.is_symlink())
    present = {name: [path for path in paths if path not in links] for name, paths in present.items()}
    files = Files({name: paths[0] for name, paths in present.items() if paths}, bool(present[_COUNTS]))
    files.found += [_link(path) for path in links]
    files.found += [_both_formats(name) for name, paths in present.items() if len(paths) > 1]
    files.found += _mixed(files)
    files.found += [
        Problem(name, "", "the table is required and has no file", _how_to_get(name), "no_table")
        for name, table in files.expected.items()
        if not table.optional and name not in files.tables
    ]
    read = {path.name for paths in [*present.values(), links] for path in paths} | _IGNORED
    if files.counts_only:
        read.add(_FORLOP)
    files.found += [
        _unread(entry)
        for entry in sorted(folder.iterdir())
        if entry.name not in read and not is_hidden(entry)
    ]
    return files


def _link(path: Path) -> Problem:
    what, remedy = "it is a link, and links are not followed", "put the file or folder itself in the extract"
    return Problem(shown_value(path.stem), "", what, remedy, "link")


def _both_formats(name: str) -> Problem:
    what = f"both {name}.parquet and {name}.csv are there"
    return Problem(name, "", what, "keep the one that is right", "two_files")


def _mixed(files: Files) -> list[Problem]:
    if not files.counts_only:
        return []
    persons = sorted(set(files.tables) & (set(schema.person_extract()) - {"kontor"}))
    if not persons:
        return []
    return [
        Problem(
            _COUNTS,
            "",
            "an extract holds either counts or the tables they are counted from, not both",
            "move tellinger, or the other tables, to an extract of their own",
            "mixed_extract",
            value=", ".join(persons),
        )
    ]


def _how_to_get(name: str) -> str:
    return f"add {name}.parquet or {name}.csv; navbook's data/uttrekk/ has an empty one with the column names"


def _unread(entry: Path) -> Problem:
    what = (
        "the folder is not known and was not read"
        if entry.is_dir()
        else "the file is not known and was not read"
    )
    remedy = "remove it, or give it the name of a table if it is one"
    return Problem(shown_value(entry.name), "", what, remedy, "unknown_file", severity="reported")
