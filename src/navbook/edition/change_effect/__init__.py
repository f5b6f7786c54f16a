"""What a change at an office did to an indicator, from the shown rows of an edition.

`analyse(edition, Question(...))` compares the office's change with that of other offices (difference in
differences) and tries the same at earlier dates, at which nothing was done.
"""

from navbook.edition.change_effect.analysis import Analysis, analyse
from navbook.edition.change_effect.question import Question

__all__ = ["Analysis", "Question", "analyse"]
