"""Figures that show many units or series: drawn by seaborn, written as SVG for a page.

seaborn and matplotlib are imported when the first figure is drawn, so that a page without one does not pay
for them.
"""

from navbook.pages.charts.statistical.distribution import Spread, distribution_svg, spread_limits
from navbook.pages.charts.statistical.funnel import statistical_funnel
from navbook.pages.charts.statistical.heatmap import FILLS, MOST_ROWS, Heading, HeatCell, heatmap_svg
from navbook.pages.charts.statistical.months import Level, MonthPanel, Months, gaps_between, month_panels
from navbook.pages.charts.statistical.observed_expected import (
    Calibration,
    ExpectedOffice,
    calibration_svg,
    observed_expected_svg,
)
from navbook.pages.charts.statistical.office_rows import OfficeRow, OfficeRows, office_rows_svg
from navbook.pages.charts.statistical.tile_grid import Tile, tile_grid_svg

__all__ = [
    "FILLS",
    "MOST_ROWS",
    "Calibration",
    "ExpectedOffice",
    "Heading",
    "HeatCell",
    "Level",
    "MonthPanel",
    "Months",
    "OfficeRow",
    "OfficeRows",
    "Spread",
    "Tile",
    "calibration_svg",
    "distribution_svg",
    "gaps_between",
    "heatmap_svg",
    "month_panels",
    "observed_expected_svg",
    "office_rows_svg",
    "spread_limits",
    "statistical_funnel",
    "tile_grid_svg",
]
