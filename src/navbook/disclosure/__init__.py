"""Disclosure control: which cells may not be told, what goes with them, and the proof that it holds."""

from navbook.disclosure.attack import attack
from navbook.disclosure.complement import hide_together
from navbook.disclosure.ordinary import ordinary_numbers
from navbook.disclosure.primary import too_few
from navbook.disclosure.protect import Answers, protect
from navbook.disclosure.protected import Protected
from navbook.disclosure.published import (
    Found,
    audit_site,
    audited_files,
    numbers_looked_for,
    refuse_findings,
    what_is_looked_for,
)
from navbook.disclosure.settings import Settings, load_settings
from navbook.disclosure.suppress import suppress
from navbook.disclosure.system import KEEP, System
from navbook.disclosure.task import CannotProtect
from navbook.disclosure.unknown import given_away, most_room
from navbook.disclosure.verify import verify
from navbook.disclosure.withheld import Withheld

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
