"""The final check of a complete edition, after its components were protected one by one.

It is no proof: that every sensitive cell is safe from all equations together is shown for each component
(`prove`). This check looks at the edition as it will be published, whatever a cache held of its components.
"""

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linked_tables.attacker_view import attacker_view
from navbook.disclosure.linked_tables.system import System
from navbook.runtime.errors import DisclosureRefused

# rounds of propagation
ROUNDS = 60


def verify(system: System, hidden: Flags, disclosed: Flags | None = None) -> None:
    """Raise DisclosureRefused if `hidden` (rows) does not protect the system.

    That is: a row publishes a primary cell, or single equations, propagated, bound a sensitive cell too
    narrowly. Cells in `disclosed`, which earlier releases disclose whatever is hidden, are left out.
    """
    unsafe = _unsafe_cells(system, hidden)
    unsafe = unsafe if disclosed is None else unsafe[~disclosed[unsafe]]
    if len(unsafe):
        raise DisclosureRefused(
            f"The edition was not written: {len(unsafe)} of its numbers are too small to be shown or can be "
            "worked out from others; report it as a fault in disclosure control, or leave the series out"
        )


def _unsafe_cells(system: System, hidden: Flags) -> Indices:
    view = attacker_view(system, hidden, ROUNDS)
    published = np.flatnonzero(system.primary & ~system.unpublished(hidden))
    return np.asarray(np.union1d(published, view.cells[view.disclosed]), dtype=np.intp)
