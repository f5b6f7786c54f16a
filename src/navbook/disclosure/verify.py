"""The last look before anything is written: no cell that may not be told is shown or left alone in a sum."""

from collections.abc import Callable, Sequence

import numpy as np

from navbook.disclosure.cells import Cells, Equations, Flags
from navbook.disclosure.complement import exposure, unknown_cells
from navbook.errors import DisclosureRefused


def verify(
    cells: Cells,
    families: Sequence[Equations],
    hidden: Flags,
    minimum: float,
    name_of: Callable[[int], str] = str,
) -> int:
    """Return how many sums were looked at; raise DisclosureRefused if one gives a hidden cell away."""
    shown = np.flatnonzero(cells.primary & ~hidden)
    if len(shown):
        raise DisclosureRefused(_sentence(len(shown), "is too small to be shown", name_of(int(shown[0]))))
    for family in families:
        found = exposure(cells, family, hidden, minimum)
        # a total left alone is safe if some of its parts are in no table
        secret = np.zeros(len(family), dtype=bool)
        secret[family.equation[~cells.published[family.part]]] = True
        exposed = np.flatnonzero(found.any & ~(found.bare & secret))
        if len(exposed):
            given = _given_away(cells, family, hidden, int(exposed[0]))
            reason = f"can be worked out from the sums '{family.name}'"
            raise DisclosureRefused(_sentence(len(exposed), reason, name_of(given)))
    return sum(len(family) for family in families)


def _given_away(cells: Cells, family: Equations, hidden: Flags, equation: int) -> int:
    unknown = unknown_cells(cells, hidden)
    members = np.append(family.part[family.equation == equation], family.total[equation])
    return int(members[unknown[members]][0])


def _sentence(count: int, what: str, name: str) -> str:
    return (
        f"The edition was not written: {name} {what} ({count} such in all); "
        "report it as a fault in disclosure control, or leave the series out"
    )
