"""Disclosure control: which cells may not be told, what goes with them, and the proof that it holds."""

from navbook.disclosure.audit.audit_site import (
    Found,
    audit_site,
    audited_files,
    numbers_looked_for,
    refuse_findings,
    what_is_looked_for,
)
from navbook.disclosure.audit.boilerplate_numbers import ordinary_numbers
from navbook.disclosure.audit.withheld_index import Withheld
from navbook.disclosure.linear.attack import attack
from navbook.disclosure.linked_tables.attacker_view import given_away, most_room
from navbook.disclosure.linked_tables.protect import Answers, protect
from navbook.disclosure.linked_tables.result import Protected
from navbook.disclosure.linked_tables.rule_based import hide_together
from navbook.disclosure.linked_tables.system import KEEP, System, too_few
from navbook.disclosure.linked_tables.verify import verify
from navbook.disclosure.settings import Settings, load_settings
from navbook.disclosure.single_table.suppress import suppress
from navbook.disclosure.single_table.task import CannotProtect

__all__ = [
    "KEEP",
    "Answers",
    "CannotProtect",
    "Found",
    "Protected",
    "Settings",
    "System",
    "Withheld",
    "attack",
    "audit_site",
    "audited_files",
    "given_away",
    "hide_together",
    "load_settings",
    "most_room",
    "numbers_looked_for",
    "ordinary_numbers",
    "protect",
    "refuse_findings",
    "suppress",
    "too_few",
    "verify",
    "what_is_looked_for",
]
