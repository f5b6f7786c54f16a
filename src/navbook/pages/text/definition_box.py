"""The definition of an indicator as a box."""

from typing import Any

from navbook.pages.format import bullets, definition_list, escape
from navbook.pages.templates import sentence, sentence_or, sentences_under
from navbook.pages.view import IndicatorDefinition, View, catalogue_series


def _window(value: Any) -> str:
    """The days whose data a month needs, and the key to their notation."""
    window = str(value.get("tekst") or "") if isinstance(value, dict) else str(value or "")
    return escape(sentence("definisjon.vindu", vindu=window) if "(m" in window else window)


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return bullets([escape(item) for item in value])
    return escape(value) if value not in (None, "") else ""


def _group(group: dict[str, Any]) -> str:
    limits = f": {escape(group['avgrensning'])}" if group.get("avgrensning") else ""
    design = [
        sentence("definisjon.gruppe.ikke_for", niva=level, grunn=reason)
        for level, reason in (group.get("ikke_for") or {}).items()
    ]
    design += [
        sentence(f"definisjon.gruppe.{rule}") for rule in ("framfor", "bare_sammen_med") if group.get(rule)
    ]
    also = "".join(f" {escape(text)}" for text in design)
    return f"{escape(group['navn'])} (<code>{escape(group['id'])}</code>){limits}{also}"


def place_in_letter(view: View, indikator: str) -> str:
    """Where the letter in force has the indicator: in its table, elsewhere in its text, or nowhere."""
    named = [series for series in view.letter_series if series.indikator == indikator]
    if any(not series.supplement for series in named):
        return sentence("definisjon.plass.inni")
    entries = catalogue_series(view.edition.krav)
    if named or any(series.indikator == indikator for series in entries):
        return sentence("definisjon.plass.utenfor")
    return sentence(f"definisjon.plass.{'ikke' if view.has_letter else 'uten_brev'}")


def definition_box(view: View, definition: IndicatorDefinition) -> str:
    """What the number counts, for whom, when, from which source, and what the book has chosen; HTML."""
    record = definition.record
    groups = [_group(group) for group in record.get("grupper") or []]
    version = f"<code>{escape(definition.id)}</code>, versjon {escape(record.get('versjon', ''))}"
    unchanged = escape(sentence("definisjon.uendret"))
    content = {name: _plain(record.get(name)) for name in sentences_under("definisjon.hode")} | {
        "vindu": _window(record.get("vindu")),
        "kjent": escape(sentence("definisjon.kjent", maneder=definition.lag)),
        "grupper": bullets(groups),
        "endringer": _plain(record.get("endringer")) or unchanged,
        "plass": escape(place_in_letter(view, definition.id)),
        "grunnlag": escape(sentence_or(f"definisjon.grunnlag.{record.get('merkelapp')}", "")),
        "id": version,
    }
    heads = sentences_under("definisjon.hode")
    return definition_list([(head, content[name]) for name, head in heads.items()])
