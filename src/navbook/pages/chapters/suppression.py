"""How many rows of the edition are hidden and why, and how the protection was tested."""

from typing import Any

from navbook.edition import Edition
from navbook.edition.schema import LANDET
from navbook.pages.format import (
    TableCell,
    TableColumn,
    TableRow,
    escape,
    heading,
    number,
    paragraph,
    raw_html,
    table,
)
from navbook.pages.sections import edition_line
from navbook.pages.templates import sentence, sentences_under
from navbook.pages.view import Definitions, View

PLACE = "metode/skjult"
LEVELS = sentences_under("skjult.niva")
LENGTHS = sentences_under("skjult.lengde")
HEAD = "skjuling.html"


def suppression_chapter(edition: Edition) -> str:
    """The chapter as Markdown: rows shown and hidden by level and length of period, office rows by indicator,
    and the tests that were run.
    """
    summary = edition.utgave["skjuling"]
    names = {definition.id: definition.navn for definition in Definitions(edition.definisjoner)}
    levels = sorted(summary["rader"], key=_place_in_table)
    words = LEVELS | {LANDET: edition.area.subject}
    of_level = [_row(f"{words[record['niva']]}, {LENGTHS[record['lengde']]}", record) for record in levels]
    of_indicator = [_row(names[record["indikator"]], record) for record in summary["kontorrader"]]
    return "\n".join(
        [
            heading(1, sentence("skjult.tittel")),
            raw_html(edition_line(View(edition, edition.tall.iloc[:0]))),
            sentence("skjult.innledning") + "\n",
            heading(2, sentence("skjult.linjer.tittel")),
            raw_html(paragraph(_why(summary))),
            raw_html(_table("etter_niva", "niva_og_periode", of_level)),
            raw_html(_table("etter_indikator", "indikator", of_indicator)),
            heading(2, sentence("skjult.ofret.tittel")),
            raw_html(_order_of_sacrifice(summary)),
            heading(2, sentence("skjult.provd.tittel")),
            _checked(summary),
        ]
    )


def _why(summary: dict[str, Any]) -> str:
    if "for_smaa" not in summary:
        return sentence("skjult.linjer.hvorfor_skjult")
    return sentence("skjult.linjer.hvorfor", sma=summary["for_smaa"], andre=summary["for_andre"])


def _order_of_sacrifice(summary: dict[str, Any]) -> str:
    """Why rows are hidden for others, and how many of each class in the order in which they are given up."""
    few = sentence("skjult.ofret.fa")
    rows = [
        TableRow(
            escape(record["navn"]),
            [
                TableCell(escape(number(record["linjer"]))),
                TableCell(escape(number(record["skjult"]))),
                TableCell(escape(few if record["ofret"] is None else number(record["ofret"]))),
            ],
        )
        for record in summary.get("rekkefolge", [])
    ]
    heads = [
        TableColumn(sentence("skjult.kolonne.linjer")),
        *(_column(name) for name in ("i_utgaven", "skjult", "for_andre")),
    ]
    why = paragraph(sentence("skjult.ofret.hvorfor"))
    return why + table(sentence("skjult.ofret.tabell"), heads, rows)


def _checked(summary: dict[str, Any]) -> str:
    names = ("celler", "summer", "deler", "vernet", "holdt_tilbake")
    return sentence("skjult.provd.hva", **{name: summary[name] for name in names}) + "\n"


def _place_in_table(record: dict[str, Any]) -> tuple[int, int]:
    return (*LEVELS, LANDET).index(record["niva"]), list(LENGTHS).index(record["lengde"])


def _row(name: str, record: dict[str, Any]) -> TableRow:
    shown, hidden = record["vist"], record["skjult"]
    # not their sum, which no file of the edition holds and which may happen to equal a hidden number
    cells = [TableCell(escape(number(count))) for count in (shown, hidden, 100 * hidden / (shown + hidden))]
    return TableRow(escape(name), cells)


def _table(caption: str, first: str, rows: list[TableRow]) -> str:
    """A table of rows shown and hidden; `caption` and `first` are the names of its words."""
    heads = [
        TableColumn(sentence(f"skjult.linjer.{first}")),
        *(_column(name) for name in ("vist", "skjult", "av_hundre")),
    ]
    return table(sentence(f"skjult.linjer.{caption}"), heads, rows)


def _column(name: str) -> TableColumn:
    return TableColumn(sentence(f"skjult.kolonne.{name}"), True, HEAD)
