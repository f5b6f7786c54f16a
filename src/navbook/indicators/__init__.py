"""Indicators: what is counted, one small file per family, and the count table they fill."""

from navbook.indicators.counting import SCHEMA, count, count_family, write_counts
from navbook.indicators.declaration import Edge, Group, Indicator, Window
from navbook.indicators.family import Family
from navbook.indicators.registry import FAMILIES, REGISTRY

__all__ = [
    "FAMILIES",
    "REGISTRY",
    "SCHEMA",
    "Edge",
    "Family",
    "Group",
    "Indicator",
    "Window",
    "count",
    "count_family",
    "write_counts",
]
