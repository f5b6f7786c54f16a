"""A book with some office pages only: links to offices without a page become plain text.

An executed page or a written chapter links to every office of the edition, so that its bytes are the same in
every book. Links to pages that a book does not have are removed here, when its source is staged.
"""

import re
from pathlib import Path

# A link as it is in a chapter or, as JSON text with escaped quotes, in a stored notebook.
_OFFICE_LINK = re.compile(r'<a href=\\?"(?:\.\./)?kontor/(\w+)\.html\\?">(.*?)</a>')


def unlink_missing_offices(pages: Path) -> None:
    """Replace links to offices without a page by their text, in the pages and chapters under `pages`.

    In a folder with a page for every office no byte changes.
    """
    present = {path.stem for path in pages.glob("kontor/*.ipynb")}
    for path in sorted([*pages.rglob("*.ipynb"), *pages.rglob("*.md")]):
        before = path.read_text(encoding="utf-8")
        after = _OFFICE_LINK.sub(lambda found: found[0] if found[1] in present else found[2], before)
        if after != before:
            path.write_text(after, encoding="utf-8")
