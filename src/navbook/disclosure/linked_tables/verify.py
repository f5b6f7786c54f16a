"""The last look at a whole edition, after its parts were protected: does anything stand there that may not?

Not a proof: that every secret is safe from all equations together is shown part by part (`prove`). This look
takes the edition as it will be published, whatever was remembered of its parts.
"""

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linked_tables.attacker_view import attacker_view
from navbook.disclosure.linked_tables.system import System
from navbook.errors import DisclosureRefused

# what single equations tell of each other is passed on so many times
ROUNDS = 60


def verify(system: System, hidden: Flags, lost: Flags | None = None) -> None:
    """Raise DisclosureRefused if a cell is told that may not be, or equations that are passed on one by one
    give a secret away, when `hidden` is all that is hidden. What was `lost` before is not asked for.
    """
    unsafe = _unsafe(system, hidden)
    unsafe = unsafe if lost is None else unsafe[~lost[unsafe]]
    if len(unsafe):
        raise DisclosureRefused(
            f"The edition was not written: {len(unsafe)} of its numbers are too small to be shown or can be "
            "worked out from others; report it as a fault in disclosure control, or leave the series out"
        )


def _unsafe(system: System, hidden: Flags) -> Indices:
    unknown = attacker_view(system, hidden, ROUNDS)
    told = np.flatnonzero(system.primary & ~system.unpublished(hidden))
    return np.asarray(np.union1d(told, unknown.cells[unknown.disclosed]), dtype=np.intp)
