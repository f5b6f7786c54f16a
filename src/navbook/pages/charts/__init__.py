"""Charts as inline SVG, and the one frame that every figure of the pages goes through.

A chart takes plain numbers and an alternative text, and gives an `<svg>` element without ids or styles:
classes of the book's style sheet decide how it looks. Charts of many units or series are in `statistical`.
"""

from navbook.pages.charts.axis import Axis, padded
from navbook.pages.charts.curve_svg import CurvePoint, curve_svg
from navbook.pages.charts.figure import figure, figure_panel, single_figure, wide_figure
from navbook.pages.charts.funnel_svg import FunnelPoint, LimitLine, funnel_svg
from navbook.pages.charts.run_chart_svg import MonthValues, PeriodLevel, RunChart, run_chart_svg
from navbook.pages.charts.statistical import (
    FILLS,
    MOST_ROWS,
    Calibration,
    ExpectedOffice,
    Heading,
    HeatCell,
    Level,
    MonthPanel,
    Months,
    OfficeRow,
    OfficeRows,
    Spread,
    Tile,
    calibration_svg,
    distribution_svg,
    gaps_between,
    heatmap_svg,
    month_panels,
    observed_expected_svg,
    office_rows_svg,
    spread_limits,
    statistical_funnel,
    tile_grid_svg,
)
from navbook.pages.charts.strip_svg import Strip, axis_svg, bar_svg, strip_svg

__all__ = [
    "FILLS",
    "MOST_ROWS",
    "Axis",
    "Calibration",
    "CurvePoint",
    "ExpectedOffice",
    "FunnelPoint",
    "Heading",
    "HeatCell",
    "Level",
    "LimitLine",
    "MonthPanel",
    "MonthValues",
    "Months",
    "OfficeRow",
    "OfficeRows",
    "PeriodLevel",
    "RunChart",
    "Spread",
    "Strip",
    "Tile",
    "axis_svg",
    "bar_svg",
    "calibration_svg",
    "curve_svg",
    "distribution_svg",
    "figure",
    "figure_panel",
    "funnel_svg",
    "gaps_between",
    "heatmap_svg",
    "month_panels",
    "observed_expected_svg",
    "office_rows_svg",
    "padded",
    "run_chart_svg",
    "single_figure",
    "spread_limits",
    "statistical_funnel",
    "strip_svg",
    "tile_grid_svg",
    "wide_figure",
]
