"""Fragments of HTML, the value of a notebook cell. All text from data passes `escape` first."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as escape_html


@dataclass(frozen=True)
class Fragment:
    """A piece of a page. `figures` is its number of figures, which the page's budget counts."""

    html: str
    name: str = "tekst"
    figures: int = 0

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"<{self.name}>"


def escape(value: object) -> str:
    """`value` as text that is safe between tags and in quoted attributes."""
    return escape_html(str(value), quote=True)


def link(address: str, label: str) -> str:
    """A relative link; both parts are escaped."""
    return f'<a href="{escape(address)}">{escape(label)}</a>'


def paragraph(content: str, css: str = "") -> str:
    """A paragraph of content that is already HTML."""
    return f'<p class="{css}">{content}</p>\n' if css else f"<p>{content}</p>\n"


def folded(parts: Sequence[tuple[str, Fragment]]) -> Fragment:
    """Parts folded under their plain titles, one under the other; a part that is empty is left out."""
    html = "".join(_folded(title, part.html) for title, part in parts if part.html)
    figures = sum(part.figures for _, part in parts)
    return Fragment(f'<div class="nb-mer">{html}</div>', "detaljer", figures)


def _folded(title: str, html: str) -> str:
    return f"<details><summary>{escape(title)}</summary>\n{html}</details>\n"


def bullets(items: list[str], css: str = "") -> str:
    """A list of items that are already HTML; empty for no items."""
    if not items:
        return ""
    opening = f'<ul class="{css}">' if css else "<ul>"
    return opening + "".join(f"<li>{item}</li>\n" for item in items) + "</ul>"


def definition_list(pairs: list[tuple[str, str]], css: str = "nb-fakta") -> str:
    """A `<dl>` of (plain term, HTML content); pairs without content are left out."""
    rows = "".join(f"<dt>{escape(term)}</dt>\n<dd>{content}</dd>\n" for term, content in pairs if content)
    return f'<dl class="{css}">{rows}</dl>'
