"""The kinds of pages, as a notebook calls them: one call to load, then one method for each section."""

from navbook.edition import Part, read_edition
from navbook.edition.schema import COUNTRY
from navbook.pages.chapters import (
    chapter_view,
)
from navbook.pages.format import Fragment, folded
from navbook.pages.sections import (
    caveats,
    comment,
    compared,
    expected,
    funnel_section_of_unit,
    general_caveats,
    header,
    indicator_view,
    office,
    other_results,
    portfolio,
    process_and_outcome,
    results,
    run_charts_of_unit,
    similar_offices,
    subunits,
    summary,
    tertials,
    unit_links,
)
from navbook.pages.sections.planning import labour_market_section, local_goals_section, municipal_section
from navbook.pages.subject_pages import ChapterPage, IndicatorPage
from navbook.pages.templates import sentences_under
from navbook.pages.view import UnitView, page_inputs, unit_view
from navbook.runtime.errors import UsageError
from navbook.runtime.notebook_parameters import refuse_unknown_parameters


class UnitPage:
    """The page of an office, a county or the country; each method is a section."""

    def __init__(self, view: UnitView) -> None:
        self.view = view

    def topplinje(self) -> Fragment:
        return header(self.view)

    def kort_sagt(self) -> Fragment:
        return summary(self.view)

    def hvem_vi_er_til_for(self) -> Fragment:
        return portfolio(self.view)

    def resultater(self) -> Fragment:
        return results(self.view)

    def andre_tall(self) -> Fragment:
        return other_results(self.view)

    def innsats_og_resultat(self) -> Fragment:
        return process_and_outcome(self.view)

    def tertialer(self) -> Fragment:
        return tertials(self.view)

    def utvikling(self) -> Fragment:
        return run_charts_of_unit(self.view)

    def blant_kontorene(self) -> Fragment:
        return funnel_section_of_unit(self.view)

    def forventet(self) -> Fragment:
        return expected(self.view)

    def kontorer_som_ligner(self) -> Fragment:
        return similar_offices(self.view)

    def enheter(self) -> Fragment:
        return subunits(self.view)

    def egne_ord(self) -> Fragment:
        return comment(self.view)

    def egne_mal(self) -> Fragment:
        return local_goals_section(self.view)

    def kommunen(self) -> Fragment:
        return municipal_section(self.view)

    def sier_ikke(self) -> Fragment:
        return caveats(self.view)

    def videre(self) -> Fragment:
        return unit_links(self.view)


class OfficePage(UnitPage):
    """The page of an office; each method is a part, and an empty part leaves the page with its heading."""

    def navnelinje(self) -> Fragment:
        return office.name_line(self.view)

    def hvem(self) -> Fragment:
        return office.who(self.view)

    def endringer(self) -> Fragment:
        return office.changes(self.view)

    def krav(self) -> Fragment:
        return office.requirements(self.view)

    def resultatene(self) -> Fragment:
        return office.result_lines(self.view)

    def grupper(self) -> Fragment:
        return office.priority_groups(self.view)

    def forventet_og_observert(self) -> Fragment:
        return office.expected_picture(self.view)

    def kontorer_som_ligner(self) -> Fragment:
        return office.similar_results(self.view)

    def til_samtalen(self) -> Fragment:
        return office.conversation(self.view)

    def egne_ord(self) -> Fragment:
        return office.own_words(self.view)

    def sier_ikke(self) -> Fragment:
        return office.not_said(self.view)

    def flere_tall(self) -> Fragment:
        return office.more_figures(self.view)


class OverviewPage(UnitPage):
    """The page of a county or the country: what its units look like next to each other, then the detail."""

    def nokkeltall(self) -> Fragment:
        return compared.key_figures(self.view)

    def fliser(self) -> Fragment:
        return compared.county_tiles(self.view)

    def varmekart(self) -> Fragment:
        return compared.requirements_heatmap(self.view)

    def fordelinger(self) -> Fragment:
        return compared.distributions(self.view)

    def side_om_side(self) -> Fragment:
        return compared.unit_rows(self.view)

    def utvikling(self) -> Fragment:
        return compared.unit_months(self.view)

    def sier_ikke(self) -> Fragment:
        return general_caveats()

    def detaljer(self) -> Fragment:
        """The tables of the page, each folded under its title."""
        parts = {
            "resultater": self.resultater(),
            "hvem_vi_er_til_for": self.hvem_vi_er_til_for(),
            "enheter": self.enheter(),
            "innsats_og_resultat": self.innsats_og_resultat(),
            "forventet": self.forventet(),
            "tertialer": self.tertialer(),
            "andre_tall": self.andre_tall(),
            "arbeidsmarked": labour_market_section(self.view),
            "maler_ikke": caveats(self.view),
        }
        titles = sentences_under("kapittel.brettet_enhet")
        return folded([(titles[name], part) for name, part in parts.items()])


def _read(utgave: str, spraak: str, kind: str, subject: str) -> Part:
    refuse_unknown_parameters()
    if spraak != "nb":
        raise UsageError(f"the pages are not written in '{spraak}': use spraak=\"nb\"")
    return page_inputs(read_edition(utgave), kind, subject)


def kontor(utgave: str, enhet: str, spraak: str = "nb") -> OfficePage:
    """The page of an office. Raises UsageError for an unknown edition, office or language."""
    return OfficePage(unit_view(_read(utgave, spraak, "kontor", enhet), enhet, "kontor"))


def fylke(utgave: str, enhet: str, spraak: str = "nb") -> OverviewPage:
    """The page of a county. Raises UsageError for an unknown edition, county or language."""
    return OverviewPage(unit_view(_read(utgave, spraak, "fylke", enhet), enhet, "fylke"))


def landet(utgave: str, spraak: str = "nb") -> OverviewPage:
    """The page of the country. Raises UsageError for an unknown edition or language."""
    return OverviewPage(unit_view(_read(utgave, spraak, "landet", COUNTRY), COUNTRY, "landet"))


def indikator(utgave: str, indikator: str, spraak: str = "nb") -> IndicatorPage:
    """The page of an indicator. Raises UsageError for an unknown edition, indicator or language."""
    return IndicatorPage(indicator_view(_read(utgave, spraak, "indikator", indikator), indikator))


def kapittel(utgave: str, kapittel: str, spraak: str = "nb") -> ChapterPage:
    """The page of a chapter. Raises UsageError for an unknown edition, chapter or language."""
    return ChapterPage(chapter_view(_read(utgave, spraak, "kapittel", kapittel), kapittel))
