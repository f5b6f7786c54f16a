"""Numbers, dates, HTML fragments, tables and Markdown: how anything is written, whatever it says."""

from navbook.pages.format.fragments import Fragment, bullets, definition_list, escape, link, paragraph
from navbook.pages.format.markdown import heading, literal, raw_html
from navbook.pages.format.numbers import (
    count_word,
    date_text,
    exact_share,
    month_count,
    month_text,
    number,
    percent,
    percent_decimals,
    period_text,
    range_text,
    signed,
    signed_points,
)
from navbook.pages.format.tables import (
    GroupHeader,
    TableCell,
    TableColumn,
    TableRow,
    series_attributes,
    table,
)

__all__ = [
    "Fragment",
    "GroupHeader",
    "TableCell",
    "TableColumn",
    "TableRow",
    "bullets",
    "count_word",
    "date_text",
    "definition_list",
    "escape",
    "exact_share",
    "heading",
    "link",
    "literal",
    "month_count",
    "month_text",
    "number",
    "paragraph",
    "percent",
    "percent_decimals",
    "period_text",
    "range_text",
    "raw_html",
    "series_attributes",
    "signed",
    "signed_points",
    "table",
]
