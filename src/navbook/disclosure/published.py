"""The audit of what was published: every withheld value, looked for in the bytes as they will be served.

Two ways of looking: where a record carries the key of the value (a table row, an element with data-* keys,
a JSON object), and, for numbers long enough to mean something by themselves, anywhere at all.
"""

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from navbook.disclosure import records, tokens
from navbook.disclosure.records import Withheld
from navbook.errors import DisclosureRefused

# what a theme brings along is the same in every book
_THEME = ("_static", (".js", ".css", ".map", ".woff", ".woff2", ".ttf", ".eot"))
_TABLES = (".csv", ".parquet")
# what the gate tells beside the figures: names, dates, words of the letter, definitions, numbers of rows
_TOLD = (
    *("enheter.csv", "kvalitet.csv", "hendelser.csv", "krav.json", "definisjoner.json", "utgave.json"),
    *("trakt.csv", "modell.csv"),
)
FINDINGS_TOLD = 20


class Found(NamedTuple):
    """A withheld value that is in the published bytes: the file, the key and field it belongs to, and
    where.
    """

    file: str
    what: str
    where: str


def audit_site(
    folder: Path,
    withheld: pd.DataFrame,
    ordinary: Collection[str] = (),
    files: Collection[Path] | None = None,
) -> list[Found]:
    """Every value of `withheld` that can be read in the files of `folder`.

    `withheld` has the columns indikator, gruppe, niva, enhet, periode, felt and verdi. Looked for are (a)
    values beside their own key in CSV, Parquet, JSON and HTML, also rounded to one decimal or more, and (c)
    numbers of three digits or more that the edition does not hold, anywhere, with point or comma; not the
    `ordinary` ones, which stand in every book whatever its figures. Only `files` are looked at, if given:
    some of `audited_files`. Returns one entry for each finding, in order of file.
    """
    folder = Path(folder)
    every = audited_files(folder)
    looked_at = every if files is None else sorted(files)
    if not looked_at:
        return []
    secrets = Withheld(withheld)
    tall = _tall(every)
    published = [records.read_table(path) for path in tall[:1]]
    wanted = tokens.wanted(withheld, published, _told_in_words(folder, tall) | set(ordinary))
    found: dict[Found, None] = {}
    for path in looked_at:
        name = path.relative_to(folder).as_posix()
        for what, where in (*_by_key(path, secrets), *tokens.search(path, wanted)):
            found.setdefault(Found(name, what, where))
    return list(found)


def audited_files(folder: Path) -> list[Path]:
    """The files of a site in which values are looked for: all but what the theme brings along."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not _is_theme(path, folder))


def what_is_looked_for(folder: Path, withheld: pd.DataFrame, ordinary: Collection[str] = ()) -> str:
    """A digest of all that decides what `audit_site` finds in one file: where it is the same, a file in
    which nothing was found holds nothing still.
    """
    tall = _tall(audited_files(folder))
    every = hashlib.sha256()
    every.update(pd.util.hash_pandas_object(withheld, index=False).to_numpy().tobytes())
    every.update(repr(sorted(_told_in_words(folder, tall) | set(ordinary))).encode())
    for path in tall[:1]:
        every.update(path.read_bytes())
    return every.hexdigest()


def _tall(files: Collection[Path]) -> list[Path]:
    return [path for path in files if path.stem == "tall" and path.suffix in _TABLES]


def _told_in_words(folder: Path, tall: list[Path]) -> set[str]:
    edition = tall[0].parent if tall else folder
    return set().union(*(tokens.numbers_in(_read(edition / name)) for name in _TOLD))


def refuse_findings(found: list[Found]) -> None:
    """Raise DisclosureRefused, naming the first of them, if anything was found."""
    if not found:
        return
    told = "\n  ".join(f"{each.file}: {each.what} at {each.where}" for each in found[:FINDINGS_TOLD])
    raise DisclosureRefused(
        f"{len(found)} withheld values can be read from the site, so it must not be published; "
        f"the first are\n  {told}"
    )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig") if path.is_file() else ""


def _by_key(path: Path, secrets: Withheld) -> Iterator[tuple[str, str]]:
    if path.suffix in _TABLES:
        yield from records.in_table(records.read_table(path), secrets)
    elif path.suffix == ".json":
        yield from records.in_json(path, secrets)
    elif path.suffix in (".html", ".htm", ".svg"):
        yield from records.in_markup(path, secrets)


def _is_theme(path: Path, folder: Path) -> bool:
    place, endings = _THEME
    return path.relative_to(folder).parts[0] == place and path.suffix in endings
