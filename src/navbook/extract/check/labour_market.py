"""Rules on the labour market: its regions are those of the offices, and each has every month of the table."""

from collections.abc import Iterator

from navbook.extract.check.context import CheckContext
from navbook.extract.report import MAX_KEYS, Problem, shown_value
from navbook.extract.tables import OpenTable

MARKET, REGION = "arbeidsmarked", "arbeidsmarkedsregion"


def check_labour_market(context: CheckContext) -> Iterator[Problem]:
    """Unknown regions (invalid); no regions, regions without figures, and months missing (reported)."""
    opened, kontor = context.tables.get(MARKET), context.tables.get("kontor")
    if opened is None or kontor is None or REGION not in opened.present:
        return
    named = context.store.rows(
        f"SELECT DISTINCT {REGION} FROM {kontor.rows} WHERE {REGION} IS NOT NULL AND enhetsnr IS NOT NULL"
    )
    regions = {str(region) for (region,) in named}
    if not regions:
        what, remedy = "no office has a region", "fill in arbeidsmarkedsregion in the table kontor"
        yield Problem(MARKET, REGION, what, remedy, "no_regions", severity="reported")
        return
    counted = context.store.rows(
        f"SELECT {REGION}, count(*) FROM {opened.rows} WHERE {REGION} IS NOT NULL GROUP BY 1"
    )
    rows_of = {str(region): int(rows) for region, rows in counted}
    if unknown := sorted(set(rows_of) - regions):
        yield _unknown(unknown, rows_of)
    if rows_of and (without := sorted(regions - set(rows_of))):
        yield Problem(
            MARKET,
            REGION,
            "regions of offices have no row",
            "add their rows, or write the region as in kontor",
            "region_without_figures",
            severity="reported",
            keys=tuple(shown_value(region) for region in without[:MAX_KEYS]),
            count=len(without),
        )
    if "maned" in opened.present:
        yield from _missing_months(context, opened)


def _unknown(unknown: list[str], rows_of: dict[str, int]) -> Problem:
    return Problem(
        MARKET,
        REGION,
        "the region is not in kontor",
        "write it exactly as arbeidsmarkedsregion in kontor",
        "unknown_region",
        keys=tuple(f"{shown_value(region)} ({rows_of[region]:,} rows)" for region in unknown[:MAX_KEYS]),
        count=sum(rows_of[region] for region in unknown),
        value=", ".join(shown_value(region) for region in unknown[:5]),
    )


def _missing_months(context: CheckContext, opened: OpenTable) -> Iterator[Problem]:
    """Months that some region has and another lacks."""
    found = context.store.rows(
        f"SELECT DISTINCT {REGION}, maned FROM {opened.rows} WHERE {REGION} IS NOT NULL AND maned IS NOT NULL"
    )
    months_of: dict[str, set[str]] = {}
    for region, month in found:
        months_of.setdefault(str(region), set()).add(str(month))
    every = set().union(*months_of.values())
    missing = [
        f"{shown_value(region)}: {month}"
        for region, months in sorted(months_of.items())
        for month in sorted(every - months)
    ]
    if missing:
        yield Problem(
            MARKET,
            "maned",
            "a region has no row in months that other regions have",
            "check whether a delivery is missing; periods with these months are not shown",
            "region_months",
            severity="reported",
            keys=tuple(missing[:MAX_KEYS]),
            count=len(missing),
        )
