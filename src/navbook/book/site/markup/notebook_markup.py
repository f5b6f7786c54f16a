"""The frames that MyST-NB puts around each cell: without classes that no style uses, and gone where empty."""

import re

# a cell without an output, such as the parameters
_EMPTY = re.compile(r'<div class="cell [^"]*docutils container">\s*</div>\n?')
_FRAMES = re.compile(
    r'<div class="(?:cell [^"]*docutils container|cell_output docutils container|output text_html)">'
)


def without_cell_frames(page: str) -> str:
    """The HTML of a page; they are a twentieth of an office page."""
    return _FRAMES.sub("<div>", _EMPTY.sub("", page))
