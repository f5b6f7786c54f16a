"""What a page sees of an edition: its unit, its cells, definitions, requirements, events and limits.

The rows are looked up and never changed here. Nothing of this room is printed as it is.
"""

from navbook.pages.view.cells import (
    HIDDEN,
    NOT_COMPUTABLE,
    NOT_IN_EXTRACT,
    REDEFINED,
    TOO_FEW,
    WITHOUT_BASE,
    Cell,
    Cells,
)
from navbook.pages.view.definitions import Definitions, IndicatorDefinition
from navbook.pages.view.events import Event
from navbook.pages.view.page_inputs import page_inputs
from navbook.pages.view.requirements import (
    FIXED_LIMIT,
    TOWARDS_LEVEL,
    LetterRow,
    LetterSeries,
    catalogue_series,
    has_report,
    letter_rows,
)
from navbook.pages.view.run_limits import RunLimits
from navbook.pages.view.series_lookup import SeriesLookupView
from navbook.pages.view.unit_view import UnitView, unit_view
from navbook.pages.view.units import Unit, units
from navbook.pages.view.verdict_context import VerdictContext
from navbook.pages.view.view import PORTFOLIO, View

__all__ = [
    "FIXED_LIMIT",
    "HIDDEN",
    "NOT_COMPUTABLE",
    "NOT_IN_EXTRACT",
    "PORTFOLIO",
    "REDEFINED",
    "TOO_FEW",
    "TOWARDS_LEVEL",
    "WITHOUT_BASE",
    "Cell",
    "Cells",
    "Definitions",
    "Event",
    "IndicatorDefinition",
    "LetterRow",
    "LetterSeries",
    "RunLimits",
    "SeriesLookupView",
    "Unit",
    "UnitView",
    "VerdictContext",
    "View",
    "catalogue_series",
    "has_report",
    "letter_rows",
    "page_inputs",
    "unit_view",
    "units",
]
