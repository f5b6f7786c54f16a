"""Tables written by hand get what the tables of notebooks have: a caption, scopes, and a box that scrolls.

The caption is the heading that the table stands under, with a number from the second one on; a table with a
caption of its own keeps it.
"""

import re
from collections import Counter
from html import escape, unescape

_PARTS = re.compile(
    r'<h[1-6]>(?P<heading>.*?)<a class="headerlink"'
    r'|<div class="pst-scrollable-table-container"><table class="[^"]*">\s*(?P<captioned><caption)?'
    r'|<th class="head(?P<number> text-right)?"',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]+>")


def with_captions(page: str) -> str:
    """The HTML of a page with its hand-written tables so marked."""
    heading = ""
    under: Counter[str] = Counter()

    def marked(part: re.Match[str]) -> str:
        nonlocal heading
        if part["heading"] is not None:
            heading = unescape(_TAG.sub("", part["heading"])).strip()
            return part[0]
        if part[0].startswith("<th"):
            return part[0].replace("<th", '<th scope="col"', 1)
        under[heading] += 1
        title = heading if under[heading] == 1 else f"{heading}, tabell {under[heading]}"
        label = escape(title)
        box = f'<div class="nb-rull" role="region" tabindex="0" aria-label="{label}">'
        caption = "" if part["captioned"] else f"<caption>{escape(title, quote=False)}</caption>\n"
        table = '<table class="nb-skrevet">\n'
        return f"{box}{table}{caption}{part['captioned'] or ''}"

    return _PARTS.sub(marked, page)
