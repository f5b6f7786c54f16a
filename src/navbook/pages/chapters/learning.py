"""The chapter that pairs offices with a similar task and different results, with questions to discuss."""

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from navbook.edition import Edition
from navbook.pages.format import (
    TableCell,
    TableColumn,
    TableRow,
    count_word,
    escape,
    heading,
    link,
    number,
    period_text,
    range_text,
    raw_html,
    signed_points,
    table,
)
from navbook.pages.sections import office_labels, similarity_text
from navbook.pages.text import breakable, capitalised, interval_text, share_text
from navbook.pages.view import Cells, Definitions

WHAT = """\
Her står par av kontorer som har lik oppgave, men ulike resultater. Siden er laget for å begynne samtaler:
hva gjør dere, hva gjør vi, og hva kan vi prøve? Den er ikke en rangering. Parene står i nummerrekkefølge,
og det laveste nummeret står først.

**Slik er parene funnet.** Kontorer ligner når de har omtrent like store andeler under 30 år, fra landgruppe
3, langtidsarbeidssøkere og med nedsatt arbeidsevne, og når [modellen](forventet.md) venter omtrent det
samme av dem som sluttet. Tallene veies etter hvor tett de følger det som ventes. Bare tall som vises i
utgaven, er med: et kontor med et skjult tall er ingens nabo og har ingen. For hvert kontor er de fem
nærmeste med. Par der 95 % intervallet for forskjellen ikke inneholder null, står i tabellene.

**Hva kontorene selv sier.** Navnet på et kontor fører til siden dets. Har kontoret skrevet hva det har prøvd,
og når, står det der under «Kontorets egne ord».
"""
QUESTIONS = """\
## Spørsmål å ta med

1. Kjenner vi oss igjen i tallene? Er det noe ved stedet, arbeidsgiverne eller året som forklarer
   forskjellen?
2. Hvem er det som slutter uten arbeid, og hva skjer med dem?
3. Hvor tidlig møter vi folk, og hva er det første vi gjør?
4. Hvordan velger vi tiltak, og hvem velger vi dem for?
5. Hva gjør det andre kontoret som vi ikke gjør? Hva har vi sluttet med, og hvorfor?
6. Hva ville vi måtte se om et halvt år for å tro at forskjellen er reell?
"""
NO_PAIRS = (
    "Utgaven har ingen par å vise: for få kontorer har alle tallene som trengs, eller ingen skiller seg.\n"
)


def learning_chapter(edition: Edition, top: str) -> str:
    """The chapter «Lære av hverandre» as Markdown: one table for each series that has pairs."""
    pairs = edition.further("laering")
    definitions = Definitions(edition.definisjoner)
    parts = [heading(1, "Lære av hverandre"), raw_html(top), WHAT]
    if pairs.empty:
        parts.append(NO_PAIRS)
    tall = edition.tall
    wanted = tall["indikator"].isin(pairs["indikator"]) & tall["periode"].isin(pairs["periode"])
    cells = Cells(tall[wanted & (tall["gruppe"] == "alle")], definitions.stocks)
    for indikator, rows in pairs.groupby("indikator", sort=True):
        name = definitions.get(str(indikator)).kortnavn
        parts += [heading(2, name), _chance(rows), raw_html(_table(edition, cells, rows, name))]
    return "\n".join([*parts, QUESTIONS])


def _chance(rows: pd.DataFrame) -> str:
    pairs, found, firm = float(rows["par"].iloc[0]), len(rows), int(rows["star"].sum())
    firm_words = "Ingen av dem" if firm == 0 else f"{capitalised(count_word(firm))} av dem"
    return (
        f"**Husk tilfeldighetene.** Vi har sett på {number(pairs)} par. Selv om ingen forskjell var reell, "
        f"ville om lag {number(0.05 * pairs)} av dem stå her av tilfeldige grunner alene. Her er det "
        f"{number(found)}. {firm_words} står seg når vi ser på alle parene under ett (merket «står seg»).\n"
    )


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
        firm = "Står seg" if pair["star"] else "Kan være tilfeldig"
        note = TableCell(escape(f"{firm}. Likest i: {similarity_text(str(alike))}."), css="nb-ord")
        head = " og ".join(_office(pair[one], names) for one in ("enhet", "annen"))
        rows.append(TableRow(head, [*results, TableCell(breakable(apart))], note=note))
    columns = [
        TableColumn("Kontorer"),
        TableColumn("Det første: prosent (95 % intervall)", True, "intervaller.html"),
        TableColumn("Det andre: prosent (95 % intervall)", True, "intervaller.html"),
        TableColumn("Forskjell i prosentpoeng (95 % intervall)", True, "endring.html"),
    ]
    period = period_text(str(pairs["periode"].iloc[0]))
    caption = f"{name}: par med lik oppgave og ulikt resultat, {period}"
    return table(caption, columns, rows, stacks=True)
