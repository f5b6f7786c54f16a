"""Small multiples over time: units or series month by month, all on the same axes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from navbook.pages.charts import (
    Level,
    MonthPanel,
    Months,
    MonthValues,
    figure,
    figure_panel,
    gaps_between,
    month_panels,
)
from navbook.pages.format import month_text, percent, period_text
from navbook.pages.templates import sentence
from navbook.pages.view import Cell, View
from navbook.runtime.periods import Period, add_months, month_range

LEAST_MONTHS = 6
_EVENT_WORDS = 52


@dataclass(frozen=True)
class MonthSeries:
    """One series of one unit: the label of its panel, and its months."""

    label: str
    months: Sequence[Cell]
    keys: dict[str, str] = field(default_factory=dict)

    @cached_property
    def shown(self) -> list[Cell]:
        return [cell for cell in self.months if cell.shown and cell.share is not None]

    @property
    def enough(self) -> bool:
        """Whether enough months are shown to draw them."""
        return len(self.shown) >= LEAST_MONTHS


def month_series(view: View, label: str, indikator: str, gruppe: str, enhet: str) -> MonthSeries:
    """The months of a series in a unit."""
    keys = {"indikator": indikator, "gruppe": gruppe, "enhet": enhet}
    return MonthSeries(label, view.cells.months(indikator, gruppe, enhet), keys)


def month_multiples(
    view: View,
    lines: Sequence[MonthSeries],
    compared: MonthSeries | None = None,
    compared_name: str = "",
    *,
    name_events: bool = True,
    title: str = "",
) -> str:
    """One figure with a panel for each series that shows enough months; empty if there is none; HTML.

    Each panel has the judged years as levels and, in a pale line, the series `compared`. The events are those
    that concern every indicator in the figure. `title` is what is seen; without it the first panel's own.
    """
    drawn = [line for line in lines if line.enough]
    if not drawn:
        return ""
    months = _axis([*drawn, *([compared] if compared and compared.enough else [])])
    place = {month: k for k, month in enumerate(months)}
    indicators = {line.keys["indikator"] for line in drawn}
    events = [  # an event without its name in the figure would explain nothing
        (place[event.month], _short(event.name))
        for event in view.events
        if name_events and event.month in place and all(event.bends(indikator) for indikator in indicators)
    ]
    shared = Months(
        len(months),
        _named(months),
        events,
        _runs(compared, place) if compared and compared.enough else [],
        compared.keys if compared else {},
    )
    period, base = view.compared_periods(drawn[0].keys["indikator"])
    panels = [_panel(view, line, place, period, base) for line in drawn]
    svgs = month_panels(shared, panels)
    caption = sentence(
        "figurer.maneder.under",
        periode=period_text(period.name),
        basis=period_text(base.name) if base else "",
        sammenlignet=compared_name if shared.compared else "",
    )
    html = [figure_panel(line.label, svg) for line, svg in zip(drawn, svgs, strict=True)]
    return figure(html, caption, title or month_title(view, drawn))


def month_title(view: View, lines: Sequence[MonthSeries]) -> str:
    """What the series did from the base to the period shown: one by its name, several by how many moved."""
    cells = [_cell(view, line, view.shown_period(line.keys["indikator"])) for line in lines]
    ways = [_way(cell) for cell in cells]
    compared = [k for k, way in enumerate(ways) if way != "uten"]
    only = compared[0] if len(compared) == 1 else 0
    first = lines[only].keys
    name = view.definitions.get(first["indikator"]).series_name(first["gruppe"])
    base = next((period_text(cell.basis_periode) for cell in cells if cell.basis_periode), "")
    if len(compared) <= 1:
        return sentence(f"figurer.maneder.{ways[only]}", navn=name, basis=base)
    return sentence(
        "figurer.maneder.flere",
        alle=len(compared),
        opp=ways.count("opp"),
        ned=ways.count("ned"),
        basis=base,
    )


def _way(cell: Cell) -> str:
    """Whether the share is surely higher (`opp`) or lower (`ned`) than its base, or not (`likt`)."""
    if not cell.shown or cell.endring is None:
        return "uten"
    if (cell.endring_nedre or 0.0) <= 0 <= (cell.endring_ovre or 0.0):
        return "likt"
    return "opp" if cell.endring > 0 else "ned"


def _cell(view: View, line: MonthSeries, periode: str) -> Cell:
    return view.cells.get(line.keys["indikator"], line.keys["gruppe"], line.keys["enhet"], periode)


def _axis(lines: Sequence[MonthSeries]) -> tuple[str, ...]:
    every = [cell.periode for line in lines for cell in line.shown]
    # an axis has two ends: a single month is drawn with the month before it
    return month_range(min(min(every), add_months(max(every), -1)), max(every))


def _panel(
    view: View, line: MonthSeries, place: dict[str, int], period: Period, base: Period | None
) -> MonthPanel:
    runs = _runs(line, place)
    judged = [(each, own) for each, own in ((base, False), (period, True)) if each]
    levels = [
        level for each, own in judged if (level := _level(_cell(view, line, each.name), each, own, place))
    ]
    return MonthPanel(_alt_text(line, levels), runs, levels, line.keys, gaps_between(runs))


def _runs(line: MonthSeries, place: dict[str, int]) -> list[MonthValues]:
    """Unbroken runs of shown months of one definition."""
    runs: list[list[tuple[int, float]]] = []
    broken = {now.periode for was, now in pairwise(line.shown) if was.definisjon != now.definisjon}
    for cell in line.shown:
        month = place[cell.periode]
        if not runs or month != runs[-1][-1][0] + 1 or cell.periode in broken:
            runs.append([])
        runs[-1].append((month, 100 * float(cell.share or 0)))
    return list[MonthValues](runs)


def _level(cell: Cell, period: Period, own: bool, place: dict[str, int]) -> Level | None:
    inside = [place[month] for month in period.months if month in place]
    if not cell.shown or cell.share is None or not inside:
        return None
    share = cell.share
    return Level(inside[0], inside[-1], float(share), percent(share, cell.decimals), period.name, own)


def _alt_text(line: MonthSeries, levels: Sequence[Level]) -> str:
    first, last = line.shown[0], line.shown[-1]
    shares = [cell.share or 0 for cell in line.shown]
    texts = [
        sentence("figurer.maneder.niva", periode=period_text(level.periode), andel=level.text)
        for level in levels
    ]
    return sentence(
        "figurer.maneder.alt",
        navn=line.label,
        forst=percent(first.share or 0, first.decimals),
        forst_maned=month_text(first.periode),
        sist=percent(last.share or 0, last.decimals),
        sist_maned=month_text(last.periode),
        lav=percent(min(shares), first.decimals),
        hoy=percent(max(shares), first.decimals),
        skjult=len(line.months) - len(line.shown),
        nivaer=" ".join(texts),
    )


def _named(months: tuple[str, ...]) -> dict[int, str]:
    """The year at each January; without two of them, the first and the last month by their full names."""
    januaries = {k: month[:4] for k, month in enumerate(months) if month.endswith("-01")}
    return januaries if len(januaries) > 1 else {k: months[k] for k in (0, len(months) - 1)}


def _short(name: str) -> str:
    """The name of an event up to its first comma or bracket."""
    words = name.partition(",")[0].partition(" (")[0]
    return words if len(words) <= _EVENT_WORDS else words[: _EVENT_WORDS - 1].rstrip() + "…"
