"""The first screen of an office: who it follows up, what has changed, and every requirement in one strip."""

from markupsafe import Markup

from navbook.edition.schema import (
    COUNTRY,
    FOR_FA,
    IKKE_FOR_NIVA,
    IKKE_OPPFYLT,
    KAN_IKKE_AVGJORES,
    OPPFYLT,
)
from navbook.pages.charts import Strip, axis_svg, bar_svg, strip_svg
from navbook.pages.format import (
    Fragment,
    escape,
    number,
    paragraph,
    percent,
    percent_decimals,
    period_text,
    signed,
)
from navbook.pages.sections.header import notices
from navbook.pages.sections.office.lines import (
    Line,
    before_text,
    in_brackets,
    names_of,
    one_word,
    required_lines,
    short_name,
    strip_of,
    value_text,
)
from navbook.pages.sections.portfolio import size_class_text
from navbook.pages.templates import part, sentence
from navbook.pages.text import count_text, interval_text
from navbook.pages.view import HIDDEN, NOT_COMPUTABLE, NOT_IN_EXTRACT, PORTFOLIO, Cell, UnitView, has_report

# (group of the portfolio, key of its name)
GROUPS = (
    ("under30", "unge"),
    ("landgruppe3", "utenfor_eos"),
    ("langtid", "langtidsledige"),
    ("nedsatt", "nedsatt"),
)
# with more withheld than this part of all, the county's figures take the place of the office's
MOST_WITHHELD = 0.5


def name_line(view: UnitView) -> Fragment:
    """County, number, size and period in one line, with the buttons, and what must be said of the edition."""
    shown = part(
        "kontor_topp",
        linje=line_of_office(view),
        root=view.root,
        enhet=view.unit.enhet,
        har_ark=has_report(view.periode),
    )
    return Fragment(shown + notices(view), "navnelinje")


def line_of_office(view: UnitView) -> str:
    """County, number, size and period in one line of plain text."""
    county = next((unit.navn for unit in view.units if unit.enhet == view.unit.fylke), "")
    size = size_class_text(view.unit.size_class)
    return sentence(
        "kontor.topp.linje",
        fylke=county,
        enhet=view.unit.enhet,
        storrelse=sentence("kontor.topp.storrelse", storrelse=size) if size else "",
        periode=period_text(view.periode),
    )


def who(view: UnitView) -> Fragment:
    """The stock in a sentence, and the four groups as bars with their change and the country as a tick."""
    everybody = view.cell(PORTFOLIO, "alle", view.unit.enhet)
    cells = [(view.cell(PORTFOLIO, group, view.unit.enhet), name) for group, name in GROUPS]
    shown = [(cell, name) for cell, name in cells if cell.shown and cell.x is not None]
    hidden = [group_name(name) for cell, name in cells if cell.status == HIDDEN]
    if not shown and not everybody.shown:
        return Fragment("", "hvem")
    shares = [_share_of(cell, everybody) for cell, _ in shown]
    levels = [_country_share(view, cell.gruppe) for cell, _ in shown]
    most = max([value for value in (*shares, *levels) if value is not None], default=0.0)
    high = max(20.0, 10 * -(-most // 10))
    rows = [
        {
            "keys": cell.keys,
            "navn": group_name(name),
            "antall": count_text(cell, cell.x),
            "andel": "–" if share is None else percent(share / 100, percent_decimals(_people(everybody))),
            "endring": "–" if cell.endring is None else signed(cell.endring / cell.divisor),
            "stolpe": Markup("" if share is None else bar_svg(share, level, high)),
        }
        for (cell, name), share, level in zip(shown, shares, levels, strict=True)
    ]
    html = part(
        "kontor_hvem",
        root=view.root,
        topp=view.area,
        antall=stock_sentence(everybody),
        bestand=everybody.keys,
        rader=rows,
        periode=period_text(everybody.periode),
        skjulte=sentence("kontor.hvem.skjulte_grupper", grupper=hidden) if hidden else "",
    )
    return Fragment(html, "hvem")


def stock_sentence(cell: Cell) -> str:
    """How many the office follows up, and how many more or fewer than the year before."""
    if not cell.shown:
        return sentence("kontor.hvem.skjult", skjult=cell.status == HIDDEN)
    return sentence("kontor.hvem.antall", periode=period_text(cell.periode), **size_words(cell))


def size_words(cell: Cell) -> dict[str, object]:
    """The values that a sentence on the size of a group takes: count, change, and whether it is a mean."""
    change = None if cell.endring is None else round(cell.endring / cell.divisor)
    return {
        "antall": count_text(cell, cell.x),
        "snitt": cell.divisor > 1,
        "endring": change,
        "flere": number(abs(change or 0)),
    }


def group_name(name: str) -> str:
    """The name of a priority group."""
    return sentence(f"kontor.grupper.{name}.navn")


def _people(everybody: Cell) -> float | None:
    return None if everybody.x is None else everybody.x / everybody.divisor


def _share_of(cell: Cell, everybody: Cell) -> float | None:
    return 100 * cell.x / everybody.x if everybody.x and cell.x is not None else None


def _country_share(view: UnitView, group: str) -> float | None:
    cells = (view.cell_of(COUNTRY, PORTFOLIO, name) for name in (group, "alle"))
    return _share_of(*cells)


def requirements(view: UnitView) -> Fragment:
    """Every requirement in one strip table; what is withheld in one sentence, with the county's figures."""
    lines = required_lines(view)
    if not lines:
        return Fragment(paragraph(escape(sentence("kontor.endring.uten_krav"))), "krav")
    shown = [line for line in lines if line.own.shown]
    table = _strip_table(view, shown) if shown else ""
    return Fragment(table + _withheld(view, lines), "krav")


def _strip_table(view: UnitView, lines: list[Line]) -> str:
    bases = {line.own.basis_periode for line in lines if line.own.basis_periode}
    now, base = period_text(view.periode), period_text(max(bases)) if bases else ""
    return part(
        "kontor_krav",
        root=view.root,
        topp=view.area,
        tittel=sentence("kontor.krav.tittel", brev=_letter(view), periode=now),
        periode=now,
        basis=base,
        akse=Markup(axis_svg()),
        rader=[_strip_row(view, line) for line in lines],
        klart=any(line.own.vurdering in (OPPFYLT, IKKE_OPPFYLT) for line in lines),
        uavklart=any(line.own.vurdering == KAN_IKKE_AVGJORES for line in lines),
        for_fa=any(line.own.vurdering == FOR_FA for line in lines),
    )


def _letter(view: UnitView) -> str:
    """The letter that judges the period; a line of an older period names its own."""
    return sentence("kontor.krav.brev", ar=view.edition.krav.get("brev") or "")


def _strip_row(view: UnitView, line: Line) -> dict[str, object]:
    own, strip = line.own, strip_of(line)
    return {
        "keys": own.keys,
        "navn": Markup(view.indicator_link(line.series.indikator, short_name(view, line.series))),
        "periode": "" if own.periode == view.periode else period_text(own.periode),
        "for": before_text(own),
        "na": value_text(own),
        "intervall": "" if own.is_count else in_brackets(interval_text(own)),
        "felt": "x" if own.is_count else "verdi nedre ovre",
        "stripe": Markup(strip_svg(strip) if isinstance(strip, Strip) else ""),
        "fylket": _level(line.county),
        "landet": _level(line.country),
        "vurdering": own.vurdering,
        "ord": one_word(view, line),
    }


def _level(cell: Cell) -> dict[str, str]:
    return {
        "enhet": cell.enhet,
        "tekst": value_text(cell),
        "felt": "x" if cell.is_count else "verdi" if cell.shown else "status",
    }


def _withheld(view: UnitView, lines: list[Line]) -> str:
    """A sentence for each reason why lines are missing, and the county's figures if most are."""
    by_status = {
        status: [line for line in lines if line.own.status == status]
        for status in (HIDDEN, NOT_COMPUTABLE, NOT_IN_EXTRACT)
    }
    hidden = by_status[HIDDEN]
    instead = len(hidden) > MOST_WITHHELD * len(lines)
    sentences = []
    if hidden:
        sentences += _hidden_sentences(view, hidden, len(hidden) == len(lines))
    for status, key in ((NOT_COMPUTABLE, "ukjent"), (NOT_IN_EXTRACT, "mangler")):
        if by_status[status]:
            sentences.append(sentence(f"kontor.krav.{key}", navn=names_of(view, by_status[status])))
    if instead:
        sentences.append(sentence("kontor.krav.over", topp=view.area.name))
    html = paragraph(escape(" ".join(sentences)), "nb-skjult-sagt") if sentences else ""
    return html + (_county_table(view, hidden) if instead else "")


def _hidden_sentences(view: UnitView, hidden: list[Line], every: bool) -> list[str]:
    """That lines are hidden to protect persons, and which are shown of larger units only."""
    if every:
        return [sentence("kontor.krav.alt_skjult", antall=len(hidden), brev=_letter(view))]
    of_larger = [line for line in hidden if line.own.statement == IKKE_FOR_NIVA]
    protected = [line for line in hidden if line not in of_larger]
    said = []
    if protected:
        names = names_of(view, protected)
        said.append(sentence("kontor.krav.skjult", antall=len(protected), navn=names))
    if of_larger:
        said.append(sentence("kontor.krav.ikke_her", navn=names_of(view, of_larger)))
    return said


def _county_table(view: UnitView, lines: list[Line]) -> str:
    rows = [
        {
            "keys": {
                "indikator": line.series.indikator,
                "gruppe": line.series.gruppe,
                "periode": line.own.periode,
            },
            "navn": Markup(view.indicator_link(line.series.indikator, short_name(view, line.series))),
            "fylket": _interval_level(line.county),
            "landet": _interval_level(line.country),
        }
        for line in lines
        if line.county.shown or line.country.shown
    ]
    county = next((unit.navn for unit in view.units if unit.enhet == view.unit.fylke), "")
    return part(
        "kontor_fylket",
        root=view.root,
        topp=view.area,
        rader=rows,
        fylke=county,
        periode=period_text(view.periode),
    )


def _interval_level(cell: Cell) -> dict[str, str]:
    limits = "" if cell.is_count or not cell.shown else f" {in_brackets(interval_text(cell))}"
    shown = _level(cell)
    if shown["felt"] == "verdi":
        shown["felt"] = "verdi nedre ovre"
    return {**shown, "tekst": shown["tekst"] + limits}
