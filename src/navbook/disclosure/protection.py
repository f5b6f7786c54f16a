"""Protecting what hangs together: rule by rule first, then against what all equations together tell."""

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.cells import Flags, Places
from navbook.disclosure.complement import Rules, hide_together
from navbook.disclosure.protected import Protected
from navbook.disclosure.prove import prove
from navbook.disclosure.repair import rows_beside
from navbook.disclosure.system import KEEP, System
from navbook.disclosure.unknown import Unknown, unknown_of

# proofs of what is left unsafe before detail is withheld; each round after them withholds some, so that the
# work ends
PROOFS = 40
# for so few unsafe cells it is worked out what helps; for more, some row in an equation of each is quicker
FEW = 40
# how far from an unsafe cell detail is withheld, and how often that is tried, ever further, before all goes
BESIDE, WITHHOLDINGS = 2, 3
# what single equations tell of each other is passed on so many times when looking for what to hide ...
GLANCE = 12
# ... and so many when proving
LOOK = 40


def protect_part(system: System) -> Protected:
    """The rows to hide of a system that hangs together, so that no secret is known too closely.

    Where hiding beside the secrets does not end, detail goes, and at last all: then nothing is told.
    """
    primary = int(np.count_nonzero(system.forced | system.with_their_rows(system.primary)))
    hidden = hide_together(system)
    if not hidden.any() and not system.primary.any():
        return Protected(hidden, len(hidden), primary, 0, 0, 0, 0)
    rules = Rules(system)
    proven = np.zeros(len(system.values), dtype=bool)
    withheld = proofs = withholdings = 0
    while True:
        unknown, unsafe, proof = _unsafe(system, hidden, proven)
        # where nothing is told there is nothing to work with
        if not len(unsafe) or hidden.all():
            break
        proofs += proof
        more = _helping(system, rules, unknown, unsafe, hidden)
        if proofs > PROOFS or not more.any():
            more = _less_detail(system, hidden, unknown.columns[unsafe], withholdings)
            withholdings += 1
            withheld += int(more.sum())
        hidden = hide_together(system, hidden | more)
    return Protected(
        hidden,
        rows=len(hidden),
        primary=primary,
        cells=len(unknown.columns),
        equations=len(unknown.equations),
        secrets=int((unknown.need > 0).sum()),
        withheld=withheld,
    )


def _unsafe(system: System, hidden: Flags, proven: Flags) -> tuple[Unknown, Places, bool]:
    """What is unknown, which of it (columns) is known too closely or not proven safe, and whether a proof was
    tried; what is found safe is noted in `proven`, and stays so when more is hidden.

    What single equations give away is told first, before anything is proven.
    """
    unknown = unknown_of(system, hidden, GLANCE)
    lost = np.flatnonzero(unknown.lost & ~proven[unknown.columns])
    if len(lost):
        return unknown, lost, False
    unknown = unknown_of(system, hidden, LOOK)
    proven[unknown.columns] = prove(system, unknown, proven[unknown.columns])
    return unknown, np.flatnonzero((unknown.need > 0) & ~proven[unknown.columns]), True


def _helping(system: System, rules: Rules, unknown: Unknown, unsafe: Places, hidden: Flags) -> Flags:
    """The rows to hide beside the `unsafe` cells: where they are few, those that help for certain, else some
    in the equations that bind them; none if none help.
    """
    if len(unsafe) <= FEW:
        more = np.zeros_like(hidden)
        for column in unsafe.tolist():
            more |= rows_beside(system, hidden | more, int(unknown.columns[column]), unknown.need[column])
        if more.any():
            return more
    shut = np.zeros(len(system.values), dtype=bool)
    shut[unknown.columns] = True
    for equations in unknown.binding(unsafe):
        more = rules.helping(equations, shut, hidden) & ~hidden
        if more.any():
            return more
    return np.zeros_like(hidden)


def _less_detail(system: System, hidden: Flags, unsafe: Places, times: int) -> Flags:
    """The rows to withhold for the `unsafe` cells when it was done so many `times`: first the least wanted
    class of detail beside them, then all detail beside and ever further, then all there is.
    """
    near = np.zeros(len(system.values), dtype=bool)
    near[unsafe] = True
    equations = csr_array(abs(system.matrix))
    for _ in range(BESIDE * (times + 1)):
        near |= (equations.T @ (equations @ near.astype(np.float64))) > 0
    detail = ~hidden & (system.detail < KEEP)
    candidates = system.with_their_rows(near) & detail
    if times == 0 and candidates.any():
        return candidates & (system.detail == system.detail[candidates].min())
    if times < WITHHOLDINGS and candidates.any():
        return candidates
    return detail if detail.any() else ~hidden
