"""Funnel plots of the pages: an office among all offices, in number order and never ranked."""

from navbook.pages.sections.funnels.read import Funnel, read_funnels
from navbook.pages.sections.funnels.sections import funnel_section_of_indicator, funnel_section_of_unit

__all__ = ["Funnel", "funnel_section_of_indicator", "funnel_section_of_unit", "read_funnels"]
