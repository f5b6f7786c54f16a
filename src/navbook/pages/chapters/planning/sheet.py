"""The planning and partnership sheet of an office: its figures, its plan, and room for the next one."""

from collections.abc import Collection

from navbook.edition import Edition
from navbook.pages.chapters.planning.group_rows import planned_groups, room_for_plan
from navbook.pages.chapters.planning.plan_text import read_plan
from navbook.pages.format import escape, heading, paragraph, period_text, raw_html
from navbook.pages.sections import comment_html, notices, office
from navbook.pages.sections.planning import local_goals_section, municipal_section
from navbook.pages.templates import part, sentence
from navbook.pages.view import PORTFOLIO, Cell, Unit, UnitView, has_report, page_inputs, unit_view, units

FOLDER = "plan"


def sheets(edition: Edition, offices: Collection[str] | None = None) -> dict[str, str]:
    """The sheet of each office with a page, or of `offices`: address without suffix → Markdown."""
    return {f"{FOLDER}/{unit.enhet}": _sheet(edition, unit) for unit in with_sheet(edition, offices)}


def with_sheet(edition: Edition, offices: Collection[str] | None = None) -> list[Unit]:
    """The offices with a sheet, in number order; none unless the period is a year or a tertial."""
    if not has_report(str(edition.utgave["periode"])):
        return []
    return [
        unit
        for unit in units(edition)
        if unit.niva == "kontor"
        and not unit.special
        and unit.enhet in edition.units_of_period
        and (offices is None or unit.enhet in offices)
    ]


def _sheet(edition: Edition, unit: Unit) -> str:
    view = unit_view(page_inputs(edition, "kontor", unit.enhet), unit.enhet, "kontor")
    parts = (
        ("hvem", office.who(view).html or paragraph(escape(office.stock_sentence(_everybody(view))))),
        ("krav", office.requirements(view).html),
        ("mal", local_goals_section(view).html),
        ("kommunen", municipal_section(view).html),
        ("tiltak", _measures(view)),
        ("nye", paragraph(escape(sentence("plan.nye.ingress"))) + room_for_plan()),
    )
    return "\n".join(
        [
            heading(1, sentence("plan.tittel", navn=unit.navn, periode=period_text(view.periode))),
            raw_html(part("plan_topp", linje=office.line_of_office(view), enhet=unit.enhet) + notices(view)),
            *(
                f"{heading(2, sentence(f'plan.overskrift.{key}'))}\n{raw_html(html)}"
                for key, html in parts
                if html
            ),
        ]
    )


def _everybody(view: UnitView) -> Cell:
    return view.cell(PORTFOLIO, "alle", view.unit.enhet)


def _measures(view: UnitView) -> str:
    """The office's own plan beside the figures of the groups that it is about; empty without a plan."""
    written = view.edition.tekster["planer"].get(view.unit.enhet, "").strip()
    if not written:
        return ""
    plan = read_plan(written)
    source = sentence("plan.tiltak.kilde", tittel=plan.title, navn=view.unit.navn)
    before = f'<blockquote class="nb-kommentar">{comment_html(plan.before)}</blockquote>'
    return paragraph(escape(source)) + (before if plan.before else "") + planned_groups(view, plan)
