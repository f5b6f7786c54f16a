"""Figures that show many units or series: drawn by seaborn, written as SVG for a page.

seaborn and matplotlib are imported when the first figure is drawn, so that a page without one does not pay
for them.
"""

from navbook.pages.charts.statistical.distribution import Spread, distribution_svg
from navbook.pages.charts.statistical.funnel import statistical_funnel
from navbook.pages.charts.statistical.heatmap import FILLS, MOST_ROWS, Heading, HeatCell, heatmap_svg
from navbook.pages.charts.statistical.months import Level, MonthPanel, Months, gaps_between, month_panels

__all__ = [
    "FILLS",
    "MOST_ROWS",
    "Heading",
    "HeatCell",
    "Level",
    "MonthPanel",
    "Months",
    "Spread",
    "distribution_svg",
    "gaps_between",
    "heatmap_svg",
    "month_panels",
    "statistical_funnel",
]
