"""Protecting what hangs together: rule by rule first, then against what all equations together tell."""

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linked_tables.attacker_view import (
    LOOK,
    AttackerView,
    attacker_view,
    disclosed_by_released,
)
from navbook.disclosure.linked_tables.prove import prove
from navbook.disclosure.linked_tables.result import SuppressionResult
from navbook.disclosure.linked_tables.rule_based import SuppressionRules, suppress_by_rules
from navbook.disclosure.linked_tables.secondary import secondary_rows
from navbook.disclosure.linked_tables.system import LAST_RESORT, System

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


def protect_component(system: System, begin: SuppressionResult | None = None) -> SuppressionResult:
    """The rows to hide of a system that hangs together, so that no secret is known too closely.

    Where hiding beside the secrets does not end, detail goes, and at last all: then nothing is told. With
    what to `begin` from, its rows stay hidden and what was proven of it is not proven again.
    """
    primary = int(np.count_nonzero(system.forced | system.rows_showing(system.primary)))
    hidden = suppress_by_rules(system, None if begin is None else begin.hidden)
    proven, disclosed = np.zeros((2, len(system.values)), dtype=bool)
    if not hidden.any() and not system.primary.any():
        return SuppressionResult(hidden, len(hidden), primary, 0, 0, 0, 0, disclosed, proven)
    if begin is not None:
        proven, disclosed = begin.proven.copy(), begin.disclosed.copy()
    elif system.known.any():
        disclosed = disclosed_by_released(system)
    rules = SuppressionRules(system)
    withheld = 0 if begin is None else begin.fallback
    proofs = withholdings = 0
    while True:
        unknown, unsafe, proof = _unsafe(system, hidden, proven, disclosed)
        # where nothing is told there is nothing to work with
        if not len(unsafe) or hidden.all():
            break
        proofs += proof
        more, hopeless = _helping(system, rules, unknown, unsafe, hidden)
        if len(hopeless) and not more.any():
            disclosed[hopeless] = True
            continue
        if proofs > PROOFS or not more.any():
            more = _less_detail(system, hidden, unknown.cells[unsafe], withholdings)
            withholdings += 1
            withheld += int(more.sum())
        hidden = suppress_by_rules(system, hidden | more)
    return SuppressionResult(
        hidden,
        rows=len(hidden),
        primary=primary,
        cells=len(unknown.cells),
        equations=len(unknown.equations),
        sensitive=int((unknown.required_width > 0).sum()),
        fallback=withheld,
        disclosed=disclosed,
        proven=proven,
    )


def _unsafe(
    system: System, hidden: Flags, proven: Flags, disclosed: Flags
) -> tuple[AttackerView, Indices, bool]:
    """What is unknown, which of it (columns) is known too closely or not proven safe, and whether a proof was
    tried; what is found safe is noted in `proven`, and stays so when more is hidden.

    What single equations give away is told first, before anything is proven. What is `disclosed` is not
    asked for.
    """
    unknown = attacker_view(system, hidden, GLANCE)
    given = np.flatnonzero(unknown.disclosed & ~(proven | disclosed)[unknown.cells])
    if len(given):
        return unknown, given, False
    unknown = attacker_view(system, hidden, LOOK)
    settled = disclosed[unknown.cells]
    proven[unknown.cells] = prove(system, unknown, proven[unknown.cells] | settled) & ~settled
    return unknown, np.flatnonzero((unknown.required_width > 0) & ~(proven | disclosed)[unknown.cells]), True


def _helping(
    system: System, rules: SuppressionRules, unknown: AttackerView, unsafe: Indices, hidden: Flags
) -> tuple[Flags, Indices]:
    """The rows to hide beside the `unsafe` cells: where they are few, those that help for certain, else some
    in the equations that bind them; none if none help. And the cells that what was told before gives away.
    """
    if len(unsafe) <= FEW:
        more, hopeless = _certain(system, unknown, unsafe, hidden)
        if more.any() or len(hopeless):
            return more, hopeless
    shut = np.zeros(len(system.values), dtype=bool)
    shut[unknown.cells] = True
    for equations in unknown.binding(unsafe):
        more = rules.helping(equations, shut, hidden) & ~hidden
        if more.any():
            return more, unsafe[:0]
    if system.known.any():
        return _certain(system, unknown, unsafe[:SOME], hidden)
    return np.zeros_like(hidden), unsafe[:0]


def _certain(system: System, unknown: AttackerView, unsafe: Indices, hidden: Flags) -> tuple[Flags, Indices]:
    """The rows that are the cheapest to hide for each of the cells, and the cells that no row helps for what
    was told before.
    """
    more, told = np.zeros_like(hidden), bool(system.known.any())
    hopeless = []
    for column in unsafe.tolist():
        cell, need = int(unknown.cells[column]), unknown.required_width[column]
        beside = secondary_rows(system, hidden | more, cell, need, everywhere=told)
        if beside is not None:
            more |= beside
        elif told:
            hopeless.append(cell)
    return more, np.array(hopeless, dtype=np.intp)


def _less_detail(system: System, hidden: Flags, unsafe: Indices, times: int) -> Flags:
    """The rows to withhold for the `unsafe` cells when it was done so many `times`: first the least wanted
    class of detail beside them, then all detail beside and ever further, then all there is.
    """
    near = np.zeros(len(system.values), dtype=bool)
    near[unsafe] = True
    equations = csr_array(abs(system.matrix))
    for _ in range(BESIDE * (times + 1)):
        near |= (equations.T @ (equations @ near.astype(np.float64))) > 0
    detail = ~hidden & (system.row_class < LAST_RESORT)
    candidates = system.rows_showing(near) & detail
    if times == 0 and candidates.any():
        return candidates & (system.row_class == system.row_class[candidates].min())
    if times < WITHHOLDINGS and candidates.any():
        return candidates
    return detail if detail.any() else ~hidden
