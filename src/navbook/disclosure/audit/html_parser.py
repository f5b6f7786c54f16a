"""Reads the elements of a page as `html.parser` does, and several times quicker where the markup is sound."""

import re
from html import unescape
from html.parser import HTMLParser

_ATTRIBUTES = r"""(?>\s+[^\s/>="'<]+(?>="[^"]*"|='[^']*')?)*+"""
# One after the other these are a whole page, if it is sound: attributes quoted, scripts closed.
_PIECE = re.compile(
    rf"""
    (?P<text>[^<]+)
    | </(?P<end>[a-z][-.a-z0-9:_]*)\s*>
    | <(?P<raw>script|style)(?P<of_raw>{_ATTRIBUTES})\s*>(?P<inside>.*?)(?=</(?P=raw)\s*>)
    | <(?P<start>(?!(?:script|style)\b)[a-z][-.a-z0-9:_]*)(?P<of_start>{_ATTRIBUTES})\s*(?P<closed>/?)>
    | <!--.*?--\s*>
    | <!doctype[^>]*>
    | <\?[^>]*>
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE | re.ASCII,
)
_ATTRIBUTE = re.compile(r"""([^\s="']+)(="[^"]*"|='[^']*')?""")


class Elements(HTMLParser):
    """An `HTMLParser` whose handlers are called with the same, in the same order, whichever way it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text, self._at = "", 0

    def read(self, text: str) -> None:
        """Call the handlers for all of a text."""
        pieces = list(_PIECE.finditer(text))
        if sum(piece.end() - piece.start() for piece in pieces) != len(text):
            self.feed(text)
            self.close()
            return
        self._text = text
        for piece in pieces:
            self._at = piece.start()
            self._hand_over(piece)

    def line(self) -> int:
        """The line on which the present tag or text begins, counted from 1."""
        return self._text.count("\n", 0, self._at) + 1 if self._text else self.getpos()[0]

    def _hand_over(self, piece: re.Match[str]) -> None:
        # the last group of the pattern that took part tells which kind of piece it is
        kind = piece.lastgroup
        if kind == "closed":
            tag, given, closed = piece.group("start", "of_start", "closed")
            handle = self.handle_startendtag if closed else self.handle_starttag
            handle(tag.lower(), _attributes(given))
        elif kind == "text":
            self.handle_data(unescape(piece[0]))
        elif kind == "end":
            self.handle_endtag(piece["end"].lower())
        elif kind == "inside":
            self.handle_starttag(piece["raw"].lower(), _attributes(piece["of_raw"]))
            self._at = piece.start("inside")
            if piece["inside"]:
                self.handle_data(piece["inside"])


def _attributes(given: str) -> list[tuple[str, str | None]]:
    if not given:
        return []
    return [
        (name.lower(), unescape(value[2:-1]) if value else None) for name, value in _ATTRIBUTE.findall(given)
    ]
