"""Parts of a page: functions that take a view and return a `Fragment` of HTML, and what they share."""

from navbook.pages.sections import compared, office
from navbook.pages.sections.caveats import GENERAL, caveats, general_caveats, unit_links
from navbook.pages.sections.comments import comment, comment_html, inline_comment_html
from navbook.pages.sections.development import (
    EIGHT_WEEKS,
    RunChartPanel,
    curve_section,
    eight_weeks,
    month_figure,
    run_chart_panel,
    run_charts_of_unit,
    tertials,
)
from navbook.pages.sections.expected import expected
from navbook.pages.sections.funnels import funnel_section_of_indicator, funnel_section_of_unit
from navbook.pages.sections.header import edition_line, header, notices, older_periods
from navbook.pages.sections.indicator import (
    IndicatorView,
    indicator_caveats,
    indicator_definition,
    indicator_downloads,
    indicator_letter,
    indicator_view,
)
from navbook.pages.sections.indicator_units import country_and_counties
from navbook.pages.sections.portfolio import portfolio, portfolio_table
from navbook.pages.sections.process_outcome import pair_rows, pair_table, process_and_outcome
from navbook.pages.sections.results import columns, other_results, results, row_notes, series_row
from navbook.pages.sections.similar_offices import office_labels, similar_offices, similarity_text
from navbook.pages.sections.subunits import SHARES_A_TABLE, share_table, subunits
from navbook.pages.sections.summary import summary

__all__ = [
    "EIGHT_WEEKS",
    "GENERAL",
    "SHARES_A_TABLE",
    "IndicatorView",
    "RunChartPanel",
    "caveats",
    "columns",
    "comment",
    "comment_html",
    "compared",
    "country_and_counties",
    "curve_section",
    "edition_line",
    "eight_weeks",
    "expected",
    "funnel_section_of_indicator",
    "funnel_section_of_unit",
    "general_caveats",
    "header",
    "indicator_caveats",
    "indicator_definition",
    "indicator_downloads",
    "indicator_letter",
    "indicator_view",
    "inline_comment_html",
    "month_figure",
    "notices",
    "office",
    "office_labels",
    "older_periods",
    "other_results",
    "pair_rows",
    "pair_table",
    "portfolio",
    "portfolio_table",
    "process_and_outcome",
    "results",
    "row_notes",
    "run_chart_panel",
    "run_charts_of_unit",
    "series_row",
    "share_table",
    "similar_offices",
    "similarity_text",
    "subunits",
    "summary",
    "tertials",
    "unit_links",
]
