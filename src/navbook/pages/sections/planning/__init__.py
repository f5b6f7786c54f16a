"""Sections for the office's planning and for its meeting with the municipality."""

from navbook.pages.sections.planning.local_goals import local_goals_section
from navbook.pages.sections.planning.municipal import municipal_section

__all__ = ["local_goals_section", "municipal_section"]
