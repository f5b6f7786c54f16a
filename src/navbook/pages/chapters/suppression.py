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
from navbook.pages.view import Definitions, View

PLACE = "metode/skjult"
LEVELS = {"kontor": "Kontor", "fylke": "Fylker"}
LENGTHS = {"maned": "måneder", "tertial": "tertialer", "lengre": "år og andre perioder"}
HEAD = "skjuling.html"
FEW = "få"


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
            heading(1, "Hvor mye som er skjult"),
            raw_html(edition_line(View(edition, edition.tall.iloc[:0]))),
            "[Slik skjuler vi](../../metode/skjuling.md) har reglene. Her står det hvor mange linjer i "
            "tabellene de har skjult i denne utgaven, og hva som ble prøvd før den ble lagt ut.\n",
            heading(2, "Linjer i tabellene"),
            raw_html(paragraph(_why(summary))),
            raw_html(_table("Linjer med tall, etter nivå og periode", "Nivå og periode", of_level)),
            raw_html(_table("Linjer for kontor, etter indikator", "Indikator", of_indicator)),
            heading(2, "Hva som er ofret for å verne andre tall"),
            raw_html(_order_of_sacrifice(summary)),
            heading(2, "Hva som ble prøvd"),
            _checked(summary),
        ]
    )


def _why(summary: dict[str, Any]) -> str:
    if "for_smaa" not in summary:
        return "Det er så få skjulte linjer at vi ikke sier hvorfor hver av dem er skjult."
    small, others = number(summary["for_smaa"]), number(summary["for_andre"])
    return (
        f"{small} linjer er skjult fordi et tall i dem er for lite, eller fordi en regel sier at de aldri "
        f"vises. {others} er skjult for at de første ikke skal kunne regnes ut. Her er også linjer regnet "
        "med som ikke står i tabellene, men som andre linjer sammenlignes med."
    )


def _order_of_sacrifice(summary: dict[str, Any]) -> str:
    """Why rows are hidden for others, and how many of each class in the order in which they are given up."""
    rows = [
        TableRow(
            escape(record["navn"]),
            [
                TableCell(escape(number(record["linjer"]))),
                TableCell(escape(number(record["skjult"]))),
                TableCell(escape(FEW if record["ofret"] is None else number(record["ofret"]))),
            ],
        )
        for record in summary.get("rekkefolge", [])
    ]
    heads = [
        TableColumn("Linjer"),
        *(TableColumn(name, True, HEAD) for name in ("I utgaven", "Skjult", "Av dem skjult for andre")),
    ]
    return paragraph(
        "Kan et lite tall regnes ut fra en sum, må noe mer skjules. Da ofres det leseren mister minst ved, i "
        "rekkefølgen under. Programmet tar linjer fra toppen, og den nederste linjen bare når det ikke "
        "finner noe annet. Det prøver ikke alle muligheter, så en linje lenger nede kan bli skjult selv om "
        "andre kunne gjort nytten. Er færre enn ti skjult for andre, står det ikke hvor mange: det kunne "
        "vist hvilket tall som er lite."
    ) + table("Linjer i rekkefølgen de ofres i", heads, rows)


def _checked(summary: dict[str, Any]) -> str:
    cells, sums, parts, secrets, kept = (
        number(summary[name]) for name in ("celler", "summer", "deler", "vernet", "holdt_tilbake")
    )
    return (
        "Det som ikke vises, og summene som binder det sammen, er satt opp som likninger: "
        f"{cells} ukjente tall og {sums} likninger, i {parts} deler som ikke henger sammen. {secrets} av de "
        "ukjente tallene skal vernes. For hvert av dem er det lett etter to sett av tall som begge passer "
        "med det som vises, og som ligger så langt fra hverandre at tallet ikke kan leses ut av dem. Der "
        "slike ikke finnes, skjules mer, om nødvendig alt som henger sammen med tallet. "
        f"{kept} linjer er holdt tilbake fordi tallene ikke lot seg verne på annen måte.\n"
    )


def _place_in_table(record: dict[str, Any]) -> tuple[int, int]:
    return (*LEVELS, LANDET).index(record["niva"]), list(LENGTHS).index(record["lengde"])


def _row(name: str, record: dict[str, Any]) -> TableRow:
    shown, hidden = record["vist"], record["skjult"]
    # not their sum, which no file of the edition holds and which may happen to equal a hidden number
    cells = [TableCell(escape(number(count))) for count in (shown, hidden, 100 * hidden / (shown + hidden))]
    return TableRow(escape(name), cells)


def _table(caption: str, first: str, rows: list[TableRow]) -> str:
    heads = [
        TableColumn(first),
        *(TableColumn(name, True, HEAD) for name in ("Vist", "Skjult", "Av hundre skjult")),
    ]
    return table(caption, heads, rows)
