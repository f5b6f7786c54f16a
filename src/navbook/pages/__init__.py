"""Pages of the book as HTML and Markdown, made from an edition and nothing else.

A page notebook calls the kind of its page (`kontor`, `fylke`, `landet`, `indikator`, `kapittel`) and then one
method for each section. `edition_chapters` gives the chapters that have no notebook.
"""

from navbook.pages.chapters import edition_chapters, front_page_texts
from navbook.pages.page_kinds import fylke, indikator, kapittel, kontor, landet
from navbook.pages.warm_up import draw_once

__all__ = [
    "draw_once",
    "edition_chapters",
    "front_page_texts",
    "fylke",
    "indikator",
    "kapittel",
    "kontor",
    "landet",
]
