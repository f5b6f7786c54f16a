"""The offices, counties and the country of an edition."""

from dataclasses import dataclass

from navbook.edition import Edition
from navbook.edition.offices import is_special_unit


@dataclass(frozen=True)
class Unit:
    """An office, a county or the country as enheter.csv names it."""

    enhet: str
    niva: str
    navn: str
    fylke: str
    size_class: str = ""

    @property
    def special(self) -> bool:
        """Whether this is a county's row of units other than local offices; it has no page."""
        return is_special_unit(self.enhet)


def units(edition: Edition) -> list[Unit]:
    """All units that have figures in the edition, in number order."""
    found = [
        Unit(str(r["enhet"]), str(r["niva"]), str(r["navn"]), str(r["fylke"]), str(r["storrelsesklasse"]))
        for rows in edition.units_by_number.values()
        for r in rows
    ]
    return sorted({unit.enhet: unit for unit in found}.values(), key=lambda unit: unit.enhet)
