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
from navbook.disclosure.linked_tables.attacker_view import disclosed_by_released, max_feasible_width
from navbook.disclosure.linked_tables.protect import ResultCache, protect
from navbook.disclosure.linked_tables.result import SuppressionResult
from navbook.disclosure.linked_tables.rule_based import suppress_by_rules
from navbook.disclosure.linked_tables.system import LAST_RESORT, System, below_threshold
from navbook.disclosure.linked_tables.verify import verify
from navbook.disclosure.settings import DisclosureSettings, load_settings
from navbook.disclosure.single_table.suppress import suppress
from navbook.disclosure.single_table.task import CannotProtect

__all__ = [
    "LAST_RESORT",
    "CannotProtect",
    "DisclosureSettings",
    "Found",
    "ResultCache",
    "SuppressionResult",
    "System",
    "Withheld",
    "attack",
    "audit_site",
    "audited_files",
    "below_threshold",
    "disclosed_by_released",
    "load_settings",
    "max_feasible_width",
    "numbers_looked_for",
    "ordinary_numbers",
    "protect",
    "refuse_findings",
    "suppress",
    "suppress_by_rules",
    "verify",
    "what_is_looked_for",
]
