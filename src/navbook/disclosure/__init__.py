"""Disclosure control: which cells may not be told, what goes with them, and the proof that it holds."""

from navbook.disclosure.attack import attack
from navbook.disclosure.complement import hide_together
from navbook.disclosure.ordinary import ordinary_numbers
from navbook.disclosure.primary import too_few
from navbook.disclosure.protection import Protected, protect
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
from navbook.disclosure.verify import unsafe_cells, verify, with_released

__all__ = [
    "KEEP",
    "CannotProtect",
    "Found",
    "Protected",
    "Settings",
    "System",
    "attack",
    "audit_site",
    "audited_files",
    "hide_together",
    "load_settings",
    "numbers_looked_for",
    "ordinary_numbers",
    "protect",
    "refuse_findings",
    "suppress",
    "too_few",
    "unsafe_cells",
    "verify",
    "what_is_looked_for",
    "with_released",
]
