"""The parts of an office page that are folded, and what no figure says."""

from navbook.pages.format import Fragment, bullets, escape, link, paragraph
from navbook.pages.sections.development import tertials
from navbook.pages.sections.funnels import funnel_section_of_unit
from navbook.pages.sections.planning import labour_market_sentence, municipal_section
from navbook.pages.sections.results import other_results
from navbook.pages.templates import sentence, sources
from navbook.pages.view import UnitView


def more_figures(view: UnitView) -> Fragment:
    """Tertials, the figures outside the letter's table, the funnels and the municipalities, each folded."""
    parts = (
        ("tertialer", tertials(view).html if tertials_known(view) else ""),
        ("andre", other_results(view).html if others_known(view) else ""),
        ("trakt", _funnels(view)),
        ("kommunen", municipal_section(view).html if view.municipalities else ""),
    )
    html = "".join(
        f"<details><summary>{escape(sentence(f'kontor.mer.{key}'))}</summary>\n{inside}</details>\n"
        for key, inside in parts
        if inside
    )
    return Fragment(f'<div class="nb-mer">{html}</div>', "mer", figures=html.count("<figure"))


def tertials_known(view: UnitView) -> bool:
    """Whether the edition is for a year with some tertial shown of the office."""
    shown = [s for s in view.letter_series if s.judged and view.own(s).shown]
    return view.periode.isdigit() and bool(shown)


def others_known(view: UnitView) -> bool:
    """Whether any figure without a requirement is shown of the office."""
    added = [series for series in view.letter_series if series.supplement and not series.judged]
    return any(view.own(series).shown for series in (*added, *view.other_series))


def _funnels(view: UnitView) -> str:
    section = funnel_section_of_unit(view)
    return section.html if section.figures else ""


def not_said(view: UnitView) -> Fragment:
    """Four lines on what the figures do not say, and the labour market around the office."""
    keys = [key for key in sources() if key.startswith("kontor.ikke.")]
    way = link(f"{view.root}metode/arbeidsmarked.html", sentence("arbeidsmarked.les"))
    market = paragraph(f"{escape(labour_market_sentence(view))} {way}.")
    return Fragment(bullets([escape(sentence(key)) for key in keys]) + market, "forbehold")
