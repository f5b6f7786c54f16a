"""The sentences that the book may say, each with what must be true for it.

To change a sentence of the book, change its pattern here. A pattern is matched against the whole sentence,
with every break and the space of thousands as one space. Its function derives the claim again from the files
of the edition and of the letters. A sentence that holds a verdict, a reason or a count and matches nothing
here fails, unless it stands in a letter, a definition or the plan of chapters, or in `general.txt`: sentences
that explain the book and say nothing of this edition.
"""

from recognised import (
    cells,
    compared,
    conclusions,
    definitions,
    deviations,
    expected,
    figures,
    funnels,
    groups,
    letters,
    models,
    moved_shares,
    offices,
    planning,
    reasons,
    run_charts,
    spread_and_months,
    totals,
    verdicts,
)
from recognised.says import RECOGNISED

__all__ = [
    "RECOGNISED",
    "cells",
    "compared",
    "conclusions",
    "definitions",
    "deviations",
    "expected",
    "figures",
    "funnels",
    "groups",
    "letters",
    "models",
    "moved_shares",
    "offices",
    "planning",
    "reasons",
    "run_charts",
    "spread_and_months",
    "totals",
    "verdicts",
]
