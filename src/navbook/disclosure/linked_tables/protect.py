"""Protecting a whole edition, part by part.

What hangs together is protected by itself, so that parts can be taken at the same time, and one that has
not changed need not be protected again.
"""

import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass, replace

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linked_tables.result import SuppressionResult
from navbook.disclosure.linked_tables.system import System

# how many answers are remembered before some are forgotten
MOST = 5000
ResultCache = MutableMapping[str, SuppressionResult]


def protect(
    system: System, answers: ResultCache | None = None, workers: int = 1, begin: Flags | None = None
) -> SuppressionResult:
    """The rows to hide so that no secret of `system` is known too closely, whatever is added and subtracted.

    `answers` remembers what was found for parts with the same content. The same system gives the same answer,
    whatever `workers` is. The rows of `begin` are hidden too, beside what is hidden without them.
    """
    answers = {} if answers is None else answers
    parts = [_Part(rows, cells, part, part.digest()) for rows, cells, part in system.components()]
    _answer({each.key: (each.system, None) for each in parts}, answers, workers)
    if begin is not None:
        parts = [each.beginning(answers[each.key], begin[each.rows]) for each in parts]
        _answer({each.key: (each.system, each.begin) for each in parts}, answers, workers)
    hidden = np.zeros(len(system.cost), dtype=bool)
    disclosed, proven = np.zeros((2, len(system.values)), dtype=bool)
    for part in parts:
        answer = answers[part.key]
        hidden[part.rows], disclosed[part.cells], proven[part.cells] = (
            answer.hidden,
            answer.disclosed,
            answer.proven,
        )
    found = {part.key: answers[part.key] for part in parts}
    if len(answers) > MOST:
        # what no part needed this time is forgotten
        answers.clear()
        answers.update(found)
    components = tuple(found[part.key] for part in parts)
    return SuppressionResult(
        hidden,
        rows=sum(one.rows for one in components),
        primary=sum(one.primary for one in components),
        cells=sum(one.cells for one in components),
        equations=sum(one.equations for one in components),
        sensitive=sum(one.sensitive for one in components),
        fallback=sum(one.fallback for one in components),
        disclosed=disclosed,
        proven=proven,
        components=components,
    )


@dataclass(frozen=True)
class _Part:
    """What hangs together: its rows and cells, its system, what it begins from and the key of all that."""

    rows: Indices
    cells: Indices
    system: System
    key: str
    begin: SuppressionResult | None = None

    def beginning(self, found: SuppressionResult, hidden: Flags) -> "_Part":
        """The part beginning from what was `found`, with more hidden; itself where that is hidden already."""
        if not (hidden & ~found.hidden).any():
            return self
        hidden = hidden | found.hidden
        key = f"{self.key}-{hashlib.sha256(hidden.tobytes()).hexdigest()}"
        return replace(self, key=key, begin=replace(found, hidden=hidden))


def _answer(
    asked: dict[str, tuple[System, SuppressionResult | None]], answers: ResultCache, workers: int
) -> None:
    """Find out what is not among the answers."""
    asked = {key: each for key, each in asked.items() if key not in answers}
    if asked:
        # here, for what proves takes a second to load, and a build that decides nothing anew proves nothing
        from navbook.disclosure.linked_tables.parallel import protect_all

        answers.update(protect_all(asked, workers))
