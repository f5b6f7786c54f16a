"""Tile grids: one tile of the same size for each county, in the place that it has on the map.

Counties that are not on the map of NAV's regions stand in number order, row by row.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from navbook.pages.charts.statistical.compact_svg import Keys, compact_svg
from navbook.pages.charts.statistical.heatmap import FILLS
from navbook.pages.charts.statistical.style import (
    BASE,
    GRID,
    MUTED,
    ON_MET,
    SMALL,
    TEXT,
    UNSHOWN,
    book_style,
    canvas,
)
from navbook.pages.charts.statistical.text_width import shortened

# (column, row) of NAV's regions by number; a region that was split or merged keeps its corner of the map
MAP = {
    "1900": (4, 0),
    "5400": (4, 0),
    "1800": (3, 1),
    "5700": (3, 2),
    "1600": (3, 2),
    "1500": (2, 2),
    "1200": (1, 3),
    "0400": (2, 3),
    "1100": (1, 4),
    "0600": (2, 4),
    "0300": (3, 4),
    "0200": (4, 4),
    "1000": (2, 5),
    "0800": (3, 5),
}
WIDTH, TILE_HEIGHT, _MOST_COLUMNS = 380, 52, 4


@dataclass(frozen=True)
class Tile:
    """A county: its name, a code of the heatmap's FILLS, two lines of text, and the keys of what they say."""

    enhet: str
    name: str
    code: str
    text: str
    more: str = ""
    keys: Keys = field(default_factory=dict)


def tile_grid_svg(tiles: Sequence[Tile], alt_text: str) -> str:
    """The tiles as SVG. Raises ValueError for no tile."""
    if not tiles:
        raise ValueError("a tile grid has no tile: ask for one only where counties are shown")
    import numpy as np
    import seaborn
    from matplotlib.colors import ListedColormap

    places = tile_places([tile.enhet for tile in tiles])
    columns, rows = (max(place[k] for place in places) + 1 for k in (0, 1))
    codes = list(FILLS)
    values = np.full((rows, columns), np.nan)
    for tile, (column, row) in zip(tiles, places, strict=True):
        values[row, column] = codes.index(tile.code)
    with book_style():
        figure, axes = canvas((WIDTH, TILE_HEIGHT * rows + 4), (2, 2, WIDTH - 2, TILE_HEIGHT * rows + 2))
        seaborn.heatmap(
            values, vmin=-0.5, vmax=len(codes) - 0.5, cmap=ListedColormap(list(FILLS.values())), cbar=False,
            linewidths=3, linecolor=UNSHOWN, ax=axes, xticklabels=False, yticklabels=False,
        )  # fmt: skip
        keys = {}
        for place, (tile, where) in enumerate(zip(tiles, places, strict=True)):
            keys[f"flis{place}"] = tile.keys
            _write(axes, tile, where, f"flis{place}", columns)
        return compact_svg(figure, alt_text, {gid: k for gid, k in keys.items() if k}, "nb-fliser")


def tile_places(enheter: Sequence[str]) -> list[tuple[int, int]]:
    """(Column, row) of each county: on the map if all are known there, else in the order given."""
    known = [MAP[enhet] for enhet in enheter if enhet in MAP]
    if len(known) == len(enheter) == len(set(known)):
        first = [min(place[k] for place in known) for k in (0, 1)]
        return [(column - first[0], row - first[1]) for column, row in known]
    columns = min(_MOST_COLUMNS, math.ceil(math.sqrt(len(enheter))))
    return [(k % columns, k // columns) for k in range(len(enheter))]


def _write(axes: Any, tile: Tile, where: tuple[int, int], gid: str, columns: int) -> None:
    colour = {"oppfylt": ON_MET, "uten": MUTED}.get(tile.code, TEXT)
    x = where[0] + 0.5
    name = shortened(tile.name, SMALL, WIDTH / columns - 10)
    axes.text(x, where[1] + 0.3, name, color=colour, ha="center", va="center", fontsize=SMALL)
    for line, (height, words) in enumerate(((0.56, tile.text), (0.8, tile.more))):
        if words:
            axes.text(
                x, where[1] + height, words, color=colour, ha="center", va="center", gid=gid,
                fontsize=SMALL - line, fontweight="normal" if line else "bold",
            )  # fmt: skip
    if tile.code in ("ikke_oppfylt", "uten"):
        from matplotlib.patches import Rectangle

        axes.add_patch(
            Rectangle(
                (where[0] + 0.03, where[1] + 0.06),
                0.94,
                0.88,
                facecolor="none",
                edgecolor=GRID if tile.code == "uten" else BASE,
                linewidth=1,
            )
        )
