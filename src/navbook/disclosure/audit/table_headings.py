"""What the headings of a table say of its cells: a field, a period or an indicator."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

# names of fields in column headings
_HEADS = {"andel": "verdi", "prosent": "verdi", "antall": "x", "teller": "x", "nevner": "n"}
_FIELDS = {"x", "n", "n-x", "verdi", "nedre", "ovre", "endring", "basis_verdi", "forventet", "avvik", "krav"}
_LIMITS = "nedre ovre"


@dataclass
class TablePlace:
    """The position in a table: the headings of its columns, and the column of the current cell."""

    heads: list[str] = field(default_factory=list)
    column: int = -1
    in_head: bool = True

    def start_row(self) -> None:
        """Go to the next row: the first one holds the headings."""
        self.in_head = not self.heads
        self.column = -1

    def start_cell(self) -> str | None:
        """Go to the next cell and return the heading of its column; None in the first row and past the last
        column.
        """
        self.column += 1
        if self.in_head:
            self.heads.append("")
            return None
        return self.heads[self.column] if self.column < len(self.heads) else None

    def add_to_head(self, text: str) -> None:
        """Add the text to the heading of the current column."""
        self.heads[self.column] = f"{self.heads[self.column]} {text}".strip()


def keys_of_head(head: str, known: Mapping[str, Container[str]]) -> dict[str, str]:
    """Return what a column heading says of its cells: their `felt`, or their `periode` or `indikator` if it
    is one of those `known`; else nothing.
    """
    words = head.lower().split()
    if any("intervall" in word for word in words):
        return {"felt": _LIMITS}
    for word in words:
        if word in _HEADS or word in _FIELDS:
            return {"felt": _HEADS.get(word, word)}
    return {name: head for name in ("periode", "indikator") if head and head in known[name]}
