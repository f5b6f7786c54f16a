"""What is said of the funnel plots; the sentences are in templates/trakt.yml."""

from collections.abc import Sequence

from markupsafe import Markup

from navbook.pages.charts import FunnelPoint
from navbook.pages.format import escape, link, paragraph, percent, percent_decimals
from navbook.pages.sections.funnels.read import Funnel
from navbook.pages.templates import html_sentence, sentence
from navbook.pages.view import LetterSeries, UnitView, View


def guide(view: View) -> str:
    """How to read the figures; HTML."""
    way = link(f"{view.root}metode/trakt.html", sentence("trakt.slik"))
    return paragraph(f"{escape(sentence('trakt.veiledning', topp=view.area.name))} {way}.")


def why_none(view: View) -> str:
    """Why there is no funnel to draw."""
    return sentence("trakt.ingen_kontor" if _of_office(view) else "trakt.ingen")


def caption(view: View) -> str:
    """What the points, lines and axes are."""
    niva = view.niva if isinstance(view, UnitView) else ""
    if niva == "kontor" and isinstance(view, UnitView):
        first = sentence("trakt.under.kontor", navn=view.unit.navn)
        return f"{first} {sentence('trakt.tegn', hele=view.area.whole)}"
    first = sentence("trakt.under.fylke" if niva == "fylke" else "trakt.under.alle")
    return f"{first} {sentence('trakt.tegn_mange', hele=view.area.whole)}"


def message(view: View, drawn: Sequence[tuple[LetterSeries, Funnel]]) -> str:
    """What the funnels show: how many offices stand out, of the county or of all."""
    own = _own_offices(view)
    counts = [sum(own is None or p.enhet in own for p in funnel.outside) for _, funnel in drawn]
    most = counts.index(max(counts))
    name = view.series_name(drawn[most][0])
    return sentence("trakt.tittel", antall=counts[most], i_fylket=own is not None, navn=name)


def alt_text(view: View, series: LetterSeries, funnel: Funnel) -> str:
    """What a funnel shows, for those who do not see it."""
    name = view.series_name(series)
    if not _of_office(view) or not isinstance(view, UnitView):
        beyond = sum(not point.lower <= point.share <= point.upper for point in funnel.points)
        counts = {"antall": len(funnel.points), "utenfor": beyond}
        return sentence("trakt.alt", navn=name, midt=percent(funnel.target), **counts)
    return sentence(
        "trakt.alt_kontor",
        navn=name,
        kontor=view.unit.navn,
        **_of(funnel.by_office[view.unit.enhet]),
        toppen=view.area.subject,
        midt=percent(funnel.target),
    )


def numbers(funnel: Funnel) -> str:
    """How many offices are drawn, and how many are not."""
    return sentence("trakt.vist", antall=len(funnel.points), utenfor=funnel.left_out)


def said(view: View, funnel: Funnel) -> str:
    """Where the office is, or which offices stand out; HTML."""
    if not _of_office(view) or not isinstance(view, UnitView):
        return f"{escape(numbers(funnel))} {outliers(view, funnel)}"
    point = funnel.by_office[view.unit.enhet]
    return escape(
        sentence(
            "trakt.kontoret",
            **_of(point),
            topp=view.area.name,
            midt=percent(funnel.target),
            side=-1 if point.share < point.lower else 1 if point.share > point.upper else 0,
            skiller_seg=bool(point.side),
        )
    )


def outliers(view: View, funnel: Funnel) -> str:
    """The outliers by the false discovery rate, in number order; HTML.

    A county names its own offices and counts the others: every outlier that is drawn is accounted for.
    """
    own = _own_offices(view)
    named = [point for point in funnel.outside if own is None or point.enhet in own]
    return html_sentence(
        "trakt.utslag",
        over=[outlier_link(view, point.enhet) for point in named if point.side > 0],
        under=[outlier_link(view, point.enhet) for point in named if point.side < 0],
        andre=len(funnel.outside) - len(named),
    )


def outlier_link(view: View, enhet: str) -> Markup:
    """An office that stands out, by number and name, as a link to its page."""
    name = next((unit.navn for unit in view.units if unit.enhet == enhet), "")
    return Markup(link(f"{view.root}kontor/{enhet}.html", f"{enhet} {name}".strip()))


def _of(point: FunnelPoint) -> dict[str, str]:
    """The share of an office, and the limits for one of its size."""
    decimals = percent_decimals(point.n)
    limits = f"{percent(point.lower, decimals)}–{percent(point.upper, decimals)}"
    return {"andel": percent(point.share, decimals), "grenser": limits}


def _of_office(view: View) -> bool:
    return isinstance(view, UnitView) and view.niva == "kontor"


def _own_offices(view: View) -> set[str] | None:
    """The offices of a county; None on a page of all offices."""
    if isinstance(view, UnitView) and view.niva == "fylke":
        return {unit.enhet for unit in view.subunits}
    return None
