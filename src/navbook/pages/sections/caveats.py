"""What a page does not show, and where to download its numbers."""

from navbook.pages.format import Fragment, bullets, escape, link
from navbook.pages.view import IndicatorDefinition, UnitView, has_report

GENERAL = [
    "Tallene sier ikke hvorfor noe har endret seg. "
    "Arbeidsmarkedet, hvem som bor i området og nye rutiner virker inn.",
    "Tallene kan ikke brukes til å rangere kontor. Små kontor svinger mest, uten at noe er gjort annerledes.",
    "Tallene sier ingenting om enkeltpersoner, verken brukere eller ansatte.",
    "Kravene i brevet måler ikke kommunens egne tjenester, som sosialhjelp og bolig.",
]


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
        link(f"{root}data/{place}.xlsx", f"Årets tall for {unit.navn} (Excel)"),
        link(f"{root}data/{place}.csv", f"Årets tall for {unit.navn} (CSV)"),
        link(f"{root}data.html", "Alle filer og kolonner"),
    ]
    ways = [
        link(f"{root}metode/definisjoner.html", "Definisjonene"),
        link(f"{root}metode/index.html", "Metodene"),
        link(f"{root}personvern.html", "Personvern"),
    ]
    if view.niva == "kontor" and unit.fylke:
        county = next((u.navn for u in view.units if u.enhet == unit.fylke), unit.fylke)
        ways.insert(0, link(f"../fylke/{unit.fylke}.html", county))
    if view.niva == "fylke" and has_report(view.periode) and view.letter_rows:
        ways.insert(0, link(f"../rapport/{unit.enhet}.html", "Utkast til rapport etter brevets overskrifter"))
    if view.niva != "landet":
        ways.insert(0, link("../landet.html", view.area.heading))
    return Fragment(bullets(downloads, "nb-nedlasting") + bullets(ways, "nb-videre"), "nedlasting")
