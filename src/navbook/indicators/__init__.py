"""Indicators: the declaration and query of every family, and the count table that they fill.

`count` gives the count table of an extract, `REGISTRY` the declaration of each indicator by id. `forlop` is
the day-by-day table behind the eight-week curve, `uten_kontor` the AAP spells without an office. The inner
rooms build on each other (definition, states, styringsparametere and andre_mal); the files `registry` and
`count` build on them.
"""

from navbook.indicators.count import SCHEMA, count, count_family, write_counts
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Window
from navbook.indicators.family import Family
from navbook.indicators.forlop import FORLOP_SCHEMA, forlop, write_forlop
from navbook.indicators.markdown_table import as_table
from navbook.indicators.month_chart import month_chart
from navbook.indicators.notebook_view import (
    checks,
    country_by_year,
    country_table,
    definitions,
    what_to_edit,
)
from navbook.indicators.registry import CALCULATIONS, FAMILIES, REGISTRY
from navbook.indicators.styringsparametere.aap_26u import uten_kontor, write_uten_kontor
from navbook.indicators.worked_examples import (
    WorkedExample,
    count_example,
    example_cases,
    example_contributions,
    example_counted,
    example_days,
    example_rows,
    worked_example,
    write_example,
)

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
    "WorkedExample",
    "as_table",
    "checks",
    "count",
    "count_example",
    "count_family",
    "country_by_year",
    "country_table",
    "definitions",
    "example_cases",
    "example_contributions",
    "example_counted",
    "example_days",
    "example_rows",
    "forlop",
    "month_chart",
    "uten_kontor",
    "what_to_edit",
    "worked_example",
    "write_counts",
    "write_example",
    "write_forlop",
    "write_uten_kontor",
]
