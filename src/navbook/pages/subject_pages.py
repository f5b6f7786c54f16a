"""The pages of an indicator and of a chapter, as a notebook calls them: one method for each section."""

from navbook.pages.chapters import (
    ChapterView,
    chapter_caveats,
    chapter_choices,
    chapter_counties,
    chapter_figures,
    chapter_intro,
    chapter_letter,
    chapter_links,
    chapter_pairs,
    chapter_summary,
    chapter_trend,
)
from navbook.pages.format import Fragment, folded
from navbook.pages.sections import (
    IndicatorView,
    compared,
    country_and_counties,
    curve_section,
    funnel_section_of_indicator,
    header,
    indicator_caveats,
    indicator_definition,
    indicator_downloads,
    indicator_letter,
)
from navbook.pages.templates import sentence


class IndicatorPage:
    """The page of an indicator; each method is a section."""

    def __init__(self, view: IndicatorView) -> None:
        self.view = view

    def topplinje(self) -> Fragment:
        return header(self.view, [self.view.indikator])

    def kort_sagt(self) -> Fragment:
        return compared.indicator_summary(self.view)

    def fordeling(self) -> Fragment:
        return compared.distribution_of_indicator(self.view)

    def definisjon(self) -> Fragment:
        return indicator_definition(self.view)

    def brevet(self) -> Fragment:
        return indicator_letter(self.view)

    def utvikling(self) -> Fragment:
        return compared.indicator_months(self.view)

    def kurver(self) -> Fragment:
        return curve_section(self.view)

    def blant_kontorene(self) -> Fragment:
        return funnel_section_of_indicator(self.view)

    def enheter(self) -> Fragment:
        return country_and_counties(self.view)

    def sier_ikke(self) -> Fragment:
        return indicator_caveats(self.view)

    def videre(self) -> Fragment:
        return indicator_downloads(self.view)


class ChapterPage:
    """The page of a chapter; each method is a section."""

    def __init__(self, view: ChapterView) -> None:
        self.view = view

    def topplinje(self) -> Fragment:
        return header(self.view, self.view.indicators)

    def kort_sagt(self) -> Fragment:
        return chapter_summary(self.view)

    def om_kapitlet(self) -> Fragment:
        return chapter_intro(self.view)

    def innsats_og_resultat(self) -> Fragment:
        return chapter_pairs(self.view)

    def utvikling(self) -> Fragment:
        return chapter_trend(self.view)

    def fylkene(self) -> Fragment:
        return chapter_counties(self.view)

    def alle_tall(self) -> Fragment:
        return chapter_figures(self.view)

    def brevet(self) -> Fragment:
        return chapter_letter(self.view)

    def valg(self) -> Fragment:
        return chapter_choices(self.view)

    def sier_ikke(self) -> Fragment:
        return chapter_caveats(self.view)

    def detaljer(self) -> Fragment:
        """Every figure, the letter's words and the book's choices, each folded under its title."""
        return folded(
            [
                (sentence("kapittel.brettet.alle_tall"), self.alle_tall()),
                (sentence("kapittel.brettet.brevet"), self.brevet()),
                (sentence("kapittel.brettet.valg"), self.valg()),
            ]
        )

    def videre(self) -> Fragment:
        return chapter_links(self.view)
