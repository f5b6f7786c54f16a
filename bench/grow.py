"""An edition with a requested number of office pages: the given one's counties, repeated under new numbers.

For measuring only. A copy of an office carries the figures of the original, the country keeps its own, and
sums no longer fit; the edition says so in its source line.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from navbook.book.execution.page_list import page_units
from navbook.edition import Edition
from navbook.edition.write import write_csv, write_json, write_tall
from navbook.runtime import file_digest

SOURCE = "Gjentatte kontor for tidsmåling; summene stemmer ikke"
FIRST_NEW_NUMBER = 1000
COUNTRY = "0000"


def grow(edition: Edition, offices: int, folder: Path) -> Edition:
    """Write `folder/<name of the edition>` with this many office pages and return it."""
    target = folder / edition.folder.name
    shutil.copytree(edition.folder, target)
    copies = list(_copies(edition, offices))
    tall, units = edition.tall, edition.enheter
    rows = [tall[tall["enhet"] == COUNTRY], *(_moved(tall, new) for new in copies)]
    write_tall(pd.concat(rows), target)
    parts = [_moved_units(units, new, place) for place, new in enumerate(copies)]
    write_csv(
        pd.concat([units[units["enhet"] == COUNTRY], *parts]), list(units.columns), target / "enheter.csv"
    )
    said = edition.kommentarer
    write_json({new[o]: said[o] for new in copies for o in said if o in new}, target / "kommentarer.json")
    files = {name: file_digest(target / name) for name in edition.utgave["filer"]}
    write_json({**edition.utgave, "kilde": SOURCE, "filer": files}, target / "utgave.json")
    return Edition(target)


def _copies(edition: Edition, offices: int) -> Iterator[dict[str, str]]:
    """For each repetition of the counties: old number → new number, for the units it takes.

    The first keeps its numbers. The last county is cut where the number of offices is met.
    """
    with_page = [unit["enhet"] for unit in page_units(edition) if unit["niva"] == "kontor"]
    units = edition.enheter[edition.enheter["enhet"] != COUNTRY].drop_duplicates("enhet", keep="last")
    members = {
        str(county): [str(number) for number in group] for county, group in units.groupby("fylke")["enhet"]
    }
    fresh = _new_numbers(set(units["enhet"]))
    left, first = offices, True
    while left > 0:
        new: dict[str, str] = {}
        for county, numbers in members.items():
            own = [number for number in numbers if number in with_page][:left]
            if not own:
                continue
            left -= len(own)
            # Special units and offices of former years have no page, and come along with the county.
            others = [number for number in numbers if number not in with_page and number != county]
            for number in (county, *own, *others):
                special = number == f"{county}S"
                new[number] = number if first else f"{new[county]}S" if special else next(fresh)
        yield new
        first = False


def _new_numbers(taken: set[str]) -> Iterator[str]:
    for number in range(FIRST_NEW_NUMBER, 10_000):
        if str(number) not in taken:
            yield str(number)
    raise ValueError("four digits number no more offices; ask for fewer")


def _moved(rows: pd.DataFrame, new: dict[str, str]) -> pd.DataFrame:
    moved = rows[rows["enhet"].isin(list(new))]
    return moved.assign(enhet=moved["enhet"].map(new))


def _moved_units(units: pd.DataFrame, new: dict[str, str], place: int) -> pd.DataFrame:
    # A name of its own: in a real book too, no two pages have one title.
    suffix = f" {place + 1}" if place else ""
    moved = _moved(units, new)
    return moved.assign(
        navn=moved["navn"] + suffix,
        fylke=moved["fylke"].map(new),
        etterfolger=moved["etterfolger"].map(new).fillna(""),
    )
