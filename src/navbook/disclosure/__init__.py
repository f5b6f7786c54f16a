"""Disclosure control: which cells may not be told, what goes with them, and the proof that it holds."""

from navbook.disclosure.audit import (
    Finding,
    WithheldIndex,
    audit_digest,
    audit_site,
    audited_files,
    boilerplate_numbers,
    refuse_findings,
    search_terms,
)
from navbook.disclosure.linear.attack import attack
from navbook.disclosure.linked_tables.attacker_view import disclosed_by_released, max_feasible_width
from navbook.disclosure.linked_tables.protect import ResultCache, protect
from navbook.disclosure.linked_tables.result import SuppressionResult, pack_cache, unpack_cache
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
    "Finding",
    "ResultCache",
    "SuppressionResult",
    "System",
    "WithheldIndex",
    "attack",
    "audit_digest",
    "audit_site",
    "audited_files",
    "below_threshold",
    "boilerplate_numbers",
    "disclosed_by_released",
    "load_settings",
    "max_feasible_width",
    "pack_cache",
    "protect",
    "refuse_findings",
    "search_terms",
    "suppress",
    "suppress_by_rules",
    "unpack_cache",
    "verify",
]
