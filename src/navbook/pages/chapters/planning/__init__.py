"""The planning and partnership sheet of each office, and the page that lists them."""

from navbook.pages.chapters.planning.overview import sheet_list
from navbook.pages.chapters.planning.sheet import FOLDER, sheets, with_sheet

__all__ = ["FOLDER", "sheet_list", "sheets", "with_sheet"]
