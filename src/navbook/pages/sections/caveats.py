"""What a page does not show, and where to download its numbers."""

from navbook.pages.format import Fragment, bullets, escape, link
from navbook.pages.templates import sentence, sentences_under
from navbook.pages.view import IndicatorDefinition, UnitView, has_report

GENERAL = list(sentences_under("nederst.forbehold").values())


def _not_measured(view: UnitView, definition: IndicatorDefinition) -> str:
    name = view.indicator_link(definition.id, definition.kortnavn)
    return f"{name}: {escape(' '.join(definition.maler_ikke))}"


def caveats(view: UnitView) -> Fragment:
    """What no number of the page measures, and what each indicator leaves out."""
    shown = {series.indikator for series in view.letter_series + view.other_series}
    own = [_not_measured(view, d) for d in view.definitions if d.maler_ikke and d.id in shown]
    return Fragment(bullets([escape(line) for line in GENERAL]) + bullets(own), "forbehold")


def general_caveats() -> Fragment:
    """What no number of the book says."""
    return Fragment(bullets([escape(line) for line in GENERAL]), "forbehold")


def unit_links(view: UnitView) -> Fragment:
    """Downloads of the page's numbers, and links to county, country and method."""
    unit, root = view.unit, view.root
    place = "landet" if view.niva == "landet" else f"{view.niva}/{unit.enhet}"
    downloads = [
        link(f"{root}data/{place}.xlsx", sentence("nederst.fil.excel", navn=unit.navn)),
        link(f"{root}data/{place}.csv", sentence("nederst.fil.csv", navn=unit.navn)),
        link(f"{root}data.html", sentence("nederst.fil.alle")),
    ]
    ways = [
        link(f"{root}metode/definisjoner.html", sentence("nederst.videre.definisjoner")),
        link(f"{root}metode/index.html", sentence("nederst.videre.metode")),
        link(f"{root}personvern.html", sentence("nederst.videre.personvern")),
    ]
    if view.niva == "kontor" and unit.fylke:
        county = next((u.navn for u in view.units if u.enhet == unit.fylke), unit.fylke)
        ways.insert(0, link(f"../fylke/{unit.fylke}.html", county))
    if view.niva == "fylke" and has_report(view.periode):
        ways.insert(0, link("../plan/oversikt.html", sentence("plan.liste.tittel")))
    if view.niva == "fylke" and has_report(view.periode) and view.letter_rows:
        report = link(f"../rapport/{unit.enhet}.html", sentence("nederst.videre.rapport"))
        ways.insert(0, report)
    if view.niva != "landet":
        ways.insert(0, link("../landet.html", view.area.heading))
    return Fragment(bullets(downloads, "nb-nedlasting") + bullets(ways, "nb-videre"), "nedlasting")
