"""What a figure shows of one verdict: its fill, and a short text."""

from navbook.edition.schema import IKKE_OPPFYLT, KAN_IKKE_AVGJORES, OPPFYLT
from navbook.pages.charts import HeatCell
from navbook.pages.format import percent, signed, signed_points
from navbook.pages.view import FIXED_LIMIT, Cell, LetterSeries, Unit, UnitView

UNSHOWN_MARK = "·"
CODES = {OPPFYLT: "oppfylt", IKKE_OPPFYLT: "ikke_oppfylt", KAN_IKKE_AVGJORES: "uavgjort"}
CLEAR = ("oppfylt", "ikke_oppfylt")


def verdict_cell(cell: Cell, series: LetterSeries) -> HeatCell:
    """The fill of a verdict with the change from the base, or the share where a fixed limit judges."""
    code = CODES.get(cell.vurdering) if cell.shown else None
    if code is None:
        return HeatCell("uten", UNSHOWN_MARK)
    if series.kind == FIXED_LIMIT and cell.share is not None:
        return HeatCell(code, percent(cell.share, cell.decimals))
    return HeatCell(code, short_change(cell))


def short_change(cell: Cell) -> str:
    """The change from the base: points for shares, cases for counts; empty if there is none."""
    if cell.endring is None:
        return ""
    if cell.is_count:
        return signed(cell.endring / cell.divisor)
    return signed_points(cell.endring, cell.decimals)


def judged_series(view: UnitView) -> list[LetterSeries]:
    """The series that the letter itself asks for and judges, in its order."""
    return [series for series in view.letter_series if series.judged and not series.supplement]


def plain_units(view: UnitView) -> list[Unit]:
    """The offices of a county without its special row, or the counties of the country."""
    return [unit for unit in view.subunits if not unit.special]
