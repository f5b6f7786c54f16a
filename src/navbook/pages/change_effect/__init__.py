"""The answer of a change analysis as text, table and figure; `gevinst` makes it from an edition."""

from navbook.pages.change_effect.answer import Answer, gevinst
from navbook.pages.change_effect.write import add_to_plan, write_answer

__all__ = ["Answer", "add_to_plan", "gevinst", "write_answer"]
