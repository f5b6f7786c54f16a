"""Cases that each get an office and a person of their own, so that what is counted there is what they did."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extracts import COLUMNS
from stays import Cell, counts_of


class Case(NamedTuple):
    """Rows by table, without person_id and enhetsnr, and the cells they give by (gruppe, maned)."""

    name: str
    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    expected: Mapping[tuple[str, str], Cell]


def case_id(case: Case) -> str:
    return case.name


def cells_apart(
    folder: Path, cases: Sequence[Case], indikator: str
) -> dict[str, dict[tuple[str, str], Cell]]:
    """The cells of each case, by its name, that hold anything; n is None for a pure count."""
    tables: dict[str, list[dict[str, Any]]] = {"kontor": [], "person": []}
    for i, case in enumerate(cases):
        office, person = str(9101 + i), case.name
        tables["kontor"].append({"enhetsnr": office})
        if "person" not in case.tables:
            tables["person"].append({"person_id": person})
        for table, rows in case.tables.items():
            own = {"person_id": person} | ({"enhetsnr": office} if "enhetsnr" in COLUMNS[table] else {})
            tables.setdefault(table, []).extend(own | dict(row) for row in rows)
    counted = counts_of(folder, tables, indicators=[indikator])
    found: dict[str, dict[tuple[str, str], Cell]] = {case.name: {} for case in cases}
    for (_, gruppe, enhetsnr, maned), (x, n) in counted.items():
        if x or n:
            found[cases[int(enhetsnr) - 9101].name][gruppe, maned] = (x, n)
    return found
