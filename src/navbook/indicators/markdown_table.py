"""Small tables as Markdown, with numbers and yes and no as a Norwegian reader writes them."""

import math
import numbers
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import Markdown


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table. A column of numbers is set to the right; nothing (None, nan) is a dash."""
    rows = [list(row) for row in rows]
    numeric = [
        bool(rows) and all(_is_number(row[place]) for row in rows if not _is_missing(row[place]))
        for place in range(len(head))
    ]
    lines = [list(head), ["---:" if right else "---" for right in numeric]]
    lines += [[format_value(value) for value in row] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def as_table(frame: "pd.DataFrame") -> "Markdown":
    """A frame as a Markdown table, for a notebook to show: nothing in it is cut short."""
    from IPython.display import Markdown  # here, since counting needs no notebook

    return Markdown(markdown_table([str(name) for name in frame.columns], frame.itertuples(index=False)))


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _is_number(value: object) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def format_value(value: object) -> str:
    """A value as text: a decimal comma, a space between thousands, a pipe that does not end the cell."""
    if _is_missing(value):
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) or _is_number(value):
        number = float(str(value))
        text = f"{number:,.0f}" if number == int(number) else f"{number:,.3f}".rstrip("0")
        return text.replace(",", "\u00a0").replace(".", ",")
    return str(value).replace("|", "\\|")
