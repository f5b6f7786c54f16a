"""Worked examples: for each calculation notebook a few made-up persons, followed by hand to the number.

An example is one YAML file here. It holds the persons' rows, the state of each person on the days that
matter, and what each adds to x and n. The numbers are derived by hand from the rules, never from this
program, so the examples are both teaching material and tests of the rules.
"""

from navbook.indicators.worked_examples.count_example import count_example, write_example
from navbook.indicators.worked_examples.example import WorkedExample, worked_example
from navbook.indicators.worked_examples.tables import (
    example_cases,
    example_contributions,
    example_counted,
    example_days,
    example_rows,
)

__all__ = [
    "WorkedExample",
    "count_example",
    "example_cases",
    "example_contributions",
    "example_counted",
    "example_days",
    "example_rows",
    "worked_example",
    "write_example",
]
