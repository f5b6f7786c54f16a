"""Rules on the municipal tables: municipalities are in `kontor_kommune`, and goals hold no unseen numbers."""

import re
from collections.abc import Iterator
from itertools import pairwise

from navbook.extract.check.context import CheckContext
from navbook.extract.report import MAX_KEYS, Problem, shown_value

LINKS = "kontor_kommune"
NUMBERS, GOALS = "kommunale_tall", "kommunale_mal"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def check_municipalities(context: CheckContext) -> Iterator[Problem]:
    """Unknown municipalities (invalid); overlapping links, and numbers in goals (reported)."""
    for name in (NUMBERS, GOALS):
        if name in context.tables and "kommunenr" in context.tables[name].present:
            yield from _unknown(context, name)
    if LINKS in context.tables:
        yield from _overlapping(context)
    if GOALS in context.tables:
        yield from _numbers_in_goals(context)


def _unknown(context: CheckContext, name: str) -> Iterator[Problem]:
    links = context.tables.get(LINKS)
    if links is None or "kommunenr" not in links.present:
        what, remedy = "no office is linked to a municipality", "add the table kontor_kommune to the extract"
        yield Problem(name, "kommunenr", what, remedy, "no_municipalities", severity="reported")
        return
    missing = (
        f"FROM {context.tables[name].rows} WHERE kommunenr IS NOT NULL AND kommunenr NOT IN "
        f"(SELECT kommunenr FROM {links.rows} WHERE kommunenr IS NOT NULL)"
    )
    rows = context.store.rows(f"SELECT kommunenr, count(*) {missing} GROUP BY 1 ORDER BY 1")
    if rows:
        yield Problem(
            name,
            "kommunenr",
            "the municipality is not in kontor_kommune",
            "correct the number (codes are text with leading zeros), or add a row to kontor_kommune",
            "unknown_municipality",
            keys=tuple(f"{shown_value(number)} ({n:,} rows)" for number, n in rows[:MAX_KEYS]),
            count=sum(n for _, n in rows),
            value=", ".join(shown_value(number) for number, _ in rows[:5]),
        )


def _overlapping(context: CheckContext) -> Iterator[Problem]:
    links = context.tables[LINKS]
    if not links.present.issuperset(("enhetsnr", "kommunenr", "gyldig_fom", "gyldig_tom")):
        return
    rows = context.store.rows(
        f"SELECT DISTINCT enhetsnr, kommunenr, gyldig_fom, gyldig_tom FROM {links.rows} "
        "WHERE enhetsnr IS NOT NULL AND kommunenr IS NOT NULL AND gyldig_fom IS NOT NULL ORDER BY ALL"
    )
    same = [
        f"{shown_value(office)} and {shown_value(number)} from {later}"
        for (office, number, _, end), (next_office, next_number, later, _) in pairwise(rows)
        if (office, number) == (next_office, next_number) and (end is None or later <= end)
    ]
    if same:
        yield Problem(
            LINKS,
            "gyldig_fom",
            "rows of one office and municipality overlap",
            "nothing: the municipality is shown once; correct the days if they are wrong",
            "overlap",
            severity="reported",
            keys=tuple(same[:MAX_KEYS]),
            count=len(same),
        )


def _numbers_in_goals(context: CheckContext) -> Iterator[Problem]:
    """Every number in the text of a goal: goals are published unchanged, so an analyst must approve it."""
    goals = context.tables[GOALS]
    if not goals.present.issuperset(("kommunenr", "mal")):
        return
    rows = context.store.rows(
        f"SELECT DISTINCT kommunenr, mal FROM {goals.rows} WHERE mal IS NOT NULL ORDER BY ALL"
    )
    found = [
        f"{shown_value(number)}: {shown_value(value)}"
        for number, text in rows
        for value in _NUMBER.findall(text)
    ]
    for start in range(0, len(found), MAX_KEYS):
        some = tuple(found[start : start + MAX_KEYS])
        yield Problem(
            GOALS,
            "mal",
            "the goal has numbers, which are published unchanged",
            "approve each number, or remove it: a number of few persons may disclose somebody",
            "goal_numbers",
            severity="reported",
            keys=some,
            count=len(some),
        )
