"""An edition as one system of linked tables: primary and secondary suppression, with proof.

A `System` holds cells, equations and rows. `protect` finds the rows to hide: first by rules, then against all
equations together. A cell counts as safe when feasible tables (tables that agree with all that is published)
are found in which its values lie far enough apart. `verify` is the last check of a complete edition.

`secondary` and `parallel` load the solvers: import them from their modules, where they are used.
"""

from navbook.disclosure.linked_tables.attacker_view import disclosed_by_released, max_feasible_width
from navbook.disclosure.linked_tables.coordinates import ABSENT, Coordinates
from navbook.disclosure.linked_tables.primary import ROUNDING, below_threshold
from navbook.disclosure.linked_tables.protect import ResultCache, protect
from navbook.disclosure.linked_tables.result import SuppressionResult, pack_cache, unpack_cache
from navbook.disclosure.linked_tables.secondary_by_rules import suppress_by_rules
from navbook.disclosure.linked_tables.system import LAST_RESORT, System
from navbook.disclosure.linked_tables.verify import verify

__all__ = [
    "ABSENT",
    "LAST_RESORT",
    "ROUNDING",
    "Coordinates",
    "ResultCache",
    "SuppressionResult",
    "System",
    "below_threshold",
    "disclosed_by_released",
    "max_feasible_width",
    "pack_cache",
    "protect",
    "suppress_by_rules",
    "unpack_cache",
    "verify",
]
