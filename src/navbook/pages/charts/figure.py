"""The frame of every figure: panels side by side if there is room, and a caption."""

from collections.abc import Sequence

from navbook.pages.format import escape


def figure_panel(title: str, svg: str, attributes: str = "") -> str:
    """One panel of a figure: a plain-text title over an SVG element; `attributes` go into its tag as they
    are.
    """
    return f'<div class="nb-rute"{attributes}><p class="nb-rutetittel">{escape(title)}</p>\n{svg}</div>\n'


def figure(panels: Sequence[str], caption: str) -> str:
    """A `<figure>` of panels made by `figure_panel`, with a plain-text caption."""
    return (
        f'<figure class="nb-figur"><div class="nb-ruter">{"".join(panels)}</div>\n'
        f"<figcaption>{escape(caption)}</figcaption></figure>\n"
    )
