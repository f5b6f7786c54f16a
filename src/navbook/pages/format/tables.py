"""Tables as HTML for screen readers, phones and the audit of the published bytes.

Each row carries its key as `data-*` attributes and each value the name of its field, so that the audit knows
which number of the edition it reads. A line break ends each cell, so that a search index does not read two
numbers as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from navbook.pages.format.fragments import escape, link


@dataclass(frozen=True)
class TableColumn:
    """A column header. `numeric` columns are right-aligned; `address` links to what explains the column."""

    head: str
    numeric: bool = False
    address: str = ""


@dataclass(frozen=True)
class TableCell:
    """A cell of a table: HTML, the field of the edition it shows, and how many columns it spans."""

    html: str
    felt: str = ""
    span: int = 1
    css: str = ""
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableRow:
    """A row: its header as HTML, its cells, the key it shows, and a note in a row of its own below."""

    head: str
    values: Sequence[TableCell]
    keys: dict[str, str] = field(default_factory=dict)
    note: TableCell | None = None


@dataclass(frozen=True)
class GroupHeader:
    """A header over the rows that follow, across the full width; `html` is safe HTML."""

    html: str


def attributes(pairs: dict[str, str]) -> str:
    """` name="value"` for each pair that has a value, escaped."""
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs.items() if value)


def _keys(keys: dict[str, str]) -> dict[str, str]:
    return {f"data-{name}": value for name, value in keys.items()}


def row_attributes(keys: dict[str, str]) -> str:
    """The `data-*` attributes of an element about one row, by which the audit reads its numbers."""
    return attributes(_keys(keys))


def series_attributes(keys: Mapping[str, str]) -> str:
    """The `data-*` attributes of a chart of one series in one unit, by which the audit reads its values.

    `keys` are those of any row of the series; the period is left out.
    """
    return attributes(_keys({name: value for name, value in keys.items() if name != "periode"}))


def _cell(value: TableCell, column: TableColumn, labelled: bool = False) -> str:
    css = " ".join(
        part for part in ("nb-tall" if column.numeric and value.span == 1 else "", value.css) if part
    )
    span = str(value.span) if value.span > 1 else ""
    label = column.head if labelled and value.span == 1 else ""
    opening = attributes(
        {"class": css, "colspan": span, "data-hode": label, "data-felt": value.felt, **_keys(value.keys)}
    )
    return f"<td{opening}>{value.html}</td>\n"


def _row(row: TableRow | GroupHeader, columns: Sequence[TableColumn], labelled: bool) -> str:
    if isinstance(row, GroupHeader):
        return f'<tr class="nb-gruppe"><th scope="colgroup" colspan="{len(columns)}">{row.html}</th></tr>\n'
    cells, position = [], 1
    for value in row.values:
        cells.append(_cell(value, columns[position], labelled))
        position += value.span
    if position != len(columns):
        raise ValueError(f"a row of {position} columns in a table of {len(columns)}: {row.head}")
    keys, numbers = _keys(row.keys), "".join(cells)
    if row.note is None:
        return f'<tr{attributes(keys)}><th scope="row">{row.head}</th>\n{numbers}</tr>\n'
    return (
        f'<tr{attributes(keys)}><th scope="row" rowspan="2">{row.head}</th>\n{numbers}</tr>\n'
        f"<tr{attributes({'class': 'nb-utsagn', **keys})}>{_note(row.note, len(columns) - 1)}</tr>\n"
    )


def _note(note: TableCell, span: int) -> str:
    return _cell(TableCell(note.html, note.felt, span, note.css, note.keys), TableColumn(""))


def _head(column: TableColumn) -> str:
    css = attributes({"class": "nb-tall" if column.numeric else ""})
    head = link(column.address, column.head) if column.address else escape(column.head)
    return f'<th scope="col"{css}>{head}</th>\n'


def table(
    caption: str,
    columns: Sequence[TableColumn],
    rows: Sequence[TableRow | GroupHeader],
    *,
    stacks: bool = False,
    labelled: bool = False,
) -> str:
    """A captioned table in a container that scrolls by itself on narrow screens.

    The first column holds the row headers. On a phone, a table that `stacks` puts them on a line of their own
    to make room for short numbers; one that is `labelled` gives every cell a line, after the name of its
    column, to make room for sentences. The caption also names the container, so captions must be unique on a
    page. Raises ValueError if a row does not fill the columns.
    """
    heads = "".join(_head(column) for column in columns)
    body = "".join(_row(row, columns, labelled) for row in rows)
    css = "nb-tabell" + (" nb-merket" if labelled else " nb-stabel" if stacks else "")
    return (
        f'<div class="nb-rull" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="{css}"><caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>\n"
    )
