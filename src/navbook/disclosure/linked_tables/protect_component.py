"""Protecting what hangs together: rule by rule first, then against what all equations together tell."""

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Places
from navbook.disclosure.linked_tables.attacker_view import LOOK, Unknown, given_away, unknown_of
from navbook.disclosure.linked_tables.prove import prove
from navbook.disclosure.linked_tables.result import Protected
from navbook.disclosure.linked_tables.rule_based import Rules, hide_together
from navbook.disclosure.linked_tables.secondary import rows_beside
from navbook.disclosure.linked_tables.system import KEEP, System

# proofs of what is left unsafe before detail is withheld; each round after them withholds some, so that the
# work ends
PROOFS = 40
# for so few unsafe cells it is worked out what helps; for more, some row in an equation of each is quicker
FEW = 40
# where something was told before, it may be that nothing helps: so many are asked at a time
SOME = 300
# how far from an unsafe cell detail is withheld, and how often that is tried, ever further, before all goes
BESIDE, WITHHOLDINGS = 2, 3
# what single equations tell of each other is passed on so many times when looking for what to hide
GLANCE = 12


def protect_part(system: System, begin: Protected | None = None) -> Protected:
    """The rows to hide of a system that hangs together, so that no secret is known too closely.

    Where hiding beside the secrets does not end, detail goes, and at last all: then nothing is told. With
    what to `begin` from, its rows stay hidden and what was proven of it is not proven again.
    """
    primary = int(np.count_nonzero(system.forced | system.with_their_rows(system.primary)))
    hidden = hide_together(system, None if begin is None else begin.hidden)
    proven, lost = np.zeros((2, len(system.values)), dtype=bool)
    if not hidden.any() and not system.primary.any():
        return Protected(hidden, len(hidden), primary, 0, 0, 0, 0, lost, proven)
    if begin is not None:
        proven, lost = begin.proven.copy(), begin.lost.copy()
    elif system.known.any():
        lost = given_away(system)
    rules = Rules(system)
    withheld = 0 if begin is None else begin.withheld
    proofs = withholdings = 0
    while True:
        unknown, unsafe, proof = _unsafe(system, hidden, proven, lost)
        # where nothing is told there is nothing to work with
        if not len(unsafe) or hidden.all():
            break
        proofs += proof
        more, hopeless = _helping(system, rules, unknown, unsafe, hidden)
        if len(hopeless) and not more.any():
            lost[hopeless] = True
            continue
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
        lost=lost,
        proven=proven,
    )


def _unsafe(system: System, hidden: Flags, proven: Flags, lost: Flags) -> tuple[Unknown, Places, bool]:
    """What is unknown, which of it (columns) is known too closely or not proven safe, and whether a proof was
    tried; what is found safe is noted in `proven`, and stays so when more is hidden.

    What single equations give away is told first, before anything is proven. What is `lost` is not asked for.
    """
    unknown = unknown_of(system, hidden, GLANCE)
    given = np.flatnonzero(unknown.lost & ~(proven | lost)[unknown.columns])
    if len(given):
        return unknown, given, False
    unknown = unknown_of(system, hidden, LOOK)
    settled = lost[unknown.columns]
    proven[unknown.columns] = prove(system, unknown, proven[unknown.columns] | settled) & ~settled
    return unknown, np.flatnonzero((unknown.need > 0) & ~(proven | lost)[unknown.columns]), True


def _helping(
    system: System, rules: Rules, unknown: Unknown, unsafe: Places, hidden: Flags
) -> tuple[Flags, Places]:
    """The rows to hide beside the `unsafe` cells: where they are few, those that help for certain, else some
    in the equations that bind them; none if none help. And the cells that what was told before gives away.
    """
    if len(unsafe) <= FEW:
        more, hopeless = _certain(system, unknown, unsafe, hidden)
        if more.any() or len(hopeless):
            return more, hopeless
    shut = np.zeros(len(system.values), dtype=bool)
    shut[unknown.columns] = True
    for equations in unknown.binding(unsafe):
        more = rules.helping(equations, shut, hidden) & ~hidden
        if more.any():
            return more, unsafe[:0]
    if system.known.any():
        return _certain(system, unknown, unsafe[:SOME], hidden)
    return np.zeros_like(hidden), unsafe[:0]


def _certain(system: System, unknown: Unknown, unsafe: Places, hidden: Flags) -> tuple[Flags, Places]:
    """The rows that are the cheapest to hide for each of the cells, and the cells that no row helps for what
    was told before.
    """
    more, told = np.zeros_like(hidden), bool(system.known.any())
    hopeless = []
    for column in unsafe.tolist():
        cell, need = int(unknown.columns[column]), unknown.need[column]
        beside = rows_beside(system, hidden | more, cell, need, everywhere=told)
        if beside is not None:
            more |= beside
        elif told:
            hopeless.append(cell)
    return more, np.array(hopeless, dtype=np.intp)


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
