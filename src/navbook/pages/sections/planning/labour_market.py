"""The labour market around a unit: a sentence for an office, a table of the regions of larger units."""

from navbook.pages.format import (
    Fragment,
    TableCell,
    TableColumn,
    TableRow,
    escape,
    link,
    number,
    paragraph,
    percent,
    period_text,
    table,
)
from navbook.pages.templates import sentence, sentence_or
from navbook.pages.text import status_word
from navbook.pages.view import UnitView
from navbook.pages.view.labour_market import Market, RegionMarket
from navbook.runtime.periods import parse_period

SHARE = "andel_helt_ledige"


def labour_market_sentence(view: UnitView) -> str:
    """How many of the labour force in the office's region are fully unemployed, and the year before."""
    found = [market for market in view.labour_markets if market.known]
    if not found:
        return sentence("arbeidsmarked.mangler")
    (region,) = found
    now, before = _periods(view)
    return sentence(
        "arbeidsmarked.kontor",
        region=region.name,
        periode=now,
        basis=before,
        snitt=len(parse_period(view.periode).months) > 1,
        na=_per_cent(region.now),
        na_ord=_without_figure(region.now),
        da=_per_cent(region.before),
        da_ord=_without_figure(region.before),
    )


def labour_market_section(view: UnitView) -> Fragment:
    """The regions of a county or the country, with figures now and the year before."""
    if not view.labour_markets:
        return Fragment(paragraph(escape(sentence("arbeidsmarked.mangler_flere"))), "arbeidsmarked")
    (now, before), way = _periods(view), f"{view.root}metode/arbeidsmarked.html"
    columns = [
        TableColumn(sentence("arbeidsmarked.hode.region")),
        *(
            TableColumn(sentence("arbeidsmarked.hode.andel", periode=name), True, way)
            for name in (now, before)
        ),
        *(TableColumn(sentence(f"arbeidsmarked.hode.{name}"), True, way) for name in ("ledige", "styrke")),
        TableColumn(sentence("arbeidsmarked.hode.stillinger"), True, way),
    ]
    rows = [_row(region, view.periode) for region in view.labour_markets]
    caption = sentence("arbeidsmarked.tittel", periode=now, snitt=len(parse_period(view.periode).months) > 1)
    note = link(way, sentence("arbeidsmarked.les"))
    return Fragment(table(caption, columns, rows, stacks=True) + paragraph(note + "."), "arbeidsmarked")


def _row(region: RegionMarket, period: str) -> TableRow:
    now, before = region.now, region.before
    earlier = parse_period(period).shifted(-12).name
    cells = [
        _cell(SHARE, _per_cent(now), now, period),
        _cell(SHARE, _per_cent(before), before, earlier),
        _cell("helt_ledige", _count(now.unemployed), now, period),
        _cell("arbeidsstyrke", _count(now.force), now, period),
        # a region may be shown and not say how many jobs are vacant
        _cell("ledige_stillinger", _count(now.vacancies) or _vacancies_unknown(now), now, period),
    ]
    return TableRow(escape(region.name or sentence("arbeidsmarked.alle")), cells, {"region": region.name})


def _cell(field: str, text: str, market: Market, period: str) -> TableCell:
    return TableCell(escape(text or status_word(market.status)), field, keys={"periode": period})


def _count(value: float | None) -> str:
    return "" if value is None else number(value)


def _vacancies_unknown(market: Market) -> str:
    return sentence("arbeidsmarked.ukjent") if market.share is not None else ""


def _without_figure(market: Market) -> str:
    return sentence_or(f"arbeidsmarked.uten_tall.{market.status}", "")


def _per_cent(market: Market) -> str:
    return "" if market.share is None else percent(market.share, 1)


def _periods(view: UnitView) -> tuple[str, str]:
    return period_text(view.periode), period_text(parse_period(view.periode).shifted(-12).name)
