"""The frame of every figure: panels side by side if there is room, and a caption."""

from collections.abc import Sequence

from navbook.pages.format import escape


def figure_panel(title: str, svg: str, attributes: str = "") -> str:
    """One panel of a figure: a plain-text title over an SVG element; `attributes` go into its tag as they
    are.
    """
    return f'<div class="nb-rute"{attributes}><p class="nb-rutetittel">{escape(title)}</p>\n{svg}</div>\n'


def figure(panels: Sequence[str], caption: str, message: str = "") -> str:
    """A `<figure>` of panels made by `figure_panel`, with a plain-text caption, under what it shows."""
    return (
        f'<figure class="nb-figur">{_message(message)}<div class="nb-ruter">{"".join(panels)}</div>\n'
        f"<figcaption>{escape(caption)}</figcaption></figure>\n"
    )


def wide_figure(svg: str, name: str, caption: str, message: str = "") -> str:
    """A `<figure>` of one wide SVG element, which scrolls inside its frame on a narrow screen.

    `name` is what the frame is called for those who reach it by keyboard; all text is plain.
    """
    return (
        f'<figure class="nb-figur">{_message(message)}'
        f'<div class="nb-bred" tabindex="0" role="group" aria-label="{escape(name)}">{svg}</div>\n'
        f"<figcaption>{escape(caption)}</figcaption></figure>\n"
    )


def _message(message: str) -> str:
    return f'<p class="nb-figurtittel">{escape(message)}</p>\n' if message else ""


def single_figure(title: str, what: str, svg: str, attributes: str = "") -> str:
    """A figure of one chart: a title that says what is seen, what is plotted, and the SVG element.

    `title` and `what` are plain text; `attributes` go into the tag as they are.
    """
    return (
        f'<figure class="nb-figur nb-enkel"{attributes}><figcaption><strong>{escape(title)}</strong> '
        f'<span class="nb-tegn">{escape(what)}</span></figcaption>\n{svg}</figure>\n'
    )
