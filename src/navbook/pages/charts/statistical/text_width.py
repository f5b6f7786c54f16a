"""How much room a text takes in a figure.

Measured in DejaVu Sans, which is wider than the fonts of the page: what has room in it, has room in all.
"""

from functools import cache
from typing import Any

_FONT = "DejaVu Sans"  # part of matplotlib, so the same on every machine
_ELLIPSIS = "…"


@cache
def _font(size: float, bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=_FONT, size=size, weight="bold" if bold else "normal")


@cache
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line of text, in units of the figure; `size` is the font size in the same units."""
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, bold), ismath=False)
    return float(width)


def shortened(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text, or as much of its beginning as has room with an ellipsis after it; `room` in units."""
    if text_width(text, size, bold) <= room:
        return text
    for end in range(len(text) - 1, 0, -1):
        cut = text[:end].rstrip() + _ELLIPSIS
        if text_width(cut, size, bold) <= room:
            return cut
    return _ELLIPSIS
