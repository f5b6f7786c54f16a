"""A content security policy for every page: scripts come from files of the site only, and nothing from
elsewhere.

The layout has no inline script, so that the policy can forbid them, those in a text that was not escaped
included.
"""

import re

from navbook.runtime.errors import PageFailed

# `file:` in addition to 'self', for browsers to which a page opened from a file has no origin. Styles may
# be inline, since charts carry them; no style can load anything.
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


def secured(page: str) -> str:
    """A page with the policy. Raises PageFailed for an inline script, which the policy would stop."""
    if script := INLINE.search(page):
        raise PageFailed(f"A page has an inline script, which is not allowed: {script[1].strip()[:80]}")
    return page.replace(CHARSET, f"{CHARSET}\n  {META}", 1)
