"""Charts as inline SVG, and the one frame that every figure of the pages goes through.

A chart takes plain numbers and an alternative text, and gives an `<svg>` element without ids or styles:
classes of the book's style sheet decide how it looks. Charts of many units or series are in `statistical`.
"""

from navbook.pages.charts.axis import Axis, padded
from navbook.pages.charts.calibration_svg import calibration_figure
from navbook.pages.charts.curve_svg import CurvePoint, curve_svg
from navbook.pages.charts.figure import figure, figure_panel, single_figure, wide_figure
from navbook.pages.charts.funnel_svg import FunnelPoint, LimitLine, funnel_svg
from navbook.pages.charts.run_chart_svg import MonthValues, PeriodLevel, RunChart, run_chart_svg
from navbook.pages.charts.statistical import (
    FILLS,
    MOST_ROWS,
    Heading,
    HeatCell,
    Level,
    MonthPanel,
    Months,
    Spread,
    distribution_svg,
    gaps_between,
    heatmap_svg,
    month_panels,
    statistical_funnel,
)
from navbook.pages.charts.strip_svg import Strip, axis_svg, bar_svg, strip_svg

__all__ = [
    "FILLS",
    "MOST_ROWS",
    "Axis",
    "CurvePoint",
    "FunnelPoint",
    "Heading",
    "HeatCell",
    "Level",
    "LimitLine",
    "MonthPanel",
    "MonthValues",
    "Months",
    "PeriodLevel",
    "RunChart",
    "Spread",
    "Strip",
    "axis_svg",
    "bar_svg",
    "calibration_figure",
    "curve_svg",
    "distribution_svg",
    "figure",
    "figure_panel",
    "funnel_svg",
    "gaps_between",
    "heatmap_svg",
    "month_panels",
    "padded",
    "run_chart_svg",
    "single_figure",
    "statistical_funnel",
    "strip_svg",
    "wide_figure",
]
