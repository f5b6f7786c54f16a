"""Protecting a whole edition: rule by rule first, then against what all equations together tell.

What hangs together is protected by itself, so that parts can be taken at the same time, and one that has
not changed need not be protected again.
"""

from collections.abc import Mapping, MutableMapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from navbook.disclosure.cells import Flags, Places
from navbook.disclosure.complement import Rules, hide_together
from navbook.disclosure.examine import Unknown, around, prove, unknown_of
from navbook.disclosure.system import KEEP, System
from navbook.disclosure.task import CannotProtect

# rounds of repair before detail is withheld; each round after them withholds some
PATIENCE = 15
# rounds in which no more is hidden for a secret than what helps in one equation
GENTLE = 6
# how far from an unsafe cell detail is withheld
BESIDE = 2
# what single equations tell of each other is passed on so many times when looking for what to hide ...
GLANCE = 12
# ... and so many when proving
LOOK = 40
# how many answers are remembered before some are forgotten
MOST = 5000
# a part with fewer cells is not worth a process of its own
SMALL = 5000


@dataclass(frozen=True)
class Protected:
    """`hidden` rows of a system that is safe, and what it took.

    `rows`: how many, of which `primary` show what may not be told. `cells` are unknown, bound by `equations`;
    `secrets` of them were proven safe. `withheld`: rows hidden by the written order of detail. `each` holds
    the same of every part that hangs together.
    """

    hidden: Flags
    rows: int
    primary: int
    cells: int
    equations: int
    secrets: int
    withheld: int
    each: tuple["Protected", ...] = ()


Answers = MutableMapping[str, Protected]


def protect(system: System, answers: Answers | None = None, workers: int = 1) -> Protected:
    """The rows to hide so that no secret of `system` is known too closely, whatever is added and subtracted.

    `answers` remembers what was found for parts with the same content. CannotProtect if a part cannot be
    protected whatever is hidden. The same system gives the same answer, whatever `workers` is.
    """
    answers = {} if answers is None else answers
    parts = [(rows, part, part.key()) for rows, part in system.parts()]
    asked = {key: part for _, part, key in parts if key not in answers}
    for key, answer in _answered(asked, workers).items():
        answers[key] = answer
    hidden = np.zeros(len(system.price), dtype=bool)
    for rows, _, key in parts:
        hidden[rows] = answers[key].hidden
    found = {key: answers[key] for _, _, key in parts}
    if len(answers) > MOST:
        # what no part needed this time is forgotten
        answers.clear()
        answers.update(found)
    each = tuple(found[key] for _, _, key in parts)
    return Protected(
        hidden,
        rows=sum(one.rows for one in each),
        primary=sum(one.primary for one in each),
        cells=sum(one.cells for one in each),
        equations=sum(one.equations for one in each),
        secrets=sum(one.secrets for one in each),
        withheld=sum(one.withheld for one in each),
        each=each,
    )


def _answered(asked: Mapping[str, System], workers: int) -> dict[str, Protected]:
    large = sorted(
        (key for key in asked if len(asked[key].values) >= SMALL), key=lambda k: -len(asked[k].values)
    )
    if workers < 2 or len(large) < 2:
        return {key: protect_part(part) for key, part in asked.items()}
    with ProcessPoolExecutor(workers) as pool:
        running = {key: pool.submit(protect_part, asked[key]) for key in large}
        small = {key: protect_part(part) for key, part in asked.items() if key not in running}
        return small | {key: future.result() for key, future in running.items()}


def protect_part(system: System) -> Protected:
    """As `protect`, for a system that hangs together."""
    primary = int(np.count_nonzero(system.forced | system.with_their_rows(system.primary)))
    hidden = hide_together(system)
    if not hidden.any():
        return Protected(hidden, len(hidden), primary, 0, 0, 0, 0)
    rules = Rules(system)
    proven = np.zeros(len(system.values), dtype=bool)
    withheld = 0
    turn = 0
    while True:
        unknown, unsafe, proven = _unsafe(system, hidden, proven)
        if not len(unsafe):
            break
        more = np.zeros_like(hidden)
        if turn < PATIENCE:
            shut = np.zeros(len(system.values), dtype=bool)
            shut[unknown.columns] = True
            for wider, equations in enumerate(unknown.binding(unsafe)):
                # what one equation at a time has not settled by now is given more room at once
                if turn >= GENTLE and wider == 0:
                    continue
                more = rules.helping(equations, shut, hidden) & ~hidden
                if more.any():
                    break
        if not more.any():
            more = _less_detail(system, hidden, unknown.columns[unsafe])
            if not more.any():
                proven[unknown.columns] |= prove(unknown, proven[unknown.columns], thorough=True)
                if ((unknown.need > 0) & ~proven[unknown.columns]).any():
                    raise CannotProtect(
                        f"{len(unsafe)} numbers cannot be protected by hiding others: "
                        "publish less detail, or leave the series out"
                    )
                break
            withheld += int(more.sum())
        hidden = hide_together(system, hidden | more)
        turn += 1
    secrets = int((unknown.need > 0).sum())
    return Protected(
        hidden,
        len(hidden),
        primary,
        len(unknown.columns),
        len(unknown.equations),
        secrets,
        withheld,
    )


def _unsafe(system: System, hidden: Flags, proven: Flags) -> tuple[Unknown, Places, Flags]:
    """What is unknown, which of it (columns) is known too closely or not proven safe, and what is proven.

    What single equations give away is told first, before anything is proven.
    """
    unknown = unknown_of(system, hidden, GLANCE)
    lost = np.flatnonzero(unknown.lost & ~proven[unknown.columns])
    if len(lost):
        return unknown, lost, proven
    unknown = unknown_of(system, hidden, LOOK)
    # what was proven stays so when more is hidden
    proven = proven.copy()
    proven[unknown.columns] |= prove(unknown, proven[unknown.columns])
    return unknown, np.flatnonzero((unknown.need > 0) & ~proven[unknown.columns]), proven


def _less_detail(system: System, hidden: Flags, unsafe: Places) -> Flags:
    """The rows of the first class of detail that has any near the `unsafe` cells; none when none is left."""
    near = np.zeros(len(system.values), dtype=bool)
    near[unsafe] = True
    rows = csr_array(abs(system.matrix))
    near = around(rows, csr_array(rows.T), near, BESIDE)
    candidates = system.with_their_rows(near) & ~hidden & (system.detail < KEEP)
    if not candidates.any():
        return candidates
    return candidates & (system.detail == system.detail[candidates].min())
