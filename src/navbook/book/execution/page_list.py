"""The list of pages of a book: the country, every county, office, chapter and indicator."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, cast

from navbook.book.execution.page_task import PageTask
from navbook.edition import Edition
from navbook.edition.offices import is_special_unit
from navbook.pages.chapters import chapter_plan
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import own_file


def page_list(edition: Edition, *, offices: Collection[str] | None = None) -> list[PageTask]:
    """One task per page, in the order of the book; `offices` limits the office pages.

    Raises UsageError if `offices` names an office that has no page in the edition.
    """
    units = page_units(edition)
    counties = [unit for unit in units if unit["niva"] == "fylke"]
    office_pages = [unit for unit in units if unit["niva"] == "kontor"]
    if offices is not None:
        unknown = sorted(set(offices) - {unit["enhet"] for unit in office_pages})
        if unknown:
            raise UsageError(f"The edition has no office {', '.join(unknown)}; give numbers that it has.")
        office_pages = [unit for unit in office_pages if unit["enhet"] in offices]
    common = {"utgave": edition.folder.name}
    tasks = [PageTask(_notebook("landet"), Path("landet.ipynb"), common, edition.area.heading)]
    tasks += [_unit_page("fylke", unit, common) for unit in counties]
    tasks += [_unit_page("kontor", unit, common) for unit in office_pages]
    for chapter in chapter_plan():
        out = Path("kapittel", f"{chapter.id}.ipynb")
        tasks.append(PageTask(_notebook("kapittel"), out, {**common, "kapittel": chapter.id}, chapter.tittel))
    for definition in edition.definisjoner:
        given = {**common, "indikator": definition["id"]}
        out = Path("indikator", f"{definition['id']}.ipynb")
        tasks.append(PageTask(_notebook("indikator"), out, given, definition["navn"]))
    return tasks


def page_units(edition: Edition) -> list[dict[str, Any]]:
    """The rows of `enheter` that have a page: those with figures, except special units, by number."""
    rows = edition.enheter.drop_duplicates("enhet", keep="last").sort_values("enhet", kind="stable")
    return [
        row
        for row in cast(list[dict[str, Any]], rows.to_dict("records"))
        if row["enhet"] in edition.units_of_period and not is_special_unit(row["enhet"])
    ]


def parent_pages(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    """Address of a page → addresses of the pages above it, from the top."""
    for unit in page_units(edition):
        if unit["niva"] == "fylke":
            yield f"fylke/{unit['enhet']}", ["landet"]
            yield f"rapport/{unit['enhet']}", ["landet", f"fylke/{unit['enhet']}"]
        elif unit["niva"] == "kontor":
            above = ["landet", f"fylke/{unit['fylke']}"]
            yield f"kontor/{unit['enhet']}", above
            yield f"plan/{unit['enhet']}", [*above, f"kontor/{unit['enhet']}"]
    for chapter in chapter_plan():
        yield f"kapittel/{chapter.id}", ["landet"]
    for definition in edition.definisjoner:
        yield f"indikator/{definition['id']}", ["landet"]


def _unit_page(kind: str, unit: dict[str, Any], common: dict[str, str]) -> PageTask:
    out = Path(kind, f"{unit['enhet']}.ipynb")
    given = {**common, "enhet": unit["enhet"]}
    # the page of an office has its number in its own line
    subtitle = "" if kind == "kontor" else f"Enhetsnummer {unit['enhet']}"
    return PageTask(_notebook(kind), out, given, unit["navn"], subtitle)


def _notebook(kind: str) -> Path:
    return own_file(f"notebooks/sider/{kind}.ipynb")
