"""Draws one page before others need it, in the process that their kernels are forked from.

The cost of a first page (number formats, patterns) is then paid only once.
"""

import contextlib

from navbook.edition import Edition
from navbook.pages.page_kinds import fylke, kontor


def draw_once(edition: Edition) -> None:
    """Draw every section of the office page with most rows, and one figure of a county, and discard them.

    The figure imports seaborn, which pages of counties, chapters and indicators need. A section
    that fails is ignored here; the page itself will report the error.
    """
    offices = edition.units_with_figures.query("niva == 'kontor'")["enhet"]
    rows = {
        enhet: len(places) for enhet, places in edition.positions("enhet").items() if enhet in set(offices)
    }
    for enhet in sorted(rows, key=lambda enhet: (-rows[enhet], enhet))[:1]:
        page = kontor(edition.folder.name, enhet)
        for name in vars(type(page)):
            if not name.startswith("_"):
                with contextlib.suppress(Exception):
                    getattr(page, name)()
    for county in sorted(edition.units_with_figures.query("niva == 'fylke'")["enhet"])[:1]:
        with contextlib.suppress(Exception):
            fylke(edition.folder.name, str(county)).varmekart()
