"""A book of some offices only: links to offices that were not drawn become plain text.

The executed pages name every office of the edition, so that a page is the same bytes in every book. Which
offices a book draws is known where it is put together, and only there can a link be dead.
"""

import re
from pathlib import Path

# As a link stands in a stored notebook: JSON text, with its quotes escaped.
_OFFICE_LINK = re.compile(r'<a href=\\"(?:\.\./)?kontor/(\w+)\.html\\">(.*?)</a>')


def unlink_undrawn_offices(pages: Path) -> None:
    """In the executed pages under `pages`, make links to offices without a page there into their text.

    A folder with a page for every office is left as it is, byte for byte.
    """
    drawn = {path.stem for path in pages.glob("kontor/*.ipynb")}
    for path in sorted(pages.rglob("*.ipynb")):
        before = path.read_text(encoding="utf-8")
        after = _OFFICE_LINK.sub(lambda found: found[0] if found[1] in drawn else found[2], before)
        if after != before:
            path.write_text(after, encoding="utf-8")
