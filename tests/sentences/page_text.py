"""What a page says: its text in blocks and sentences, each with the keys of the row that it belongs to.

The text is read wherever it is: paragraphs, lists, tables, captions, drawings and their alternative texts.
Nothing here depends on the layout of a page.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

BLOCKS = frozenset(
    {
        *("p", "li", "ul", "ol", "dl", "dt", "dd", "div", "section", "article", "br", "summary", "details"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "svg", "text"),
        *("title", "desc", "h1", "h2", "h3", "h4", "h5", "h6", "nav", "main", "aside", "header", "footer"),
    }
)
VOID = frozenset(["br", "img", "hr", "input", "meta", "link", "wbr", "source"])
SPOKEN = ("alt", "aria-label", "title")
KEYS = ("indikator", "gruppe", "enhet", "periode", "felt", "region", "kommune", "tall")
# A sentence ends before a capital letter or a quotation, and before a number if it does not end in one: an
# ordinal (`1. juli`) ends none. A quotation ends one before a capital letter.
_END = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?]»)|(?<=»)(?=\s[A-ZÆØÅ]))(?<!\bnr\.)(?<!\bpga\.)(?<!\bca\.)\s+"
    r"(?=[A-ZÆØÅ«]|\d{4}-nivået|(?<=[a-zæøå)]\. )\d)"
)


def _plain(text: str) -> str:
    """A text on one line, as it is read: a soft hyphen is no letter of a word."""
    return " ".join(text.replace("\u00ad", "").split())


class Keys(NamedTuple):
    """The keys of the row that a text belongs to; empty where the page does not say."""

    indikator: str = ""
    gruppe: str = ""
    enhet: str = ""
    periode: str = ""
    felt: str = ""
    region: str = ""
    kommune: str = ""
    tall: str = ""


class Block(NamedTuple):
    """A text that stands alone, its keys, the tag it stands in, and the links in it (address, label).

    A text in a drawing has the alternative text of the drawing too.
    """

    text: str
    keys: Keys
    tag: str
    links: tuple[tuple[str, str], ...] = ()
    drawing: str = ""


@dataclass
class _Reader(HTMLParser):
    blocks: list[Block] = field(default_factory=list)
    _stack: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _links: list[tuple[str, str]] = field(default_factory=list)
    _hidden: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @property
    def keys(self) -> Keys:
        found = {}
        for _, attributes in self._stack:
            found.update({name: attributes[f"data-{name}"] for name in KEYS if f"data-{name}" in attributes})
        return Keys(**found)

    @property
    def drawing(self) -> str:
        spoken = [attributes.get("aria-label", "") for tag, attributes in self._stack if tag == "svg"]
        return _plain(spoken[-1]) if spoken else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self.flush()
        if tag not in VOID:
            self._stack.append((tag, attributes))
        if tag in ("script", "style"):
            self._hidden += 1
        if tag == "a":
            self._links.append((attributes.get("href", ""), ""))
        for name in SPOKEN:
            if words := _plain(attributes.get(name, "")):
                self.blocks.append(Block(words, self.keys, f"{tag}@{name}"))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
        while self._stack:
            closed, _ = self._stack.pop()
            if closed in ("script", "style"):
                self._hidden -= 1
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self._text.append(data)
        if self._links and any(tag == "a" for tag, _ in self._stack):
            address, label = self._links[-1]
            self._links[-1] = (address, label + data)

    def flush(self) -> None:
        words = _plain("".join(self._text))
        if words:
            tag = next((tag for tag, _ in reversed(self._stack) if tag in BLOCKS), "")
            self.blocks.append(Block(words, self.keys, tag, tuple(self._links), self.drawing))
        self._text.clear()
        self._links.clear()


def blocks(html: str) -> list[Block]:
    """The texts of a page in the order they stand in its source."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.blocks


def sentences(text: str) -> list[str]:
    """The sentences of a text. A colon ends none: `Kravet er oppfylt: …` is one."""
    return _END.split(text)
