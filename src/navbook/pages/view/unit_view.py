"""What the page of one unit sees of an edition."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from navbook.edition import Edition
from navbook.pages.format import link
from navbook.pages.view.cells import Cell, Cells
from navbook.pages.view.labour_market import RegionMarket, labour_markets_of
from navbook.pages.view.municipal import Municipality, municipalities_of
from navbook.pages.view.requirements import LetterSeries
from navbook.pages.view.units import Unit, units
from navbook.pages.view.view import View
from navbook.runtime.errors import UsageError

LEVEL_WORDS = {"kontor": "kontoret", "fylke": "fylket"}


@dataclass(frozen=True)
class UnitView(View):
    """What the page of one unit sees of an edition. `others` are the rows of the units it is compared with:
    the country, and for an office its county and similar offices.
    """

    unit: Unit
    others: pd.DataFrame | None = field(default=None, kw_only=True)

    @property
    def niva(self) -> str:
        return self.unit.niva

    @property
    def root(self) -> str:
        return "" if self.niva == "landet" else "../"

    @property
    def level_word(self) -> str:
        """The unit within a sentence: «kontoret», «fylket», or the name of the top level."""
        return LEVEL_WORDS.get(self.niva, self.area.name)

    def indicator_link(self, indikator: str, label: str) -> str:
        """As for other pages; from an office's page the figures of all offices mark that office."""
        if self.niva != "kontor" or indikator not in self.definitions:
            return super().indicator_link(indikator, label)
        return link(f"{self.root}indikator/{indikator}.html?kontor={self.unit.enhet}", label)

    def own(self, series: LetterSeries) -> Cell:
        """The unit's own cell of a series for the period shown."""
        return self.cell(series.indikator, series.gruppe, self.unit.enhet)

    @cached_property
    def _cells_of_others(self) -> Cells:
        rows = self.rows.iloc[:0] if self.others is None else self.others
        return Cells(rows, self.definitions.stocks, self.edition.further("utsagn"))

    def cell_of(self, enhet: str, indikator: str, gruppe: str) -> Cell:
        """The cell of another unit, such as the county of an office, for the period that the book shows."""
        return self._cells_of_others.get(indikator, gruppe, enhet, self.shown_period(indikator))

    @cached_property
    def local_targets(self) -> dict[str, tuple[str, float]]:
        """The year and share of each target that the unit has set itself, by the letter's parameter."""
        goals = self.edition.further("lokale_mal")
        own = goals[goals["enhet"] == self.unit.enhet]
        found: dict[str, tuple[str, float]] = {}
        for parameter, year, share in zip(own["parameter"], own["ar"], own["mal"], strict=True):
            found.setdefault(str(parameter), (str(year), float(share)))
        return found

    @cached_property
    def goal_verdicts(self) -> dict[tuple[str, str, str], str]:
        """The verdict on each target that the unit has set itself, by parameter, indicator and group."""
        judged = self.edition.further("maloppnaelse")
        own = judged[judged["enhet"] == self.unit.enhet]
        keys = zip(own["parameter"], own["indikator"], own["gruppe"], strict=True)
        return dict(zip(keys, own["vurdering"], strict=True))

    @cached_property
    def municipalities(self) -> list[Municipality]:
        """The municipalities that the office serves, with their figures and goals."""
        return municipalities_of(self.edition, self.unit.enhet)

    @cached_property
    def labour_markets(self) -> list[RegionMarket]:
        """The labour-market regions of the unit; for the country all regions together first."""
        return labour_markets_of(self.edition, self.unit.enhet)

    @cached_property
    def subunits(self) -> list[Unit]:
        """The offices of a county, its special row last, or the counties of the country; in number order."""
        if self.niva == "landet":
            return [unit for unit in self.units if unit.niva == "fylke"]
        found = [unit for unit in self.units if unit.niva == "kontor" and unit.fylke == self.unit.enhet]
        return sorted(found, key=lambda unit: (unit.special, unit.enhet))


def unit_view(edition: Edition, enhet: str, niva: str) -> UnitView:
    """The view of one unit, with its own rows and those of its subunits.

    Raises UsageError if the edition has no page for such a unit at that level.
    """
    known = {unit.enhet: unit for unit in units(edition)}
    unit = known.get(enhet)
    if unit is None or unit.niva != niva or unit.special:
        raise UsageError(
            f"the edition of {edition.utgave['periode']} has no {niva} '{enhet}': "
            "use a number from its enheter.csv, written with all four digits"
        )
    wanted = {enhet}
    if niva == "fylke":
        wanted |= {other.enhet for other in known.values() if other.fylke == enhet}
    if niva == "landet":
        wanted |= {other.enhet for other in known.values() if other.niva == "fylke"}
    own = edition.tall["enhet"].isin(wanted)
    others = None if niva == "landet" else edition.tall[~own]
    return UnitView(edition, edition.tall[own], unit, others=others)
