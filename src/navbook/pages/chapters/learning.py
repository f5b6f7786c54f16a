"""The chapter that pairs offices with a similar task and different results, with questions to discuss."""

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from navbook.edition import Edition
from navbook.pages.format import (
    TableCell,
    TableColumn,
    TableRow,
    escape,
    heading,
    link,
    period_text,
    range_text,
    raw_html,
    signed_points,
    table,
)
from navbook.pages.sections import office_labels, similarity_text
from navbook.pages.templates import passage, sentence
from navbook.pages.text import breakable, interval_text, share_text
from navbook.pages.view import Cells, Definitions


def learning_chapter(edition: Edition, top: str) -> str:
    """The chapter «Lære av hverandre» as Markdown: one table for each series that has pairs."""
    pairs = edition.further("laering")
    definitions = Definitions(edition.definisjoner)
    parts = [heading(1, sentence("laering.tittel")), raw_html(top), passage("laering_om")]
    if pairs.empty:
        parts.append(sentence("laering.ingen_par") + "\n")
    tall = edition.tall
    wanted = tall["indikator"].isin(pairs["indikator"]) & tall["periode"].isin(pairs["periode"])
    cells = Cells(tall[wanted & (tall["gruppe"] == "alle")], definitions.stocks)
    for indikator, rows in pairs.groupby("indikator", sort=True):
        name = definitions.get(str(indikator)).kortnavn
        parts += [heading(2, name), _chance(rows), raw_html(_table(edition, cells, rows, name))]
    return "\n".join([*parts, passage("laering_sporsmal")])


def _chance(rows: pd.DataFrame) -> str:
    pairs, firm = float(rows["par"].iloc[0]), int(rows["star"].sum())
    chance = {"par": pairs, "ventet": 0.05 * pairs, "funnet": len(rows), "sikre": firm}
    return sentence("laering.tilfeldig", **chance) + "\n"


def _office(enhet: str, names: Mapping[str, str]) -> str:
    """The office as a link to its page, where it may have written what it did."""
    return link(f"../kontor/{enhet}.html", names.get(enhet, enhet))


def _table(edition: Edition, cells: Cells, pairs: pd.DataFrame, name: str) -> str:
    names = office_labels(edition.enheter)
    similar = edition.further("lignende").set_index(["enhet", "lignende"])["likest"]
    rows = []
    for pair in cast(list[dict[str, Any]], pairs.sort_values(["enhet", "annen"]).to_dict("records")):
        both = [
            cells.get(pair["indikator"], pair["gruppe"], pair[one], pair["periode"])
            for one in ("enhet", "annen")
        ]
        decimals = min(cell.decimals for cell in both)
        limits = range_text(*(signed_points(pair[limit], decimals) for limit in ("nedre", "ovre")))
        apart = f"{signed_points(pair['forskjell'], decimals)} ({limits})"
        alike = (
            similar.get((pair["enhet"], pair["annen"])) or similar.get((pair["annen"], pair["enhet"])) or ""
        )
        results = [
            TableCell(
                breakable(f"{share_text(cell)} ({interval_text(cell)})"), "verdi nedre ovre", keys=cell.keys
            )
            for cell in both
        ]
        said = sentence("laering.merknad", sikker=bool(pair["star"]), likest=similarity_text(str(alike)))
        note = TableCell(escape(said), css="nb-ord")
        head = " og ".join(_office(pair[one], names) for one in ("enhet", "annen"))
        rows.append(TableRow(head, [*results, TableCell(breakable(apart))], note=note))
    columns = [
        TableColumn(sentence("laering.kolonne.kontorer")),
        TableColumn(sentence("laering.kolonne.forste"), True, "intervaller.html"),
        TableColumn(sentence("laering.kolonne.andre"), True, "intervaller.html"),
        TableColumn(sentence("laering.kolonne.forskjell"), True, "endring.html"),
    ]
    period = period_text(str(pairs["periode"].iloc[0]))
    return table(sentence("laering.tabell", navn=name, periode=period), columns, rows, stacks=True)
