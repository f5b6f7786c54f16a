"""Sections for the office's planning and for its meeting with the municipality."""

from navbook.pages.sections.planning.labour_market import labour_market_section, labour_market_sentence
from navbook.pages.sections.planning.local_goals import local_goals_section
from navbook.pages.sections.planning.municipal import municipal_section

__all__ = ["labour_market_section", "labour_market_sentence", "local_goals_section", "municipal_section"]
