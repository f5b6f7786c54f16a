"""The top of every page: its edition, and the figures that are of an older period."""

from collections import defaultdict
from typing import Any

from markupsafe import Markup

from navbook.pages.format import Fragment, date_text, escape, link, paragraph, period_text
from navbook.pages.templates import html_sentence, sentence
from navbook.pages.view import View


def edition_line(view: View) -> str:
    """The edition, the date and source of the extract, and the letter; HTML."""
    utgave, krav = view.edition.utgave, view.edition.krav
    parts = [
        sentence("topp.utgave", periode=period_text(view.periode)),
        sentence("topp.syntetisk") if utgave.get("syntetisk") else "",
        sentence("topp.uttrekk", dato=date_text(utgave["uttrekksdato"])),
        sentence("topp.kilde", kilde=utgave["kilde"]),
        sentence("topp.brevet", brev=krav["brev"]) if krav.get("brev") else "",
    ]
    return paragraph(escape(" · ".join(part for part in parts if part)), "nb-topp") + letter_notices(view)


def letter_notices(view: View) -> str:
    """What must be said of the letter: it is of another year, is unfinished, or does not exist; HTML."""
    krav, line = view.edition.krav, ""
    if krav.get("gjenbrukt"):
        year = krav.get("gjelder_ar") or view.periode[:4]
        line += _notice(sentence("topp.gjenbrukt", ar=year, brev=krav["brev"]))
    if krav.get("uavklart"):
        line += _notice(_unconfirmed(krav))
    if not view.has_letter:
        line += _notice(sentence("topp.uten_brev"))
    return line


def _notice(text: str) -> str:
    return paragraph(escape(text), "nb-merknad")


def _unconfirmed(krav: dict[str, Any]) -> str:
    """The rows of the letter that are still those of the letter before; the letter chapter names the rest."""
    names: list[str] = krav["uavklart"]
    rows = [name for name in names if name.startswith("SP")]
    more = len(names) - len(rows)
    letters = {"brev": krav["brev"], "arver": krav["arver"]}
    return sentence("topp.uavklart", rader=rows, andre=more, **letters)


def older_periods(view: View, indicators: list[str] | None = None) -> str:
    """A paragraph on the figures of an older period than the edition's; empty if there are none."""
    older: dict[str, list[str]] = defaultdict(list)
    present = {series.indikator for series in view.letter_series + view.other_series}
    for indikator in view.edition.utgave.get("perioder", {}):
        shown = view.shown_period(indikator)
        wanted = indikator in (present if indicators is None else indicators)
        if shown != view.periode and wanted and indikator in view.definitions:
            older[shown].append(view.definitions.get(indikator).kortnavn)
    if not older:
        return ""
    letters = sorted({series.judged_by for series in view.letter_series if series.judged_by})
    told = [
        sentence("topp.eldre_periode", periode=period_text(period), navn=names)
        for period, names in sorted(older.items())
    ]
    text = sentence(
        "topp.eldre",
        periode=period_text(view.periode),
        eldre=told,
        ar=[str(year) for year in letters],
    )
    return paragraph(escape(text), "nb-eldre")


def notices(view: View, indicators: list[str] | None = None) -> str:
    """What must be said before the figures: of the letter, and of figures of an older period; HTML."""
    return letter_notices(view) + older_periods(view, indicators)


def header(view: View, indicators: list[str] | None = None) -> Fragment:
    """The lines at the top of a page."""
    way = Markup(link(f"{view.root}slik-leser-du.html", sentence("topp.slik")))
    guide = paragraph(html_sentence("topp.ny_her", lenke=way), "nb-topp")
    return Fragment(edition_line(view) + older_periods(view, indicators) + guide, "topplinje")
