"""Which figures a page lacks, and why: they are not in the extract, or not in the letter in force."""

from collections.abc import Iterable

from navbook.pages.text.sentences import join_names
from navbook.pages.view import SeriesLookupView


def missing_sentences(view: SeriesLookupView, names: Iterable[str], quote: str = "{}") -> list[str]:
    """A sentence for each reason, with the names of the figures in the form `quote`; none without names."""
    absent: list[str] = []
    unnamed: list[str] = []
    for name in names:
        (absent if view.in_letter(name) else unnamed).append(quote.format(view.display_name(name)))
    year = view.edition.krav.get("brev")
    letter = f"Ikke i brevet for {year}" if year else "Utgaven har ikke noe brev, og viser derfor ikke"
    return [
        f"{reason}: {join_names(found)}."
        for reason, found in (("Ikke i uttrekket", absent), (letter, unnamed))
        if found
    ]
