"""Contacts between users and NAV in the last 30 days of each month."""

import ibis.expr.types as ir

from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.states.states import States

# what a person may have had in the days before a counting date
MARKS = ("dialog", "mote", "samtale", "fra_bruker", "fra_nav", "avtalt_mote", "avbrutt_mote")


def contact_months(states: States, first: str, last: str) -> ir.Table:
    """The persons with any contact or agreed meeting in the 30 days up to the end of month `m`, each once.

    Columns: person_id, m, and the boolean MARKS. Automatic messages are left out; a contact that was called
    off counts as `avtalt_mote` and `avbrutt_mote` only. Held in the engine, since several families read it.
    """
    rows = states.extract.rows("kontakt")
    rows = rows.filter(~rows.automatisk)
    days = states.extract.days_before_end(first, last, SETTINGS.kontakt_dager)
    days = states.keep(_named("dager", first, last), days)
    # joined by day, since there are few days and many contacts
    rows = rows.inner_join(days, [rows.dato == days.dag])
    off = rows.status.fill_null("") == "AVBRUTT"
    dialogue, meeting = (rows.type == "DIALOG") & ~off, rows.type == "MOTE"
    marks = {
        "dialog": dialogue,
        "mote": meeting & ~off,
        "samtale": (rows.type == "SAMTALE") & ~off,
        "fra_bruker": dialogue & rows.fra_bruker,
        "fra_nav": dialogue & ~rows.fra_bruker,
        "avtalt_mote": meeting,
        "avbrutt_mote": meeting & off,
    }
    months = rows.group_by("person_id", "m").aggregate(**{name: mask.any() for name, mask in marks.items()})
    return states.keep(_named("kontaktmaneder", first, last), months)


def with_contacts(base: ir.Table, contacts: ir.Table) -> ir.Table:
    """The person-months of `base`, disjoint ranges of months, that have a row of `contacts`."""
    months = base.inner_join(contacts, ["person_id", base.fra <= contacts.m, base.til >= contacts.m])
    return months.drop("fra", "til")


def any_contact(months: ir.Table) -> ir.BooleanValue:
    """Whether there was a message, a meeting or a conversation."""
    return months.dialog | months.mote | months.samtale


def _named(what: str, first: str, last: str) -> str:
    return f"{what}_{first}_{last}".replace("-", "")
