"""Funnel plots of the pages: an office among all offices, in number order and never ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from navbook.edition import Edition
from navbook.edition.schema import COUNTRY
from navbook.pages.charts import (
    FunnelPoint,
    LimitLine,
    figure,
    figure_panel,
    funnel_svg,
    statistical_funnel,
)
from navbook.pages.format import (
    Fragment,
    bullets,
    count_word,
    escape,
    link,
    number,
    paragraph,
    percent,
    percent_decimals,
)
from navbook.pages.sections.expected_funnels import expected_guide, expected_panels, outlier_link
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.text import capitalised, join_names
from navbook.pages.view import LetterSeries, UnitView, View

UNIT_PANELS, INDICATOR_PANELS = 4, 4
# the columns of the limits and the class of each line; "smal" are the limits without overdispersion
LIMITS = (
    ("smal_nedre_95", "smal"),
    ("smal_ovre_95", "smal"),
    ("smal_nedre_998", "smal"),
    ("smal_ovre_998", "smal"),
    ("nedre_95", "95"),
    ("ovre_95", "95"),
    ("nedre_998", "998"),
    ("ovre_998", "998"),
    ("nedre_fdr", "fdr"),
    ("ovre_fdr", "fdr"),
)


@dataclass(frozen=True)
class Funnel:
    """The funnel plot of one series as the edition holds it."""

    target: float
    left_out: int
    points: Sequence[FunnelPoint]
    lines: Sequence[LimitLine]
    by_office: Mapping[str, FunnelPoint] = field(default_factory=dict)

    @property
    def outside(self) -> list[FunnelPoint]:
        """The outliers by the false discovery rate, in number order."""
        return [point for point in self.points if point.side]


def read_funnels(edition: Edition) -> dict[tuple[str, str], Funnel]:
    """The funnel plots of an edition by (indikator, gruppe); the pages of all units share them."""
    return edition.compute_once("trakt", _read_funnels)


def _read_funnels(edition: Edition) -> dict[tuple[str, str], Funnel]:
    lines = dict(iter(edition.further("traktlinjer").groupby(["indikator", "gruppe"], sort=False)))
    parts = edition.further("trakt").groupby(["indikator", "gruppe"], sort=False)
    return {(str(key[0]), str(key[1])): _funnel(part, lines[key]) for key, part in parts}


def _funnel(rows: pd.DataFrame, limits: pd.DataFrame) -> Funnel:
    country = rows[rows["enhet"] == COUNTRY].iloc[0]
    offices = rows[rows["enhet"] != COUNTRY].sort_values("enhet")
    names = ["enhet", "n", "verdi", "nedre", "ovre", "utslag"]
    points = [
        FunnelPoint(str(enhet), n, share, lower, upper, int(side))
        for enhet, n, share, lower, upper, side in offices[names].itertuples(index=False, name=None)
    ]
    return Funnel(
        target=float(country["mal"]),
        left_out=int(country["utenfor"]),
        points=points,
        lines=_lines(limits),
        by_office={point.enhet: point for point in points},
    )


def _lines(limits: pd.DataFrame) -> list[LimitLine]:
    sizes = limits["n"].tolist()
    made = []
    for column, css in LIMITS:
        known = [
            (n, share) for n, share in zip(sizes, limits[column].tolist(), strict=True) if share == share
        ]
        made.append(LimitLine(known, css))
    return made


def funnel_section_of_unit(view: UnitView) -> Fragment:
    """Small funnel plots of the judged shares, with the unit's own offices marked among all offices."""
    drawn = _chosen(view)
    if not drawn:
        return Fragment(paragraph(_why_none(view)), "trakt")
    own = [view.unit.enhet] if view.niva == "kontor" else [unit.enhet for unit in view.subunits]
    panels = [_panel(view, series, funnel, own, _alt_text(view, series, funnel)) for series, funnel in drawn]
    sentences = [
        f"{view.indicator_link(s.indikator, view.series_name(s))}: {_sentence(view, f)}" for s, f in drawn
    ]
    message = "" if view.niva == "kontor" else _message(view, drawn)
    shown = figure(panels, _caption(view), message)
    return Fragment(_guide(view) + shown + bullets(sentences, "nb-fotnoter"), "trakt", figures=1)


def funnel_section_of_indicator(view: IndicatorView) -> Fragment:
    """The funnel plots of the indicator's series, what they are based on, and the outliers."""
    every = read_funnels(view.edition)
    drawn = [(s, every[s.indikator, s.gruppe]) for s in view.own_series if (s.indikator, s.gruppe) in every]
    if not drawn:
        return Fragment(paragraph(_why_none(view)), "trakt")
    drawn = drawn[:INDICATOR_PANELS]
    panels = [_panel(view, s, f, [], _overall(view.series_name(s), f)) for s, f in drawn]
    sentences = [f"{escape(view.series_name(s))}: {_numbers(f)} {_list(view, f)}" for s, f in drawn]
    expected = expected_panels(view)
    panels += [made.html for made in expected]
    sentences += [made.note for made in expected]
    shown = figure(panels, "Hvert punkt er et kontor. " + _statistical_marks(view), _message(view, drawn))
    guide = _guide(view) + (expected_guide(view) if expected else "")
    return Fragment(guide + shown + bullets(sentences, "nb-fotnoter"), "trakt", figures=1)


def _marks(view: View) -> str:
    return (
        "Vannrett akse: hvor mange andelen er regnet av. Loddrett akse: andel i prosent. Den rette linjen "
        f"viser gjennomsnittet for {view.area.whole}. Hele linjer er 95 %-grensene og stiplede "
        "99,8 %-grensene, når en regner med at kontor er ulike. De tynne linjene er grensene for "
        "tilfeldigheter alene. Firkanter er kontor som skiller seg ut."
    )


def _statistical_marks(view: View) -> str:
    return (
        "Vannrett akse: hvor mange andelen er regnet av. Loddrett akse: andel i prosent. Den rette linjen "
        f"er gjennomsnittet for {view.area.whole}. Mellom de hele linjene ligger 95 av 100 kontor når ikke "
        "noe annet enn tilfeldigheter og vanlige ulikheter skiller dem, mellom de stiplede 99,8 av 100. "
        "Firkanter er kontor som skiller seg ut."
    )


def _chosen(view: UnitView) -> list[tuple[LetterSeries, Funnel]]:
    every = read_funnels(view.edition)
    found = []
    for series in view.letter_series:
        funnel = every.get((series.indikator, series.gruppe))
        if funnel is None or not series.judged or series.supplement or series.measure != "andel":
            continue
        if view.niva == "kontor" and view.unit.enhet not in funnel.by_office:
            continue
        if view.niva == "fylke" and not any(unit.enhet in funnel.by_office for unit in view.subunits):
            continue
        found.append((series, funnel))
    return _spread(found)


def _spread(found: list[tuple[LetterSeries, Funnel]]) -> list[tuple[LetterSeries, Funnel]]:
    """At most as many as a page has room for, spread evenly over the letter's order."""
    if len(found) <= UNIT_PANELS:
        return found
    return [found[round(place * (len(found) - 1) / (UNIT_PANELS - 1))] for place in range(UNIT_PANELS)]


def _why_none(view: View) -> str:
    if isinstance(view, UnitView) and view.niva == "kontor":
        return (
            "Kontoret står ikke i noen av figurene: tallene er skjult, gjelder under 30, eller det er for få "
            "kontor å se det i sammenheng med."
        )
    return "Det er for få kontor med tall som vises, til å sammenligne dem med hverandre."


def _guide(view: View) -> str:
    way = link(f"{view.root}metode/trakt.html", "Slik leser du figurene")
    return paragraph(
        "Små kontor svinger mest. Derfor er grensene vide for de små og smale for de store. Innenfor "
        "grensene er "
        f"det ingen sikker forskjell fra {escape(view.area.name)}. {way}."
    )


def _panel(view: View, series: LetterSeries, funnel: Funnel, own: Sequence[str], alt_text: str) -> str:
    """A panel of one series: for an office in the page's own SVG, for other pages by seaborn."""
    name = view.series_name(series)
    if isinstance(view, UnitView) and view.niva == "kontor":
        return figure_panel(name, funnel_svg(funnel.points, own, funnel.target, funnel.lines, alt_text))
    keys = {
        "indikator": series.indikator,
        "gruppe": series.gruppe,
        "periode": view.shown_period(series.indikator),
    }
    named = {unit.enhet: unit.navn for unit in view.units if not own or unit.enhet in own}
    svg = statistical_funnel(
        funnel.points, funnel.target, funnel.lines, alt_text, keys, own, named, view.area.name
    )
    return figure_panel(name, svg)


def _message(view: View, drawn: Sequence[tuple[LetterSeries, Funnel]]) -> str:
    """What the funnels show: how many offices stand out, of the county or of all."""
    own = {u.enhet for u in view.subunits} if isinstance(view, UnitView) and view.niva == "fylke" else None
    counts = [sum(own is None or p.enhet in own for p in funnel.outside) for _, funnel in drawn]
    where = "i fylket " if own is not None else ""
    if not any(counts):
        return f"Ingen av kontorene {where}skiller seg sikkert ut"
    most = counts.index(max(counts))
    name = view.series_name(drawn[most][0])
    return f"{capitalised(count_word(counts[most]))} kontor {where}skiller seg ut i «{name}»"


def _caption(view: UnitView) -> str:
    if view.niva == "kontor":
        return f"Blått er {view.unit.navn}, grått er andre kontor. {_marks(view)}"
    marked = "Blått er kontorene i fylket, grått er alle andre kontor. " if view.niva == "fylke" else ""
    return (marked or "Hvert punkt er et kontor. ") + _statistical_marks(view)


def _of(point: FunnelPoint) -> str:
    decimals = percent_decimals(point.n)
    limits = f"{percent(point.lower, decimals)}–{percent(point.upper, decimals)}"
    return f"{percent(point.share, decimals)} prosent. Grensene for et så stort kontor er {limits}"


def _alt_text(view: UnitView, series: LetterSeries, funnel: Funnel) -> str:
    name = view.series_name(series)
    if view.niva != "kontor":
        return _overall(name, funnel)
    point = funnel.by_office[view.unit.enhet]
    top = f"{view.area.subject} har {percent(funnel.target)} prosent."
    return f"{name}: {view.unit.navn} har {_of(point)}. {top}"


def _overall(name: str, funnel: Funnel) -> str:
    beyond = sum(not point.lower <= point.share <= point.upper for point in funnel.points)
    return (
        f"{name}: {number(len(funnel.points))} kontor rundt {percent(funnel.target)} prosent; "
        f"{number(beyond)} utenfor 95 %-grensene."
    )


def _sentence(view: UnitView, funnel: Funnel) -> str:
    if view.niva != "kontor":
        return f"{_numbers(funnel)} {_list(view, funnel)}"
    point = funnel.by_office[view.unit.enhet]
    where = -1 if point.share < point.lower else 1 if point.share > point.upper else 0
    sentence = {
        0: f"Kontoret ligger innenfor, og skiller seg ikke sikkert fra {escape(view.area.name)}.",
        1: "Kontoret ligger over den øvre grensen.",
        -1: "Kontoret ligger under den nedre grensen.",
    }[where]
    if where and not point.side:
        sentence += (
            " Når så mange kontor ses på, ligger noen utenfor ved en tilfeldighet, og dette kan være "
            "ett av dem."
        )
    if point.side:
        sentence += " Det skiller seg ut også når vi tar hensyn til hvor mange kontor som ses på."
    return f"{_of(point)}; {escape(view.area.name)} har {percent(funnel.target)}. {sentence}"


def _numbers(funnel: Funnel) -> str:
    return (
        f"{number(len(funnel.points))} kontor vises, {number(funnel.left_out)} er skjult eller har under 30 "
        f"og er "
        f"ikke med."
    )


def _list(view: View, funnel: Funnel) -> str:
    """The outliers by the false discovery rate, in number order; HTML.

    A county names its own offices and counts the others: every outlier that is drawn is accounted for.
    """
    if not funnel.outside:
        return "Ingen av kontorene skiller seg ut."
    own = None
    if isinstance(view, UnitView) and view.niva == "fylke":
        own = {unit.enhet for unit in view.subunits}
    named = [point for point in funnel.outside if own is None or point.enhet in own]
    parts = [
        f"{join_names([outlier_link(view, point.enhet) for point in side])} ligger {word}"
        for word, side in (
            ("over", [point for point in named if point.side > 0]),
            ("under", [point for point in named if point.side < 0]),
        )
        if side
    ]
    others = len(funnel.outside) - len(named)
    elsewhere = f"I andre fylker skiller {count_word(others)} kontor seg ut." if others else ""
    if not parts:
        return f"Ingen av kontorene i fylket skiller seg ut. {elsewhere}".rstrip()
    return f"Disse skiller seg ut, i nummerrekkefølge: {'; '.join(parts)}. {elsewhere}".rstrip()
