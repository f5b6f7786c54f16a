"""The priority groups of a sheet: their figures this year and last, the plan's measures, and room for new."""

from markupsafe import Markup

from navbook.pages.chapters.planning.plan_text import OTHER, Plan, Planned, fields
from navbook.pages.format import escape, period_text
from navbook.pages.sections import comment_html, inline_comment_html
from navbook.pages.sections.office import PRIORITY_GROUPS, PriorityGroup, group_lines, group_name
from navbook.pages.sections.office.lines import (
    Line,
    before_text,
    in_brackets,
    one_word,
    short_name,
    value_text,
)
from navbook.pages.templates import part, sentence
from navbook.pages.text import interval_text
from navbook.pages.view import UnitView


def planned_groups(view: UnitView, plan: Plan) -> str:
    """What the plan says of each group, under the group's figures; empty if it says nothing."""
    groups = [_group(view, group, plan) for group in PRIORITY_GROUPS if group.key in plan.groups]
    if OTHER in plan.groups:
        words = _words(plan.groups[OTHER], named=True)
        groups.append({"navn": sentence("plan.annet"), "rader": [], "ord": words})
    if not groups:
        return ""
    lines = [line for group in PRIORITY_GROUPS for line in _figures(view, group)]
    bases = [line.own.basis_periode for line in lines if line.own.basis_periode]
    return part(
        "plan_grupper",
        root=view.root,
        tittel=sentence("plan.tiltak.tabell"),
        periode=period_text(view.periode),
        basis=period_text(max(bases)) if bases else sentence("kontor.krav.aret_for"),
        grupper=groups,
    )


def room_for_plan() -> str:
    """A table with a row for each group and a column for each field of the form, to write in."""
    names = [group_name(group.key) for group in PRIORITY_GROUPS]
    return part(
        "plan_nye",
        tittel=sentence("plan.nye.tabell"),
        kolonner=fields(),
        grupper=[*names, sentence("plan.annet")],
    )


def _group(view: UnitView, group: PriorityGroup, plan: Plan) -> dict[str, object]:
    return {
        "navn": group_name(group.key),
        "rader": [_row(view, line) for line in _figures(view, group)],
        "ord": _words(plan.groups[group.key], named=False),
    }


def _figures(view: UnitView, group: PriorityGroup) -> list[Line]:
    """The first figure of effort and the first of result that is shown; else one that says why it is not."""
    found = []
    for names in (group.effort, group.result):
        lines = group_lines(view, names)
        found += [line for line in lines if line.own.shown][:1] or lines[:1]
    return found


def _row(view: UnitView, line: Line) -> dict[str, object]:
    own = line.own
    return {
        "keys": own.keys,
        "navn": Markup(view.indicator_link(line.series.indikator, short_name(view, line.series))),
        "periode": "" if own.periode == view.periode else period_text(own.periode),
        "for": before_text(own),
        "na": value_text(own),
        "intervall": "" if own.is_count or not own.shown else in_brackets(interval_text(own)),
        "felt": "status" if not own.shown else "x" if own.is_count else "verdi nedre ovre",
        "vurdering": own.vurdering,
        "ord": one_word(view, line),
    }


def _words(planned: list[Planned], *, named: bool) -> Markup:
    """What an office wrote under the headings of a group, as safe HTML; `named` shows the headings."""
    html = []
    for each in planned:
        if named:
            html.append(f"<p><strong>{escape(each.heading)}</strong></p>\n")
        for measure in each.measures:
            lines = [
                f"<strong>{name}:</strong> {inline_comment_html(text)}" for name, text in measure.items()
            ]
            html.append(f"<p>{'<br>'.join(lines)}</p>\n")
        html.append(comment_html(each.text) if each.text else "")
    return Markup("".join(html))
