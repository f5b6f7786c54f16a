"""Indicators: what is counted, one small file per family, and the count table they fill."""

from navbook.indicators.count import SCHEMA, count, count_family, write_counts
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Window
from navbook.indicators.family import Family
from navbook.indicators.forlop import FORLOP_SCHEMA, forlop, write_forlop
from navbook.indicators.notebook_view import checks, country_by_year, definitions
from navbook.indicators.registry import CALCULATIONS, FAMILIES, REGISTRY
from navbook.indicators.styringsparametere.aap_26u import uten_kontor, write_uten_kontor

__all__ = [
    "CALCULATIONS",
    "FAMILIES",
    "FORLOP_SCHEMA",
    "REGISTRY",
    "SCHEMA",
    "Edge",
    "Family",
    "Group",
    "Indicator",
    "Window",
    "checks",
    "count",
    "count_family",
    "country_by_year",
    "definitions",
    "forlop",
    "uten_kontor",
    "write_counts",
    "write_forlop",
    "write_uten_kontor",
]
