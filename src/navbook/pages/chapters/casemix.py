"""The chapter on the case-mix model: what it is, how well it fits, and what it cannot show."""

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from navbook.edition import Edition
from navbook.pages.chapters.calibration import calibration_figure
from navbook.pages.format import (
    GroupHeader,
    TableCell,
    TableColumn,
    TableRow,
    escape,
    heading,
    literal,
    number,
    paragraph,
    percent,
    period_text,
    range_text,
    raw_html,
    signed_points,
    table,
)
from navbook.pages.text import join_names
from navbook.pages.text.casemix_text import (
    ALIKE,
    GROUPS,
    LIMITS,
    MEANING,
    POPULATIONS,
    REASONS,
    TRAITS,
    UNTOLD,
    WHAT,
    WITH,
    WITHOUT,
)

Rows = list[dict[str, Any]]
MOST_NAMED = 3
# the chapter itself explains the model and the expected value at its beginning
OWN = "forventet.html"


def _named(text: str, edition: Edition) -> str:
    """A Markdown text with the forms of the name of the top level filled in."""
    forms = ("name", "whole", "genitive")
    return text.format(**{form: literal(getattr(edition.area, form)) for form in forms})


def casemix_chapter(edition: Edition, top: str) -> str:
    """The chapter «Hva modellen forventer» as Markdown; without a model it gives the reason.

    `top` is the HTML under the title.
    """
    model = edition.further("modell").sort_values("nr", kind="stable")
    parts = [heading(1, "Hva modellen forventer"), raw_html(top), _named(WHAT, edition)]
    missing = _rows(model, "mangler", variant=WITHOUT)
    parts += [
        f"**Ingen modell for {POPULATIONS[row['modell']]}.** {REASONS.get(row['niva'], '')}\n"
        for row in missing
    ]
    fitted = [row["modell"] for row in _rows(model, "oppsummering", variant=WITHOUT)]
    if not fitted:
        return "\n".join([*parts, _named(LIMITS, edition)])
    year = _rows(model, "oppsummering")[0]["periode"]
    parts += [_made_in(year), heading(2, "Hva kjennetegnene betyr"), MEANING]
    for population in fitted:
        if not _rows(model, "kjennetegn", modell=population, variant=WITHOUT):
            parts.append(ALIKE.format(population=POPULATIONS[population]))
            continue
        parts += [_in_words(model, population), _left_out(model, population)]
        parts.append(raw_html(_traits(model, population)))
    drawn = [population for population in fitted if _rows(model, "desil", modell=population)]
    parts += [heading(2, "Treffer modellen?"), raw_html(_hits(model, fitted))]
    parts.append(raw_html(calibration_figure(model, drawn)) if drawn else _named(UNTOLD, edition))
    parts += [raw_html(_deciles(model, population)) for population in drawn]
    parts += [
        heading(2, "Treffer den også i hver gruppe?"),
        GROUPS if drawn else _named(UNTOLD, edition),
    ]
    parts += [raw_html(_groups(model, population)) for population in drawn]
    parts += [
        heading(2, "Hvor mye av forskjellene mellom kontorene forklarer den?"),
        raw_html(_between(model, fitted)),
    ]
    return "\n".join([*parts, _named(LIMITS, edition)])


def _made_in(year: str) -> str:
    return f"Modellene i denne utgaven er laget på dem som sluttet i {period_text(year)}.\n"


def _rows(model: pd.DataFrame, part: str, **wanted: str) -> Rows:
    rows = model[model["del"] == part]
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return cast(Rows, rows.to_dict("records"))


def _keys(row: Mapping[str, Any]) -> dict[str, str]:
    return {"modell": row["modell"], "variant": row["variant"], "del": row["del"]}


def _traits(model: pd.DataFrame, population: str) -> str:
    known = _rows(model, "kjennetegn", modell=population, variant=WITHOUT)
    known += [
        row
        for row in _rows(model, "kjennetegn", modell=population, variant=WITH)
        if row["faktor"] == "innsatsgruppe"
    ]
    rows: list[TableRow | GroupHeader] = []
    trait: str = ""
    for row in known:
        if row["faktor"] != trait:
            trait = row["faktor"]
            variant = " (modellen med innsatsgruppe)" if row["variant"] == WITH else ""
            rows.append(GroupHeader(escape(f"{TRAITS.get(trait, trait)}{variant}")))
        difference = "sammenligning" if row["verdi"] == 0 else signed_points(row["verdi"])
        values = [_persons(row), _observed(row), TableCell(escape(difference))]
        rows.append(TableRow(escape(row["niva"]), values, _keys(row)))
    columns = [
        TableColumn("Gruppe"),
        TableColumn("Personer", True, OWN),
        TableColumn("Observert i prosent (95 % intervall)", True, "intervaller.html"),
        TableColumn("Flere eller færre av 100", True, f"{OWN}#hva-kjennetegnene-betyr"),
    ]
    return table(f"Modellen for {POPULATIONS[population]}: kjennetegnene", columns, rows)


def _in_words(model: pd.DataFrame, population: str) -> str:
    """A sentence on the groups that differ most from their reference group."""
    known = _rows(model, "kjennetegn", modell=population, variant=WITHOUT)
    known = sorted((row for row in known if row["faktor"] != "kalendermaned"), key=lambda row: row["verdi"])

    def named(rows: Rows) -> str:
        return join_names([f"{_group_name(row)} ({signed_points(row['verdi'])})" for row in rows])

    most = [row for row in reversed(known) if row["verdi"] > 0][:MOST_NAMED]
    least = [row for row in known if row["verdi"] < 0][:MOST_NAMED]
    words = [f"For {POPULATIONS[population]} ser modellen slik ut, sammenlignet med den største gruppen."]
    if most:
        words.append(f"Disse gruppene kommer oftest i arbeid ifølge modellen: {named(most)}.")
    if least:
        words.append(f"Disse kommer sjeldnest i arbeid: {named(least)}.")
    return " ".join(words) + "\n"


def _left_out(model: pd.DataFrame, population: str) -> str:
    """A sentence on the traits that the model does not use, and why; empty if it uses them all."""
    known = {row["faktor"] for row in _rows(model, "kjennetegn", modell=population, variant=WITHOUT)}
    without = [name.lower() for trait, name in TRAITS.items() if trait not in known | {"innsatsgruppe"}]
    if not without:
        return ""
    return (
        f"Ikke med i denne modellen: {join_names(without)}. Enten er alle i uttrekket like på dette, "
        "eller så er det for få i gruppene til å skille dem fra hverandre.\n"
    )


def _group_name(row: Mapping[str, Any]) -> str:
    trait = TRAITS.get(row["faktor"], row["faktor"]).lower()
    return str(row["niva"]) if row["faktor"] == "alder_og_kjonn" else f"{trait}: {row['niva']}"


def _persons(row: Mapping[str, Any]) -> TableCell:
    return TableCell(escape("skjult" if pd.isna(row["n"]) else number(row["n"])))


def _observed(row: Mapping[str, Any]) -> TableCell:
    if pd.isna(row["n"]):
        return TableCell(escape("skjult"))
    limits = range_text(percent(row["nedre"]), percent(row["ovre"]))
    return TableCell(escape(f"{percent(row['observert'])} ({limits})"))


def _hits(model: pd.DataFrame, fitted: list[str]) -> str:
    clauses = []
    for population in fitted:
        auc = {r["variant"]: r["verdi"] for r in _rows(model, "oppsummering", modell=population)}
        words = f"{percent(auc[WITHOUT], 0)} av 100 ganger"
        if WITH in auc:
            words += f" ({percent(auc[WITH], 0)} når innsatsgruppen er med)"
        clauses.append(f"for {POPULATIONS[population]} {words}")
    return paragraph(
        "Trekker vi en som kom i arbeid og en som ikke gjorde det, venter modellen mest av den første "
        + escape(", og ".join(clauses))
        + ". Ren gjetning gir 50 (tallet kalles AUC; det har ikke intervall). Modellen kan ikke forutsi "
        "hvordan det går med den enkelte, og brukes ikke til det. Men over mange mennesker skal forventet og "
        "observert være like. Det viser figuren og tabellene: alle som sluttet, er delt i ti like store "
        "grupper etter hva modellen venter av dem. Intervallet står ved den observerte andelen; forskjellen "
        "til det forventede kan svinge like mye."
    )


def _deciles(model: pd.DataFrame, population: str) -> str:
    known = _rows(model, "desil", modell=population, variant=WITHOUT)
    return _calibration(f"Tideler av dem som sluttet: {POPULATIONS[population]}", known, "")


def _groups(model: pd.DataFrame, population: str) -> str:
    known = _rows(model, "gruppe", modell=population, variant=WITHOUT)
    latest = known[-1]["periode"] if known else ""
    rows = [row for row in known if row["periode"] == latest and row["faktor"] != "kalendermaned"]
    caption = (
        f"Grupper av dem som sluttet i {period_text(latest)}: {POPULATIONS[population]}" if latest else ""
    )
    return _calibration(caption, rows, "faktor") if rows else ""


def _calibration(caption: str, known: Rows, head: str) -> str:
    rows: list[TableRow | GroupHeader] = []
    over = ""
    for row in known:
        label: str = TRAITS.get(row["faktor"], "") if head else period_text(row["periode"])
        if label != over:
            over = label
            rows.append(GroupHeader(escape(label)))
        values = [
            _persons(row),
            TableCell(escape(percent(row["forventet"]))),
            _observed(row),
            TableCell(escape(signed_points(row["observert"] - row["forventet"]))),
        ]
        rows.append(TableRow(escape(row["niva"]), values, _keys(row)))
    columns = [
        TableColumn("Gruppe"),
        TableColumn("Personer", True, OWN),
        TableColumn("Forventet i prosent", True, OWN),
        TableColumn("Observert i prosent (95 % intervall)", True, "intervaller.html"),
        TableColumn("Observert minus forventet", True, f"{OWN}#treffer-modellen"),
    ]
    return table(caption, columns, rows)


def _between(model: pd.DataFrame, fitted: list[str]) -> str:
    parts = []
    for population in fitted:
        found = _rows(model, "mellom_kontor", modell=population)
        spread = {row["variant"]: row["verdi"] for row in found if row["niva"] == "spredning"}
        offices = next((row["verdi"] for row in found if row["niva"] == "kontor"), None)
        if offices is None:
            parts.append(f"For {POPULATIONS[population]} vises for få kontor til å si noe om spredningen.")
            continue
        sentence = (
            f"For {POPULATIONS[population]} ({number(offices)} kontor i {period_text(found[0]['periode'])}): "
            f"{percent(spread['ujustert'])} prosentpoeng før vi retter for hvem som sluttet, "
            f"{percent(spread[WITHOUT])} etter, og {percent(spread[WITH])} når innsatsgruppen er med."
        )
        if spread["ujustert"] == 0:
            sentence += (
                " Forskjellene mellom kontorene er altså ikke større enn tilfeldighetene alene kan gi."
            )
        parts.append(sentence)
    lead = (
        "Tallet er spredningen mellom kontorene (standardavviket) når tilfeldighetene er trukket fra. Det "
        "er regnet av kontorene som vises med minst 30 personer, og det har ikke intervall. Er det lite "
        "igjen etter rettingen, skyldtes forskjellene mest hvem kontorene er til for."
    )
    return paragraph(escape(lead)) + "".join(paragraph(escape(part)) for part in parts)
