"""Charts as inline SVG, and the one frame that every figure of the pages goes through.

A chart takes plain numbers and an alternative text, and gives an `<svg>` element without ids or styles:
classes of the book's style sheet decide how it looks.
"""

from navbook.pages.charts.calibration_svg import calibration_figure
from navbook.pages.charts.curve_svg import CurvePoint, curve_svg
from navbook.pages.charts.figure import figure, figure_panel
from navbook.pages.charts.funnel_svg import FunnelPoint, LimitLine, funnel_svg
from navbook.pages.charts.run_chart_svg import MonthValues, RunChart, run_chart_svg

__all__ = [
    "CurvePoint",
    "FunnelPoint",
    "LimitLine",
    "MonthValues",
    "RunChart",
    "calibration_figure",
    "curve_svg",
    "figure",
    "figure_panel",
    "funnel_svg",
    "run_chart_svg",
]
