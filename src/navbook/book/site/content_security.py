"""A content security policy for every page: scripts come from files of the site only, and nothing from
elsewhere.

The theme writes three inline scripts on each page. They are replaced by two files, so that the policy can
forbid inline scripts, those in a text that was not escaped included.
"""

import re
from pathlib import Path

from navbook.runtime import file_digest
from navbook.runtime.errors import PageFailed

STATIC = Path("book", "_static")
# `file:` in addition to 'self', for browsers to which a page opened from a file has no origin. Styles stay
# inline, since the theme's icons write them; no style can load anything.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file: 'unsafe-inline'",
        "img-src 'self' file: data:",
        "font-src 'self' file: data:",
        "connect-src 'self' file:",
        "form-action 'self' file:",
        "base-uri 'none'",
        "object-src 'none'",
    ]
)
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}" />'
CHARSET = '<meta charset="utf-8" />'
INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
# A part of each of the theme's scripts -> the file that does the same; empty: the file before it does both.
FILES = {
    "documentElement.dataset.mode": "nb-fargevalg.js",
    "DOCUMENTATION_OPTIONS.pagename": "nb-valg.js",
    "DOCUMENTATION_OPTIONS.search_as_you_type": "",
}


def secured(page: str, root: str, source: Path) -> str:
    """A page with the policy, and with files in place of the theme's inline scripts.

    `root` is the relative address of the site's root, and `source` the folder of the book's source. Raises
    PageFailed for an inline script that is not the theme's.
    """

    def replaced(script: re.Match[str]) -> str:
        for part, name in FILES.items():
            if part in script[1]:
                return _tag(name, root, source) if name else ""
        raise PageFailed(f"A page has an inline script that is not the theme's: {script[1].strip()[:80]}")

    return INLINE.sub(replaced, page).replace(CHARSET, f"{CHARSET}\n    {META}", 1)


def _tag(name: str, root: str, source: Path) -> str:
    return f'<script src="{root}_static/{name}?v={file_digest(source / STATIC / name)[:8]}"></script>'
