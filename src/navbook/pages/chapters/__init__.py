"""Chapters of the book: those with a page notebook, and those that are written as Markdown."""

from navbook.pages.chapters.all import edition_chapters
from navbook.pages.chapters.front_page import front_page_texts
from navbook.pages.chapters.plan import chapter_plan
from navbook.pages.chapters.sections import (
    chapter_counties,
    chapter_figures,
    chapter_intro,
    chapter_links,
    chapter_pairs,
    chapter_trend,
)
from navbook.pages.chapters.summary import chapter_summary
from navbook.pages.chapters.text import chapter_caveats, chapter_choices, chapter_letter
from navbook.pages.chapters.view import ChapterView, chapter_view

__all__ = [
    "ChapterView",
    "chapter_caveats",
    "chapter_choices",
    "chapter_counties",
    "chapter_figures",
    "chapter_intro",
    "chapter_letter",
    "chapter_links",
    "chapter_pairs",
    "chapter_plan",
    "chapter_summary",
    "chapter_trend",
    "chapter_view",
    "edition_chapters",
    "front_page_texts",
]
