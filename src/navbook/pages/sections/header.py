"""The top of every page: its edition, and the figures that are of an older period."""

from collections import defaultdict
from typing import Any

from navbook.pages.format import Fragment, date_text, escape, link, paragraph, period_text
from navbook.pages.text import join_names
from navbook.pages.view import View


def edition_line(view: View) -> str:
    """The edition, the date and source of the extract, and the letter; HTML."""
    utgave, krav = view.edition.utgave, view.edition.krav
    parts = [
        f"Utgave for {period_text(view.periode)}",
        "syntetiske tall: personer, kontor og resultater er funnet på" if utgave.get("syntetisk") else "",
        f"uttrekk fra {date_text(utgave['uttrekksdato'])}",
        f"kilde: {utgave['kilde']}",
    ]
    if krav.get("brev"):
        parts.append(f"mål- og disponeringsbrevet for {krav['brev']}")
    return paragraph(escape(" · ".join(part for part in parts if part)), "nb-topp") + letter_notices(view)


def letter_notices(view: View) -> str:
    """What must be said of the letter: it is of another year, is unfinished, or does not exist; HTML."""
    krav, line = view.edition.krav, ""
    if krav.get("gjenbrukt"):
        line += paragraph(
            escape(
                f"Brevet for {krav.get('gjelder_ar') or view.periode[:4]} er ikke lagt inn ennå. "
                f"Kravene på denne siden er fra brevet for {krav['brev']}, "
                "og tallene sammenlignes med samme periode året før."
            ),
            "nb-merknad",
        )
    if krav.get("uavklart"):
        line += paragraph(_unconfirmed(krav), "nb-merknad")
    if not view.has_letter:
        line += paragraph("Det finnes ikke noe brev for dette året, så ingen krav vurderes.", "nb-merknad")
    return line


def _unconfirmed(krav: dict[str, Any]) -> str:
    """The rows of the letter that are still those of the letter before; the letter chapter names the rest."""
    names: list[str] = krav["uavklart"]
    rows = [name for name in names if name.startswith("SP")]
    more = len(names) - len(rows)
    first = join_names(rows) if rows else "ingen styringsparametere"
    return escape(
        f"Brevet for {krav['brev']} er ikke ferdig lagt inn. "
        f"Dette er fortsatt fra brevet for {krav['arver']}: "
        f"{first}" + (f", og {more} andre punkter som kapittelet Brevet nevner." if more else ".")
    )


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
    years = join_names([str(year) for year in letters]) if letters else ""
    judged = f" De av dem som har et krav, vurderes etter brevet for {years}." if years else ""
    periods = "; ".join(
        f"{period_text(period)} for {join_names(names)}" for period, names in sorted(older.items())
    )
    return paragraph(
        escape(
            f"Noen tall er ikke kjent for {period_text(view.periode)} ennå, "
            f"og siden viser siste kjente periode i stedet: {periods}.{judged}"
        ),
        "nb-eldre",
    )


def notices(view: View, indicators: list[str] | None = None) -> str:
    """What must be said before the figures: of the letter, and of figures of an older period; HTML."""
    return letter_notices(view) + older_periods(view, indicators)


def header(view: View, indicators: list[str] | None = None) -> Fragment:
    """The lines at the top of a page."""
    guide = paragraph(f"Ny her? {link(view.root + 'slik-leser-du.html', 'Slik leser du siden')}.", "nb-topp")
    return Fragment(edition_line(view) + older_periods(view, indicators) + guide, "topplinje")
