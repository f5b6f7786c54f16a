"""The draft report of each county, its own words, and the page of what the reports lack."""

from navbook.pages.chapters.reports.county_report import FOLDER, OVERVIEW, reports
from navbook.pages.chapters.reports.county_texts import own_words, place_text
from navbook.pages.chapters.reports.overview import report_overview

__all__ = ["FOLDER", "OVERVIEW", "own_words", "place_text", "report_overview", "reports"]
