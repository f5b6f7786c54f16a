"""The sections of a chapter: process and outcome, for the country and the counties."""

from navbook.pages.chapters.plan import Pair
from navbook.pages.chapters.view import ChapterView
from navbook.pages.format import (
    Fragment,
    GroupHeader,
    TableCell,
    TableColumn,
    TableRow,
    bullets,
    escape,
    folded,
    link,
    paragraph,
    period_text,
    table,
)
from navbook.pages.sections import (
    EIGHT_WEEKS,
    SHARES_A_TABLE,
    columns,
    compared,
    eight_weeks,
    pair_rows,
    pair_table,
    portfolio_table,
    series_row,
    share_table,
)
from navbook.pages.sections.compared import month_series
from navbook.pages.templates import sentence
from navbook.pages.text import change_value, join_names, missing_sentences, share_value
from navbook.pages.view import NOT_IN_EXTRACT, PORTFOLIO, LetterSeries

MOST_PANELS, MOST_ROWS = 6, 4


def chapter_intro(view: ChapterView) -> Fragment:
    """What the chapter is about, and how many people it concerns."""
    cells = [view.cell(PORTFOLIO, gruppe, view.unit.enhet) for gruppe in view.chapter.grupper]
    sizes = [cell for cell in cells if cell.status != NOT_IN_EXTRACT]
    shown = portfolio_table(view, sizes) if sizes else ""
    return Fragment(paragraph(escape(view.chapter.ingress)) + shown, "om kapitlet")


def _of(view: ChapterView, names: tuple[str, ...]) -> list[LetterSeries]:
    return [series for name in names for series in view.available_series(name)]


def _pair_name(view: ChapterView, pair: Pair) -> str:
    done = [name for name in pair.innsats if view.available_series(name)]
    return f"{join_names([view.display_name(name) for name in done])} – {view.display_name(pair.resultat[0])}"


def _complete_pairs(view: ChapterView) -> list[Pair]:
    """The pairs that the edition has both sides of."""
    return [pair for pair in view.chapter.par if _of(view, pair.innsats) and _of(view, pair.resultat)]


def chapter_pairs(view: ChapterView) -> Fragment:
    """A table for each pair with its note, then the pairs that the extract lacks a side of; empty if the
    chapter has no pairs.
    """
    parts = []
    for pair in _complete_pairs(view):
        done, went = (pair_rows(view, _of(view, names)) for names in (pair.innsats, pair.resultat))
        caption = sentence("enheter.par.tabell", navn=_pair_name(view, pair))
        parts.append(pair_table(view, caption, done, went) + paragraph(escape(pair.om)))
    for pair in view.chapter.par:
        sides = {name: bool(view.available_series(name)) for name in (*pair.innsats, *pair.resultat)}
        if pair not in _complete_pairs(view):
            absent = [name for name, there in sides.items() if not there]
            why = " ".join(missing_sentences(view, absent, "«{}»"))
            parts.append(paragraph(escape(sentence("kapittel.par.mangler", hvorfor=why))))
    return Fragment("".join(parts), "par")


def chapter_trend(view: ChapterView) -> Fragment:
    """The chapter's shares month by month in one figure of small multiples, then what is counted apart: the
    first eight weeks, the AAP decisions that end soon, and complaints.
    """
    first = view.compared_periods(view.available[0].indikator) if view.available else None
    lines = [
        month_series(view, view.series_name(s), s.indikator, s.gruppe, view.unit.enhet)
        for s in view.available
        if view.compared_periods(s.indikator) == first
    ]
    drawn = [line for line in lines if line.enough][:MOST_PANELS]
    html = compared.month_multiples(view, drawn)
    curves, cases = _first_weeks(view), _cases(view)
    years = _without_months(view)
    if not html and not curves.figures and not cases.html and not years:
        return Fragment(paragraph(escape(sentence("figurer.maneder.ingen_av"))), "utvikling")
    shown = html + curves.html + cases.html + years
    return Fragment(shown, "utvikling", figures=bool(html) + curves.figures)


def _without_months(view: ChapterView) -> str:
    """The chapter's series that have no months: the period, its base and the change as a table; HTML."""
    lines = [(series, view.own(series)) for series in _of(view, view.chapter.uten_maneder)]
    if not (shown := [(series, cell) for series, cell in lines if cell.shown]):
        return ""
    rows, method = [], f"{view.root}metode/"
    for series, cell in shown:
        base = view.cells.get(cell.indikator, cell.gruppe, cell.enhet, cell.basis_periode or "")
        before = share_value(base, {"periode": base.periode}) if base.shown else TableCell("–")
        values = [before, share_value(cell), change_value(cell)]
        rows.append(TableRow(escape(view.series_name(series)), values, cell.keys))
    columns = [
        TableColumn("Tall"),
        TableColumn(sentence("figurer.kapittel.aret_for"), True, f"{method}intervaller.html"),
        TableColumn(period_text(shown[0][1].periode), True, f"{method}intervaller.html"),
        TableColumn(sentence("kolonner.endring"), True, f"{method}endring.html"),
    ]
    return table(sentence("figurer.kapittel.uten_maneder"), columns, rows, stacks=True)


def _cases(view: ChapterView) -> Fragment:
    """The AAP decisions that end soon, and the complaints, if the chapter shows their indicator."""
    counted = {compared.AAP_ENDS: compared.aap_near_the_end, compared.COMPLAINTS: compared.complaints}
    shown = [of_unit(view).html for name, of_unit in counted.items() if name in view.indicators]
    return Fragment("".join(shown), "saker")


def _first_weeks(view: ChapterView) -> Fragment:
    """The curves of the first eight weeks if the chapter shows that indicator; else an empty fragment."""
    if EIGHT_WEEKS not in view.indicators:
        return Fragment("")
    curves = eight_weeks(view, [series.gruppe for series in view.all_series(EIGHT_WEEKS)])
    title = f"<strong>{escape(sentence('kapittel.atte_uker'))}</strong>"
    return Fragment(paragraph(title) + curves.html, "kurver", curves.figures)


def chapter_counties(view: ChapterView) -> Fragment:
    """The counties on one axis for the chapter's outcomes, or else for the first series of each line of its
    summary, then a folded table for each pair and figure.
    """
    names = [name for pair in view.chapter.par for name in pair.resultat]
    outcomes = _of(view, tuple(names or [line.tall[0][0] for line in view.chapter.kort]))
    shares = [series for series in _once([*outcomes, *view.available]) if series.measure == "andel"]
    shown = [s for s in shares if any(view.cell(s.indikator, s.gruppe, u.enhet).shown for u in view.subunits)]
    drawn = compared.rows_of_units(view, shown[:MOST_ROWS])
    parts = [part for title, lines in _county_lines(view) for part in _county_tables(view, title, lines)]
    note = paragraph(sentence("kapittel.fylkene.slik"))
    tables = folded([(sentence("kapittel.fylkene.tittel"), Fragment(note + "".join(parts)))])
    return Fragment(drawn.html + tables.html, "fylkene", drawn.figures)


def _county_tables(view: ChapterView, title: str, lines: list[LetterSeries]) -> list[str]:
    """Tables of some series in each county, as many series in a table as a screen has room for; HTML."""
    parts = [lines[start : start + SHARES_A_TABLE] for start in range(0, len(lines), SHARES_A_TABLE)]
    return [
        share_table(
            view,
            sentence("kapittel.fylkene.tabell", navn=title, nr=nr, antall=len(parts)),
            view.subunits,
            "Fylke",
            part,
        )
        for nr, part in enumerate(parts, start=1)
    ]


def _once(lines: list[LetterSeries]) -> list[LetterSeries]:
    """The series without repeats, in their order."""
    return list({(line.indikator, line.gruppe): line for line in lines}.values())


def _county_lines(view: ChapterView) -> list[tuple[str, list[LetterSeries]]]:
    pairs = _complete_pairs(view)
    paired = {name for pair in pairs for name in (*pair.innsats, *pair.resultat)}
    found = [(_pair_name(view, pair), _of(view, (*pair.innsats, *pair.resultat))) for pair in pairs]
    alone = [name for name in view.chapter.names if name not in paired]
    return found + [(view.display_name(name), view.available_series(name)) for name in alone]


def chapter_figures(view: ChapterView) -> Fragment:
    """Every series of the chapter with counts, interval, change and verdict, and the names of missing
    figures.
    """
    named = [series for name in view.chapter.names for series in view.all_series(name)]
    shown_series = [series for series in named if view.own(series).status != NOT_IN_EXTRACT]
    rows: list[TableRow | GroupHeader] = []
    for indikator in dict.fromkeys(series.indikator for series in shown_series):
        rows.append(GroupHeader(view.indicator_link(indikator, view.display_name(indikator))))
        rows += [series_row(view, series) for series in shown_series if series.indikator == indikator]
    caption = sentence("kapittel.alle_tall", hele=view.area.whole)
    shown = table(caption, columns(view), rows, stacks=True) if rows else ""
    shown += "".join(paragraph(escape(line)) for line in missing_sentences(view, view.missing))
    return Fragment(shown, "alle tall")


def chapter_links(view: ChapterView) -> Fragment:
    """Links to the pages of the chapter's indicators and to the counties, which lead to the offices."""
    pages = [view.indicator_link(name, view.definitions.get(name).navn) for name in view.indicators]
    counties = [link(f"../fylke/{unit.enhet}.html", unit.navn) for unit in view.subunits]
    files = [link("../data.html", sentence("nederst.fil.alle"))]
    return Fragment(
        paragraph(sentence("kapittel.indikatorene"))
        + bullets(pages)
        + paragraph(sentence("kapittel.kontorene"))
        + bullets(counties)
        + bullets(files, "nb-nedlasting"),
        "videre",
    )
