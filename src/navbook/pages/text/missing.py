"""Which figures a page lacks, and why: they are not in the extract, or not in the letter in force."""

from collections.abc import Iterable

from navbook.pages.templates import sentence
from navbook.pages.view import SeriesLookupView


def missing_sentences(view: SeriesLookupView, names: Iterable[str], quote: str = "{}") -> list[str]:
    """A sentence for each reason, with the names of the figures in the form `quote`; none without names."""
    absent: list[str] = []
    unnamed: list[str] = []
    for name in names:
        (absent if view.in_letter(name) else unnamed).append(quote.format(view.display_name(name)))
    year = view.edition.krav.get("brev") or ""
    return [
        sentence(f"setninger.mangler.{why}", navn=found, brev=year)
        for why, found in (("i_uttrekket", absent), ("i_brevet", unnamed))
        if found
    ]
