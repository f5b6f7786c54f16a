"""A page drawn once for nobody, in a process that others are forked from.

What only a first drawing costs (number formats, fonts, patterns) is then paid once for all of them.
"""

import contextlib

from navbook.edition import Edition
from navbook.pages.page_kinds import kontor


def draw_once(edition: Edition) -> None:
    """Draw every section of the office page with most rows, and forget it; changes nothing of what is drawn
    later. A section that fails is told by the page that shows it.
    """
    offices = edition.units_with_figures.query("niva == 'kontor'")["enhet"]
    rows = {enhet: len(places) for enhet, places in edition.places("enhet").items() if enhet in set(offices)}
    for enhet in sorted(rows, key=lambda enhet: (-rows[enhet], enhet))[:1]:
        page = kontor(edition.folder.name, enhet)
        for name in vars(type(page)):
            if not name.startswith("_"):
                with contextlib.suppress(Exception):
                    getattr(page, name)()
