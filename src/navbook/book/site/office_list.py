"""How readers find an office: the list of offices by county, size and region, and the data of the finder.

Both know the former names and numbers of an office: its own, and those of the offices merged into it.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from navbook.book.execution.normalise import escaped
from navbook.book.execution.page_list import page_units
from navbook.edition import Edition

PAGE = "kontorer"
FINDER = Path("finn", "kontor.js")
# the size classes of the register, in words
SIZES = {"<30": "Under 30 ansatte", "30-49": "30–49 ansatte", "50+": "50 ansatte og flere"}
ABOUT_SIZES = (
    "Små kontorer har færre å telle, så tallene svinger mer. Her står kontorer av samme størrelse sammen."
)
ABOUT_REGIONS = "Kontorene i en region deler arbeidsmarked. Her står de sammen, også på tvers av fylkene."


@dataclass(frozen=True)
class Findable:
    """A unit with a page: its address without suffix, and what else it is or was called, numbers included.

    `size_class` and `region` (arbeidsmarkedsregion) of an office are empty where the extract does not tell.
    """

    name: str
    county: str
    address: str
    also: tuple[str, ...]
    size_class: str = ""
    region: str = ""

    @property
    def former_names(self) -> tuple[str, ...]:
        """The former names, without numbers."""
        return tuple(text for text in self.also if not text.isdigit())


def findable_units(edition: Edition, offices: Collection[str] | None = None) -> list[Findable]:
    """The counties and offices with a page, by number; `offices` are those with a page, if not all."""
    units = page_units(edition)
    counties = {unit["enhet"]: unit["navn"] for unit in units if unit["niva"] == "fylke"}
    former = _former(edition, {unit["enhet"]: unit["navn"] for unit in units})
    regions = _regions(edition)
    return [
        Findable(
            unit["navn"],
            counties.get(unit["fylke"], "") if unit["niva"] == "kontor" else "",
            f"{unit['niva']}/{unit['enhet']}",
            (unit["enhet"], *former.get(unit["enhet"], ())),
            str(unit["storrelsesklasse"]),
            regions.get(unit["enhet"], ""),
        )
        for unit in units
        if unit["niva"] == "fylke"
        or (unit["niva"] == "kontor" and (offices is None or unit["enhet"] in offices))
    ]


def _former(edition: Edition, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Unit with a page → the other names and numbers in the register that lead to it, in their order."""
    register = edition.enheter.sort_values("enhet", kind="stable")
    rows = list(zip(*(register[column] for column in ("enhet", "navn", "etterfolger")), strict=True))
    successor = {enhet: after for enhet, _, after in rows if after}
    found: dict[str, list[str]] = {}
    for enhet, navn, _ in rows:
        now = enhet
        for _ in range(len(successor)):
            if now in names:
                break
            now = successor.get(now, now)
        if now in names:
            known = found.setdefault(now, [])
            own = (names[now], now, *known)
            known += [text for text in dict.fromkeys((navn, enhet)) if text and text not in own]
    return found


def _regions(edition: Edition) -> dict[str, str]:
    """The arbeidsmarkedsregion of each office that has one."""
    market = edition.further("arbeidsmarked")
    offices = market[(market["niva"] == "kontor") & (market["arbeidsmarkedsregion"] != "")]
    return dict(zip(offices["enhet"].astype(str), offices["arbeidsmarkedsregion"].astype(str), strict=True))


def write_finder(units: Collection[Findable], path: Path) -> None:
    """Write the script that the office finder loads: one line for each unit."""
    lines = [
        json.dumps([unit.name, unit.county, f"{unit.address}.html", unit.also], ensure_ascii=False)
        for unit in units
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("const navbookKontor = [\n" + ",\n".join(lines) + "\n];\n", encoding="utf-8")


def office_list(units: Collection[Findable]) -> str:
    """The page that lists the offices by county, then by size and region, as Markdown; it needs no script."""
    return "\n".join(_lines(units)) + "\n"


def _lines(units: Collection[Findable]) -> Iterator[str]:
    yield "# Alle kontorer"
    yield ""
    yield "Kontorene står under fylket sitt, etter kontornummer."
    yield "Er et kontor slått sammen med et annet, står det gamle navnet ved kontoret som har tatt over."
    offices = [unit for unit in units if unit.address.startswith("kontor/")]
    for county in (unit for unit in units if unit.address.startswith("fylke/")):
        own = [unit for unit in offices if unit.county == county.name]
        if own:
            yield f"\n## [{escaped(county.name)}]({county.address}.ipynb)\n"
            yield from (_item(unit) for unit in own)
    by_size = [(SIZES.get(unit.size_class, ""), unit) for unit in offices]
    yield from _view("Etter antall ansatte", ABOUT_SIZES, by_size, list(SIZES.values()))
    by_region = [(unit.region, unit) for unit in offices]
    regions = sorted({region for region, _ in by_region}, key=_by_number)
    yield from _view("Etter arbeidsmarkedsregion", ABOUT_REGIONS, by_region, regions)


def _by_number(name: str) -> list[str | int]:
    """«Region 2» before «Region 10»: texts and numbers by turns."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def _view(
    heading: str, about: str, offices: Collection[tuple[str, Findable]], groups: Collection[str]
) -> Iterator[str]:
    """The offices under the name of their group; nothing where there are no two groups to tell apart."""
    members = {group: [unit for of, unit in offices if of == group] for group in groups if group}
    if sum(map(bool, members.values())) < 2:
        return
    yield f"\n## {heading}\n"
    yield about
    for group, own in members.items():
        if own:
            links = ", ".join(f"[{escaped(unit.name)}]({unit.address}.ipynb)" for unit in own)
            yield f"\n**{escaped(group)}:** {links}"


def _item(unit: Findable) -> str:
    former = ", ".join(escaped(name) for name in unit.former_names)
    after = f" (tidligere {former})" if former else ""
    return f"- {unit.also[0]} [{escaped(unit.name)}]({unit.address}.ipynb){after}"
