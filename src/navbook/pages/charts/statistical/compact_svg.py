"""Writes a matplotlib figure as SVG for a page: no ids, styles or fonts, and a tenth of the bytes.

Colours become classes, hundreds of markers become one path of zero-length strokes, and each artist with an
entry in `keys` carries it as `data-*` attributes, by which the audit knows what it reads. Nothing depends on
the machine or the day.
"""

import re
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import groupby
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from navbook.pages.charts.statistical.outline import diameter, outline, plain
from navbook.pages.charts.statistical.style import FONT_SIZE, ROLES
from navbook.pages.charts.svg import Position, circles, dots
from navbook.pages.format import escape

Keys = Mapping[str, str]
# (tag, look, content): shapes of one tag and one look may be written together; markup has no tag
_Shape = tuple[str, str, str]
_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = "{http://www.w3.org/1999/xlink}href"
SQUARES = "firkant"  # an artist whose gid ends so is drawn with square marks
_ROTATED = re.compile(r"rotate\((-?[\d.]+)")
_MOVED = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)")


def compact_svg(figure: Any, alt_text: str, keys: Mapping[str, Keys] | None = None, css: str = "") -> str:
    """The figure as an `<svg>` element with a plain alternative text; the same figure gives the same bytes.

    `keys` has the `data-*` attributes of artists by their gid; a list of units (`enheter`, separated by
    blanks) names the markers of an artist in their order. Raises ValueError for a colour without a role.
    """
    return compact_panels(figure, {"": alt_text}, keys or {}, css)[0]


def compact_panels(
    figure: Any, panels: Mapping[str, str], keys: Mapping[str, Keys], css: str = ""
) -> list[str]:
    """One `<svg>` element for each panel: what the figure draws, without the artists of other panels.

    `panels` has the alternative text of each panel by the gid of its artists, which may go on after a colon.
    """
    stream = StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(stream.getvalue())
    width, height = (float(size) for size in root.attrib["viewBox"].split()[2:])
    look = f'viewBox="0 0 {width:.0f} {height:.0f}" class="{f"nb-stat {css}".rstrip()}"'
    sizes = _marker_sizes(root)
    drawn = []
    for name, alt_text in panels.items():
        parts = _Writer(keys, sizes, frozenset(panels) - {name}).children(root)
        drawn.append(
            f'<svg role="img" aria-label="{escape(alt_text)}" {look}>'
            f'<g fill="none" font-size="{FONT_SIZE}">{"".join(parts)}</g></svg>\n'
        )
    return drawn


class _Writer:
    """Walks matplotlib's groups and writes what they hold."""

    def __init__(
        self, keys: Mapping[str, Keys], sizes: Mapping[str, float], left_out: frozenset[str]
    ) -> None:
        self._keys, self._sizes, self._left_out = keys, sizes, left_out

    def children(self, element: Element) -> Iterator[str]:
        """What each child draws; neighbours that look alike share one path or group."""
        shapes = (shape for child in element for shape in self._shapes(child))
        for (tag, look), alike in groupby(shapes, key=lambda shape: shape[:2]):
            yield _joined(tag, look, "".join(content for _, _, content in alike))

    def _shapes(self, element: Element) -> Iterator[_Shape]:
        tag = element.tag.removeprefix(_SVG)
        if tag == "text":
            yield _label(element, None)
        elif tag == "path":
            yield from _line(element)
        elif tag == "g":
            yield from self._group(element)

    def _group(self, element: Element) -> Iterator[_Shape]:
        name = element.get("id", "")
        if name.partition(":")[0] in self._left_out:
            return
        if re.match(r"[xy]tick_", name):
            yield from _tick(element, vertical=name[0] == "y")
        elif name in self._keys:
            attributes = "".join(f' data-{key}="{escape(v)}"' for key, v in self._keys[name].items())
            if content := _marks(element, name, self._sizes) or "".join(self.children(element)):
                yield "", "", f"<g{attributes}>{content}</g>"
        elif marks := _marks(element, name, self._sizes):
            yield "", "", marks
        elif name.startswith("QuadMesh"):  # cells do not overlap, so those of one look may be one path
            yield from sorted(shape for path in element.iter(f"{_SVG}path") for shape in _line(path))
        else:
            for child in element:
                yield from self._shapes(child)


def _joined(tag: str, look: str, content: str) -> str:
    if tag == "path":
        return f'<path {look} d="{content}"/>'
    return f"<g {look}>{content}</g>" if look else content


def _marker_sizes(root: Element) -> dict[str, float]:
    """The diameter of each form of marker by its id; later artists use the forms of earlier ones."""
    forms = (path for path in root.iter(f"{_SVG}path") if "id" in path.attrib)
    return {form.attrib["id"]: diameter(form.attrib["d"]) for form in forms}


def _marks(element: Element, name: str, sizes: Mapping[str, float]) -> str:
    """The markers of one artist after its line, as a path for each look; empty if it has no marker."""
    uses = [use for use in element.iter(f"{_SVG}use") if "x" in use.attrib]
    if not uses or any("id" in group.attrib for group in element.iter(f"{_SVG}g") if group is not element):
        return ""
    by_look: dict[tuple[str, str, float], list[Position]] = {}
    for use in uses:
        style = _style(use)
        filled = style.get("fill", "none") != "none"
        role = _role(style["fill"] if filled else style["stroke"])
        size = sizes[use.attrib[_REFERENCE][1:]]
        form = "ring" if not filled else "square" if name.endswith(SQUARES) else "round"
        place = float(use.attrib["x"]), float(use.attrib["y"])
        by_look.setdefault((role, form, size), []).append(place)
    paths = (path for path in element.iter(f"{_SVG}path") if "id" not in path.attrib)
    drawn = [_joined(*shape) for path in paths for shape in _line(path)]
    for (role, form, size), places in by_look.items():
        if form == "ring":
            drawn.append(circles(f"nb-s-{role}", places, max(2, round(size / 2))))
        else:
            ends = f'<path stroke-linecap="{form}" stroke-width="{size:g}" '
            drawn.append(dots(f"nb-s-{role}", places).replace("<path ", ends))
    return "".join(drawn)


def _line(path: Element) -> Iterator[_Shape]:
    look, d = _look(_style(path)), outline(path.attrib["d"])
    if look and d:
        yield "path", look, d


def _tick(element: Element, vertical: bool) -> Iterator[_Shape]:
    """The grid line and the label of a tick; the label is written at the place of the tick."""
    for path in element.iter(f"{_SVG}path"):
        if "id" not in path.attrib and "d" in path.attrib:
            yield from _line(path)
    use = next((use for use in element.iter(f"{_SVG}use") if "x" in use.attrib), None)
    for text in element.iter(f"{_SVG}text"):
        yield _label(text, float(use.attrib["y"]) if use is not None and vertical else None)


def _label(element: Element, centre: float | None) -> _Shape:
    """A label; with a `centre` it is centred on that height. A line break ends it, so that a search index
    does not read two labels as one.
    """
    style = _style(element)
    x, y = _place_of(element)
    across, down = plain(round(10 * x)), plain(round(10 * (y if centre is None else centre)))
    look = [f'class="nb-x-{_role(style.get("fill", "#404040"))}"']
    if (anchor := style.get("text-anchor", "start")) != "start":
        look.append(f'text-anchor="{anchor}"')
    if centre is not None:
        look.append('dominant-baseline="central"')
    size = float(style.get("font-size", f"{FONT_SIZE}px").removesuffix("px"))
    if size != FONT_SIZE:
        look.append(f'font-size="{size:g}"')
    if style.get("font-weight") in ("bold", "700", "600"):
        look.append('font-weight="600"')
    turned = _ROTATED.search(element.attrib.get("transform", ""))
    angle = float(turned[1]) if turned else 0.0
    turn = f' transform="rotate({angle:g} {across} {down})"' if angle else ""
    label = f'<text x="{across}" y="{down}"{turn}>{escape(element.text or "")}</text>\n'
    return "text", " ".join(look), label


def _place_of(text: Element) -> Position:
    """Where a label stands; each of several lines is moved to its place."""
    if moved := _MOVED.search(text.attrib.get("transform", "")):
        return float(moved[1]), float(moved[2])
    return float(text.attrib["x"]), float(text.attrib["y"])


def _style(element: Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in element.attrib.get("style", "").split(";") if part.strip())
    found = {name.strip(): value.strip() for name, _, value in pairs}
    if "font" in found and (size := re.search(r"([\d.]+)px", found["font"])):
        found.setdefault("font-size", size[0])
        found.setdefault("font-weight", "bold" if re.search(r"bold|[67]00", found["font"]) else "")
    return found


def _role(colour: str) -> str:
    try:
        return ROLES[colour.lower()]
    except KeyError:
        raise ValueError(
            f"the colour {colour} of a figure has no role: add it to ROLES of style.py"
        ) from None


def _look(style: Mapping[str, str]) -> str:
    """The attributes of a path; empty if it draws nothing."""
    fill, stroke = style.get("fill", "none"), style.get("stroke", "none")
    classes = [f"nb-f-{_role(fill)}"] if fill != "none" else []
    classes += [f"nb-s-{_role(stroke)}"] if stroke != "none" else []
    if not classes:
        return ""
    attributes = [f'class="{" ".join(classes)}"']
    if stroke != "none":
        attributes.append(f'stroke-width="{float(style.get("stroke-width", 1)):g}"')
    if (dashes := style.get("stroke-dasharray", "none")) != "none":
        attributes.append(f'stroke-dasharray="{" ".join(f"{float(d):.3g}" for d in dashes.split(","))}"')
    if fill != "none" and "opacity" in style:
        attributes.append(f'opacity="{float(style["opacity"]):g}"')
    return " ".join(attributes)
