"""The definition of an indicator as a box."""

from typing import Any

from navbook.pages.format import bullets, definition_list, escape
from navbook.pages.view import IndicatorDefinition, View, catalogue_series

LABELS = {
    "OFFICIAL": "offisiell: NAV eller SSB har beskrevet den offentlig",
    "CODE": "fra kode: slik regner NAVs åpne kildekode",
    "PROPOSED": "bokens egen: ingen offisiell definisjon er funnet",
    "UNSURE": "usikker: teksten kan leses på flere måter, og boken har valgt én",
}
UNCHANGED = "Ingen: definisjonen er den samme i alle årene i boken."
INSIDE = "Styringsparameter."
NOWHERE = "Brevet nevner det ikke."
NO_LETTER = "Det finnes ikke noe brev for dette året."
OUTSIDE = "Utenfor styringsparameterne: brevet nevner det, men stiller ikke noe krav som boken vurderer."
WINDOW_KEY = "d(m) er siste dag i måneden som telles, f(m) den første; d(m+1) er siste dag i måneden etter."


def _window(value: Any) -> str:
    """The days whose data a month needs, and the key to their notation."""
    window = str(value.get("tekst") or "") if isinstance(value, dict) else str(value or "")
    return f"{escape(window)}. {escape(WINDOW_KEY)}" if "(m" in window else escape(window)


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return bullets([escape(item) for item in value])
    return escape(value) if value not in (None, "") else ""


def _group(group: dict[str, Any]) -> str:
    limits = f": {escape(group['avgrensning'])}" if group.get("avgrensning") else ""
    design = [f"Vises ikke for {level}: {reason}" for level, reason in (group.get("ikke_for") or {}).items()]
    if group.get("framfor"):
        design.append("Skiller gruppen seg lite fra den den er en del av, vises bare denne.")
    if group.get("bare_sammen_med"):
        design.append("Vises bare der den andre delen også kan vises.")
    also = "".join(f" {escape(text)}" for text in design)
    return f"{escape(group['navn'])} (<code>{escape(group['id'])}</code>){limits}{also}"


def place_in_letter(view: View, indikator: str) -> str:
    """Where the letter in force has the indicator: in its table, elsewhere in its text, or nowhere."""
    named = [series for series in view.letter_series if series.indikator == indikator]
    if any(not series.supplement for series in named):
        return INSIDE
    entries = catalogue_series(view.edition.krav)
    if named or any(series.indikator == indikator for series in entries):
        return OUTSIDE
    return NOWHERE if view.has_letter else NO_LETTER


def definition_box(view: View, definition: IndicatorDefinition) -> str:
    """What the number counts, for whom, when, from which source, and what the book has chosen; HTML."""
    record = definition.record
    label = LABELS.get(str(record.get("merkelapp")), "")
    groups = [_group(group) for group in record.get("grupper") or []]
    lag = definition.lag
    known = "ved månedens slutt" if lag == 0 else f"{lag} måned{'er' if lag > 1 else ''} etter månedens slutt"
    return definition_list(
        [
            ("Hvem det gjelder", _plain(record.get("populasjon"))),
            ("Teller", _plain(record.get("teller"))),
            ("Nevner", _plain(record.get("nevner"))),
            ("Dato", _plain(record.get("dato"))),
            ("Opplysninger fra", _window(record.get("vindu"))),
            ("Kjent", escape(known)),
            ("Register", _plain(record.get("register"))),
            ("Grupper", bullets(groups)),
            ("Hva boken har valgt", _plain(record.get("valg"))),
            ("Hva tallet ikke måler", _plain(record.get("maler_ikke"))),
            ("Endringer mellom år", _plain(record.get("endringer")) or escape(UNCHANGED)),
            ("Plass i brevet", escape(place_in_letter(view, definition.id))),
            ("Definisjonens grunnlag", escape(label)),
            ("Kilde", _plain(record.get("kilde"))),
            (
                "Id og versjon",
                f"<code>{escape(definition.id)}</code>, versjon {escape(record.get('versjon', ''))}",
            ),
        ]
    )
