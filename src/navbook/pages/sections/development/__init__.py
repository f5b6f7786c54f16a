"""Parts of a page on change over time: months, tertials, and the first eight weeks."""

from navbook.pages.sections.development.run_charts import RunChartPanel, level_chart, run_charts
from navbook.pages.sections.development.time_to_activity import (
    EIGHT_WEEKS,
    curve_section,
    curve_sentences,
    eight_weeks,
)
from navbook.pages.sections.development.trends import (
    month_figure,
    run_chart_panel,
    run_charts_of_unit,
    tertials,
)

__all__ = [
    "EIGHT_WEEKS",
    "RunChartPanel",
    "curve_section",
    "curve_sentences",
    "eight_weeks",
    "level_chart",
    "month_figure",
    "run_chart_panel",
    "run_charts",
    "run_charts_of_unit",
    "tertials",
]
