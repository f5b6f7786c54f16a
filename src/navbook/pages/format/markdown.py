"""Markdown blocks for the chapters that are written from the edition."""

_MARKUP = "\\`*_{}[]<>()#+-.!|$&~"


def raw_html(html: str) -> str:
    """HTML as a block that Markdown does not interpret."""
    return "```{raw} html\n" + html.replace("\n", " ").replace("`", "&#96;") + "\n```\n"


def heading(level: int, words: str) -> str:
    """A heading whose text is not interpreted as markup."""
    return f"{'#' * level} {literal(words)}\n"


def literal(words: str) -> str:
    """Text on one line that Markdown does not interpret."""
    escaped = "".join(f"\\{sign}" if sign in _MARKUP else sign for sign in words)
    return " ".join(escaped.split())
