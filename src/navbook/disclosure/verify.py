"""The last look: may this pattern of hidden rows be published, whatever was published before?"""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, hstack, vstack

from navbook.disclosure.cells import Flags, Places
from navbook.disclosure.examine import prove, unknown_of
from navbook.disclosure.system import System
from navbook.errors import DisclosureRefused


def unsafe_cells(system: System, hidden: Flags) -> Places:
    """The cells that are told though they may not be, or known too closely, when `hidden` is all that is."""
    unknown = unknown_of(system, hidden, rounds=60)
    proven = prove(unknown, np.zeros(len(unknown.columns), dtype=bool), thorough=True)
    told = np.flatnonzero(system.primary & ~system.unknown(hidden))
    return np.union1d(told, unknown.columns[(unknown.need > 0) & ~proven])


def verify(system: System, hidden: Flags) -> None:
    """Raise DisclosureRefused if `hidden` leaves any cell unsafe."""
    unsafe = unsafe_cells(system, hidden)
    if len(unsafe):
        raise DisclosureRefused(
            f"The edition was not written: {len(unsafe)} numbers are too small to be shown or can be worked "
            "out from others; report it as a fault in disclosure control, or leave the series out"
        )


def with_released(system: System, names: list[object], released: pd.DataFrame, sums: pd.DataFrame) -> System:
    """`system` as an attacker sees it who also has what was published before.

    `names` are those of the cells of `system`. `released` (cell, value) are numbers told earlier, `sums`
    (equation, cell, coef) what binds them to each other and to cells of `system`, each sum being zero.
    ValueError if a sum names an unknown cell or does not hold.
    """
    earlier = {name: len(names) + k for k, name in enumerate(released["cell"])}
    at = {name: k for k, name in enumerate(names)} | earlier
    unknown = [name for name in sums["cell"] if name not in at]
    if unknown:
        raise ValueError(f"a sum names the cell {unknown[0]!r}, which is neither in the edition nor released")
    numbers = pd.factorize(sums["equation"])[0]
    places = np.array([at[name] for name in sums["cell"]], dtype=np.intp)
    count, more = len(names), len(released)
    added = csr_array(
        (sums["coef"].to_numpy(dtype=np.float64), (numbers, places)),
        shape=(int(numbers.max(initial=-1)) + 1, count + more),
    )
    values = np.concatenate([system.values, released["value"].to_numpy(dtype=np.float64)])
    if np.any(np.abs(added @ values) > 1e-6 * np.maximum(1.0, abs(added) @ np.abs(values))):
        raise ValueError("a sum over released cells does not hold: correct the values or the coefficients")
    rows = len(system.price)
    # one row more, which is never hidden, shows all that was released
    told = csr_array(
        (np.ones(more), (np.arange(count, count + more), np.full(more, rows))), (count + more, rows + 1)
    )
    blank = csr_array((system.matrix.shape[0], more))
    wider = csr_array(vstack([hstack([system.matrix, blank]), added]))
    return System(
        values=values,
        matrix=wider,
        shown_by=csr_array(_taller(system.shown_by, more) + told),
        own=_taller(system.own, more),
        least=np.append(system.least, np.zeros(more)),
        width=np.append(system.width, np.zeros(more)),
        forced=np.append(system.forced, False),
        price=np.append(system.price, np.inf),
        detail=np.append(system.detail, system.detail.max(initial=0) + 99),
    )


def _taller(matrix: csr_array, more: int) -> csr_array:
    cells, rows = matrix.shape
    starts = np.append(matrix.indptr, np.full(more, matrix.indptr[-1]))
    return csr_array((matrix.data, matrix.indices, starts), shape=(cells + more, rows + 1))
