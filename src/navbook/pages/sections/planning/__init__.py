"""Sections for the office's planning and for its meeting with the municipality."""

from navbook.pages.sections.planning.municipal import municipal_section

__all__ = ["municipal_section"]
