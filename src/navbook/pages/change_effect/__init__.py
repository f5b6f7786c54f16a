"""The answer of a change analysis as text, table and figure; `gevinst` makes it from an edition."""

from navbook.pages.change_effect.answer import Answer, gevinst
from navbook.pages.change_effect.write import write_answer

__all__ = ["Answer", "gevinst", "write_answer"]
