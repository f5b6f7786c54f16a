"""The style of every figure that seaborn draws, and the canvas it draws on.

One unit of a figure is one unit of its SVG. A colour is a role: the style sheet of the book gives each role
its colour in light and dark, so a colour without a role is an error.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from navbook.runtime.paths import own_file

STYLE = "data/figurer.mplstyle"
UNITS_AN_INCH = 72
FONT_SIZE, SMALL = 12, 11

OWN, BASE, TEXT, MUTED, AXIS, GRID = "#0072b2", "#b24e00", "#4d4d4d", "#404040", "#767676", "#d9d9d9"
# fills of cells: requirement met, not met, undecided, not shown; and the text on the first
MET, NOT_MET, UNDECIDED, UNSHOWN, ON_MET = "#005a9c", "#ffd9b3", "#e3e6ea", "#ffffff", "#fefefe"
ROLES = {
    OWN: "egen",
    BASE: "basis",
    TEXT: "tekst",
    MUTED: "svak",
    AXIS: "akse",
    GRID: "nett",
    MET: "oppfylt",
    NOT_MET: "ikke",
    UNDECIDED: "lik",
    UNSHOWN: "uten",  # the ground of the page
    ON_MET: "lys",
}
_OVERRIDES = {
    "font.size": FONT_SIZE,
    "axes.titlesize": FONT_SIZE,
    "axes.labelsize": SMALL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    # a tick label is written at the place of its tick, so there has to be one
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "xtick.major.pad": 3,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}


@contextmanager
def book_style() -> Iterator[None]:
    """matplotlib with the style of the book, whatever the machine has set; and quiet, for a notebook may not
    write to stderr.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib.style

    with matplotlib.style.context(["default", own_file(STYLE), _OVERRIDES]):
        yield


def canvas(size: tuple[float, float], inside: tuple[float, float, float, float]) -> tuple[Any, Any]:
    """A figure of that width and height, and its axes between left, top, right and bottom, in units."""
    from matplotlib.figure import Figure

    (width, height), (left, top, right, bottom) = size, inside
    figure = Figure(figsize=(width / UNITS_AN_INCH, height / UNITS_AN_INCH))
    place = (left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height)
    return figure, figure.add_axes(place)


def position(axes: Any, point: tuple[float, float]) -> tuple[float, float]:
    """Where a point of the data stands: units from the left and from the foot of the figure."""
    x, y = axes.transData.transform(point) * UNITS_AN_INCH / axes.figure.dpi
    return float(x), float(y)
