"""What the declaration of an indicator is: records, windows of days, named settings, and counted rows.

An `Indicator` says in data what is counted, for whom, and which days must be known; `computable` turns its
window and lag into months. `SETTINGS` holds every boundary that the sources leave open. `tally` turns rows
of persons into counts per office and month.
"""

from navbook.indicators.definition.declaration import Edge, Group, Indicator, Record, Sammenheng, Window
from navbook.indicators.definition.known_months import Cover, computable, provisional
from navbook.indicators.definition.settings import SETTINGS, CountingSettings
from navbook.indicators.definition.tally import Counts, SeriesKey, Tally, tally

__all__ = [
    "SETTINGS",
    "CountingSettings",
    "Counts",
    "Cover",
    "Edge",
    "Group",
    "Indicator",
    "Record",
    "Sammenheng",
    "SeriesKey",
    "Tally",
    "Window",
    "computable",
    "provisional",
    "tally",
]
