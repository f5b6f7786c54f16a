"""Heatmaps: units down, requirements across, and what became of each; in number order and never ranked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from navbook.pages.charts.statistical.compact_svg import Keys, compact_svg
from navbook.pages.charts.statistical.style import (
    AXIS,
    BASE,
    MET,
    MUTED,
    NOT_MET,
    ON_MET,
    SMALL,
    TEXT,
    UNDECIDED,
    UNSHOWN,
    book_style,
    canvas,
)
from navbook.pages.charts.statistical.text_width import shortened, text_width

# the fills of the cells by code, and what each means in the key
FILLS = {"oppfylt": MET, "ikke_oppfylt": NOT_MET, "uavgjort": UNDECIDED, "uten": UNSHOWN}
MEANING = {
    "oppfylt": "oppfylt krav",
    "ikke_oppfylt": "ikke oppfylt krav",
    "uavgjort": "uten sikkert svar",
    "uten": "uten vurdering",
}
MOST_ROWS = 30  # of one heatmap: more would weigh over 60 kB
CELL_WIDTH, CELL_HEIGHT = 32.0, 20.0
_SLANT = 50  # the angle of the names of columns
_UP, _ALONG = math.sin(math.radians(_SLANT)), math.cos(math.radians(_SLANT))
_ROW_ROOM, _COLUMN_ROOM, _ON_CELL = 204, 260, 10  # the room of a name, and the font size on a cell
_LINE_HEIGHT, _BESIDE_NAME = 13, 10
_KEY_WIDTH, _KEY_LINE, _SWATCH = 124.0, 17.0, 12.0


@dataclass(frozen=True)
class HeatCell:
    """What a cell shows: a code of FILLS, and a short text on it."""

    code: str
    text: str = ""


@dataclass(frozen=True)
class Heading:
    """The name of a row or column, and the keys of what it names."""

    name: str
    keys: Keys = field(default_factory=dict)


def heatmap_svg(
    rows: Sequence[Heading],
    columns: Sequence[Heading],
    cells: Sequence[Sequence[HeatCell]],
    alt_text: str,
) -> str:
    """The heatmap as SVG; `cells` has a sequence for each row.

    A filled cell has its text on it; one that is not shown is empty but for its text. Raises ValueError for
    no row or no column.
    """
    if not rows or not columns:
        raise ValueError("a heatmap has no row or no column: ask for one only where units are shown")
    reach = [_reach(column.name) for column in columns]
    # whole numbers give short coordinates
    names = max(text_width(shortened(row.name, SMALL, _ROW_ROOM), SMALL) for row in rows)
    left = math.ceil(max(_KEY_WIDTH, _BESIDE_NAME + names))
    top = math.ceil(max(8 + max(up for up, _ in reach), 8 + _KEY_LINE * len(FILLS)))
    right, bottom = left + CELL_WIDTH * len(columns), top + CELL_HEIGHT * len(rows)
    beyond = max(left + CELL_WIDTH * (k + 0.5) + along for k, (_, along) in enumerate(reach))
    width = math.ceil(max(right, beyond) + 6)
    with book_style():
        figure, axes = canvas((width, bottom + 4), (left, top, right, bottom))
        _fill(axes, cells)
        _write(axes, cells)
        _name(axes, rows, columns)
        _explain(axes, left, top)
        named = {f"rad{k}": row.keys for k, row in enumerate(rows)}
        named |= {f"kolonne{k}": column.keys for k, column in enumerate(columns)}
        return compact_svg(figure, alt_text, {n: k for n, k in named.items() if k}, "nb-varmekart")


def _fill(axes: Any, cells: Sequence[Sequence[HeatCell]]) -> None:
    import numpy as np
    import seaborn
    from matplotlib.colors import ListedColormap

    codes = list(FILLS)
    values = np.array([[codes.index(cell.code) for cell in row] for row in cells])
    seaborn.heatmap(
        values, vmin=-0.5, vmax=len(codes) - 0.5, cmap=ListedColormap(list(FILLS.values())), cbar=False,
        linewidths=1.5, linecolor=UNSHOWN, ax=axes, xticklabels=False, yticklabels=False,
    )  # fmt: skip
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if cell.code == "ikke_oppfylt":
                _frame(axes, column, row, 1, 1)


def _frame(axes: Any, x: float, y: float, width: float, height: float) -> None:
    """A border inside a cell, which tells it from the undecided in grey print too."""
    from matplotlib.patches import Rectangle

    across, down = 2 / CELL_WIDTH, 2 / CELL_HEIGHT
    axes.add_patch(
        Rectangle(
            (x + across, y + down), width - 2 * across, height - 2 * down, facecolor="none", edgecolor=BASE,
            linewidth=1, clip_on=False,
        )
    )  # fmt: skip


def _write(axes: Any, cells: Sequence[Sequence[HeatCell]]) -> None:
    """Write the text of each cell; those of one colour after each other, so that they share their look."""
    for code in FILLS:
        colour = {"oppfylt": ON_MET, "uten": MUTED}.get(code, TEXT)
        for row, line in enumerate(cells):
            for column, cell in enumerate(line):
                if cell.code == code and cell.text:
                    axes.text(
                        column + 0.5, row + 0.7, cell.text, color=colour, ha="center", va="baseline",
                        fontsize=_size_on_cell(cell.text),
                    )  # fmt: skip


def _size_on_cell(text: str) -> int:
    """The font size on a cell: smaller for a text that would reach its edges."""
    return _ON_CELL if text_width(text, _ON_CELL) <= CELL_WIDTH - 4 else _ON_CELL - 2


def _name(axes: Any, rows: Sequence[Heading], columns: Sequence[Heading]) -> None:
    axes.set(xlabel="", ylabel="")
    for k, row in enumerate(rows):
        name = shortened(row.name, SMALL, _ROW_ROOM)
        axes.text(-0.15, k + 0.7, name, color=TEXT, ha="right", va="baseline", fontsize=SMALL, gid=f"rad{k}")
    for k, column in enumerate(columns):
        axes.text(
            k + 0.5, -0.25, "\n".join(_lines(column.name)), color=TEXT, gid=f"kolonne{k}",
            rotation=_SLANT, rotation_mode="anchor", ha="left", va="bottom", linespacing=1.0,
            fontsize=_column_size(column.name),
        )  # fmt: skip


def _explain(axes: Any, left: float, top: float) -> None:
    """Write what each fill means, in the free corner above the names of the rows."""
    from matplotlib.patches import Rectangle

    for k, (code, fill) in enumerate(FILLS.items()):
        x, y = -left / CELL_WIDTH, (4 + _KEY_LINE * k - top) / CELL_HEIGHT
        size = _SWATCH / CELL_WIDTH, _SWATCH / CELL_HEIGHT
        edge = BASE if code == "ikke_oppfylt" else AXIS
        axes.add_patch(
            Rectangle((x + 0.02, y), *size, facecolor=fill, edgecolor=edge, linewidth=0.8, clip_on=False)
        )
        axes.text(
            x + 18 / CELL_WIDTH, y + size[1] / 2, MEANING[code], color=MUTED, va="center", fontsize=SMALL
        )


def _lines(name: str) -> list[str]:
    """A name of a column on one line, or on two: what it is, and the group."""
    what, _, group = name.partition(": ")
    return [
        shortened(part, _column_size(name), _COLUMN_ROOM) for part in ([what, group] if group else [name])
    ]


def _column_size(name: str) -> int:
    return SMALL - 1 if ": " in name else SMALL


def _reach(name: str) -> tuple[float, float]:
    """How far the slanted name of a column reaches up and to the right of its foot, in units."""
    lines = _lines(name)
    long = max(text_width(line, _column_size(name)) for line in lines)
    return _UP * long + _ALONG * _LINE_HEIGHT * len(lines) + CELL_HEIGHT / 4, _ALONG * long
