"""matplotlib's SVG made fit to stand inside a page: in the page's own colours, and half as long."""

import io
import re
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK = "#7f7f7e"  # what is drawn in it takes the page's own colour
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 8,
}
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_TAG = re.compile(r"</?g(?: [^>]*)?>")
_MARKS = re.compile(r'<g( [^>]*)?>\s*((?:<use [^>]*?( style="[^"]*")/>\s*)+)</g>')


def plain_frame(axes: Axes) -> None:
    """Thin axes below and to the left in the page's own colour, and nothing behind them."""
    axes.tick_params(colors=INK, length=2, width=0.6, pad=2, labelsize=8)
    axes.set_facecolor("none")
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(INK)
        spine.set_linewidth(0.6)


def inline_svg(figure: Figure, salt: str, words: str) -> str:
    """The figure as one `<svg>` element with `words` (safe text) as its alternative text.

    `salt` goes into its ids: two drawings on a page need two salts. The same figure gives the same bytes.
    """
    buffer = io.StringIO()
    with matplotlib.rc_context({**STYLE, "svg.hashsalt": salt}):
        figure.savefig(buffer, format="svg", transparent=True, metadata=_NO_METADATA)
    drawn = buffer.getvalue()
    drawn = _shorter(_plain(drawn[drawn.index("<svg") :]))
    return drawn.replace("<svg", f'<svg role="img" aria-label="{words}"', 1)


def _plain(drawn: str) -> str:
    drawn = re.sub(r"\s*<metadata>.*?</metadata>", "", drawn, flags=re.S)
    drawn = re.sub(r"<!--.*?-->\s*", "", drawn, flags=re.S)
    # inline, a style element would hold for the whole page, and group names would clash between figures
    drawn = re.sub(r"<style.*?</style>", "", drawn, count=1, flags=re.S)
    drawn = re.sub(r'<g id="[^"]*"', "<g", drawn)
    drawn = drawn.replace(INK, "currentColor").replace("'DejaVu Sans'", "inherit")
    drawn = re.sub(r"font: ([\d.]+px) inherit", r"font-size: \1", drawn)
    return drawn.replace("font-family: inherit, sans-serif; ", "").replace("xlink:href", "href")


def _shorter(drawn: str) -> str:
    """The same drawing without what changes nothing: hundredths, empty paths, groups of nothing."""
    drawn = re.sub(r"(\d+\.\d)\d+", r"\1", drawn)
    drawn = re.sub(r' transform="rotate\(-0 [^"]*\)"', "", drawn)
    drawn = re.sub(r'<path d="[^"]*" style="fill: none"/>', "", drawn)
    drawn = re.sub(r"\s*\n([MLz])", r" \1", drawn).replace(' "', '"')
    drawn = _MARKS.sub(_one_style, drawn)
    drawn = re.sub(r"<defs>\s*</defs>", "", _without_bare_groups(drawn))
    return re.sub(r">\s+<", ">\n<", drawn).strip()


def _one_style(marks: re.Match[str]) -> str:
    """The marks of a line with their common style on the group."""
    attributes, uses, style = marks.groups(default="")
    if set(re.findall(r' style="[^"]*"', uses)) != {style}:
        return marks[0]
    return f"<g{attributes}{style}>\n{uses.replace(style, '')}</g>"


def _without_bare_groups(drawn: str) -> str:
    kept: list[bool] = []

    def tag(found: re.Match[str]) -> str:
        if found[0].startswith("</"):
            return found[0] if kept.pop() else ""
        kept.append(found[0] != "<g>")
        return found[0] if kept[-1] else ""

    return _TAG.sub(tag, drawn)
