"""Disclosure control: which cells may not be published, what must be hidden with them, and the proof.

`linear` holds the attacker: equations and the bounds they leave. `linked_tables` protects an edition,
`single_table` one table, `releases` looks at all that was ever published, and `audit` reads the published
bytes. The terms are those of the Handbook on Statistical Disclosure Control.
"""

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
from navbook.disclosure.linear import attack
from navbook.disclosure.linked_tables import (
    ABSENT,
    LAST_RESORT,
    ROUNDING,
    Coordinates,
    ResultCache,
    SuppressionResult,
    System,
    below_threshold,
    disclosed_by_released,
    max_feasible_width,
    pack_cache,
    protect,
    suppress_by_rules,
    unpack_cache,
    verify,
)
from navbook.disclosure.settings import (
    DisclosureSettings,
    IndicatorRule,
    RowClass,
    join_below,
    load_settings,
)
from navbook.disclosure.single_table import CannotProtect, suppress

__all__ = [
    "ABSENT",
    "LAST_RESORT",
    "ROUNDING",
    "CannotProtect",
    "Coordinates",
    "DisclosureSettings",
    "Finding",
    "IndicatorRule",
    "ResultCache",
    "RowClass",
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
    "join_below",
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
