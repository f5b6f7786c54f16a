"""Protecting a whole edition, part by part.

What hangs together is protected by itself, so that parts can be taken at the same time, and one that has
not changed need not be protected again.
"""

from collections.abc import MutableMapping

import numpy as np

from navbook.disclosure.protected import Protected
from navbook.disclosure.system import System

# how many answers are remembered before some are forgotten
MOST = 5000
Answers = MutableMapping[str, Protected]


def protect(system: System, answers: Answers | None = None, workers: int = 1) -> Protected:
    """The rows to hide so that no secret of `system` is known too closely, whatever is added and subtracted.

    `answers` remembers what was found for parts with the same content. The same system gives the same answer,
    whatever `workers` is.
    """
    answers = {} if answers is None else answers
    parts = [(rows, part, part.key()) for rows, part in system.parts()]
    asked = {key: part for _, part, key in parts if key not in answers}
    if asked:
        # here, for what proves takes a second to load, and a build that decides nothing anew proves nothing
        from navbook.disclosure.crew import protect_each

        answers.update(protect_each(asked, workers))
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
