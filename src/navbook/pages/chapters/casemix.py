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
from navbook.pages.templates import passage, sentence
from navbook.pages.text import join_names
from navbook.pages.text.casemix_text import POPULATIONS, REASONS, TRAITS, WITH, WITHOUT

Rows = list[dict[str, Any]]
MOST_NAMED = 3
# the chapter itself explains the model and the expected value at its beginning
OWN = "forventet.html"


def _of_top(edition: Edition) -> dict[str, str]:
    """The forms of the name of the top level, for the chapter's passages."""
    area = edition.area
    return {
        name: literal(form)
        for name, form in {"topp": area.name, "hele": area.whole, "toppens": area.genitive}.items()
    }


def casemix_chapter(edition: Edition, top: str) -> str:
    """The chapter «Hva modellen forventer» as Markdown; without a model it gives the reason.

    `top` is the HTML under the title.
    """
    model = edition.further("modell").sort_values("nr", kind="stable")
    forms = _of_top(edition)
    parts = [heading(1, sentence("modell.tittel")), raw_html(top), passage("modell_om", **forms)]
    missing = _rows(model, "mangler", variant=WITHOUT)
    parts += [_missing(row) for row in missing]
    fitted = [row["modell"] for row in _rows(model, "oppsummering", variant=WITHOUT)]
    limits = passage("modell_grenser", **forms)
    if not fitted:
        return "\n".join([*parts, limits])
    year = _rows(model, "oppsummering")[0]["periode"]
    parts += [_line("laget_pa", periode=period_text(year)), _title("betyr.tittel")]
    parts.append(passage("modell_kjennetegn"))
    for population in fitted:
        if not _rows(model, "kjennetegn", modell=population, variant=WITHOUT):
            parts.append(_line("betyr.likt", personer=POPULATIONS[population]))
            continue
        parts += [_in_words(model, population), _left_out(model, population)]
        parts.append(raw_html(_traits(model, population)))
    drawn = [population for population in fitted if _rows(model, "desil", modell=population)]
    parts += [_title("treffer.tittel"), raw_html(_hits(model, fitted))]
    untold = _line("treffer.skjult", toppens=forms["toppens"])
    parts.append(raw_html(calibration_figure(model, drawn)) if drawn else untold)
    parts += [raw_html(_deciles(model, population)) for population in drawn]
    parts += [_title("treffer.grupper_tittel"), passage("modell_grupper") if drawn else untold]
    parts += [raw_html(_groups(model, population)) for population in drawn]
    parts += [_title("spredning.tittel"), raw_html(_between(model, fitted))]
    return "\n".join([*parts, limits])


def _line(key: str, **values: object) -> str:
    """A sentence of the chapter as a paragraph of Markdown."""
    return sentence(f"modell.{key}", **values) + "\n"


def _title(key: str) -> str:
    return heading(2, sentence(f"modell.{key}"))


def _column(name: str, address: str = "") -> TableColumn:
    return TableColumn(sentence(f"modell.kolonne.{name}"), bool(address), address)


def _missing(row: Mapping[str, Any]) -> str:
    return _line("ingen", personer=POPULATIONS[row["modell"]], grunn=REASONS.get(row["niva"], ""))


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
            name = TRAITS.get(trait, trait)
            if row["variant"] == WITH:
                name = sentence("modell.betyr.med_innsatsgruppe", navn=name)
            rows.append(GroupHeader(escape(name)))
        largest = row["verdi"] == 0
        difference = sentence("modell.betyr.storst") if largest else signed_points(row["verdi"])
        values = [_persons(row), _observed(row), TableCell(escape(difference))]
        rows.append(TableRow(escape(row["niva"]), values, _keys(row)))
    columns = [
        _column("gruppe"),
        _column("personer", OWN),
        _column("observert", "intervaller.html"),
        _column("forskjell", f"{OWN}#hva-kjennetegnene-betyr"),
    ]
    return table(
        sentence("modell.betyr.tabell", personer=POPULATIONS[population]), columns, rows, stacks=True
    )


def _in_words(model: pd.DataFrame, population: str) -> str:
    """A sentence on the groups that differ most from their reference group."""
    known = _rows(model, "kjennetegn", modell=population, variant=WITHOUT)
    known = sorted((row for row in known if row["faktor"] != "kalendermaned"), key=lambda row: row["verdi"])

    def named(rows: Rows) -> str:
        return join_names([f"{_group_name(row)} ({signed_points(row['verdi'])})" for row in rows])

    most = [row for row in reversed(known) if row["verdi"] > 0][:MOST_NAMED]
    least = [row for row in known if row["verdi"] < 0][:MOST_NAMED]
    words = [sentence("modell.betyr.slik", personer=POPULATIONS[population])]
    if most:
        words.append(sentence("modell.betyr.oftest", grupper=named(most)))
    if least:
        words.append(sentence("modell.betyr.sjeldnest", grupper=named(least)))
    return " ".join(words) + "\n"


def _left_out(model: pd.DataFrame, population: str) -> str:
    """A sentence on the traits that the model does not use, and why; empty if it uses them all."""
    known = {row["faktor"] for row in _rows(model, "kjennetegn", modell=population, variant=WITHOUT)}
    without = [name.lower() for trait, name in TRAITS.items() if trait not in known | {"innsatsgruppe"}]
    return _line("betyr.ikke_med", navn=without) if without else ""


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
        clauses.append(
            sentence(
                "modell.treffer.av_100",
                personer=POPULATIONS[population],
                ganger=percent(auc[WITHOUT], 0),
                med=percent(auc[WITH], 0) if WITH in auc else "",
            )
        )
    return paragraph(escape(sentence("modell.treffer.trekker_vi", ledd=clauses)))


def _deciles(model: pd.DataFrame, population: str) -> str:
    known = _rows(model, "desil", modell=population, variant=WITHOUT)
    return _calibration(sentence("modell.treffer.tideler", personer=POPULATIONS[population]), known, "")


def _groups(model: pd.DataFrame, population: str) -> str:
    known = _rows(model, "gruppe", modell=population, variant=WITHOUT)
    latest = known[-1]["periode"] if known else ""
    rows = [row for row in known if row["periode"] == latest and row["faktor"] != "kalendermaned"]
    if not rows:
        return ""
    whose = {"periode": period_text(latest), "personer": POPULATIONS[population]}
    return _calibration(sentence("modell.treffer.grupper", **whose), rows, "faktor")


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
        _column("gruppe"),
        _column("personer", OWN),
        _column("forventet", OWN),
        _column("observert", "intervaller.html"),
        _column("minus", f"{OWN}#treffer-modellen"),
    ]
    return table(caption, columns, rows, stacks=True)


def _between(model: pd.DataFrame, fitted: list[str]) -> str:
    parts = []
    for population in fitted:
        found = _rows(model, "mellom_kontor", modell=population)
        spread = {row["variant"]: row["verdi"] for row in found if row["niva"] == "spredning"}
        offices = next((row["verdi"] for row in found if row["niva"] == "kontor"), None)
        whose = {"personer": POPULATIONS[population]}
        if offices is None:
            parts.append(sentence("modell.spredning.for_fa", **whose))
            continue
        parts.append(
            sentence(
                "modell.spredning.tall",
                kontor=number(offices),
                periode=period_text(found[0]["periode"]),
                ujustert=percent(spread["ujustert"]),
                uten=percent(spread[WITHOUT]),
                med=percent(spread[WITH]),
                ingen=spread["ujustert"] == 0,
                **whose,
            )
        )
    return "".join(paragraph(escape(part)) for part in [sentence("modell.spredning.hva"), *parts])
