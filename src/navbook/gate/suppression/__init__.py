"""Which rows of an edition are hidden: primary and secondary suppression of a complete edition.

`choose` makes one system of rows, cells and equations of the estimates, protects it, and takes account of
what earlier releases have published. `primary_rows` are hidden in every choice. `own_cells` says which series
shares its cells with another, `suppression_summary` and `given_up` count for the manifest what was hidden,
and `expected_to_omit` says which expected shares would be the mean of a few persons by subtraction.
`statement_table` is what the edition says of hidden rows.
"""

from navbook.gate.suppression.cell_status import own_cells
from navbook.gate.suppression.choose import Choice, EarlierReleases, choose, primary_rows
from navbook.gate.suppression.expected import expected_to_omit
from navbook.gate.suppression.statements import statement_table
from navbook.gate.suppression.summary import GivenUp, given_up, suppression_summary

__all__ = [
    "Choice",
    "EarlierReleases",
    "GivenUp",
    "choose",
    "expected_to_omit",
    "given_up",
    "own_cells",
    "primary_rows",
    "statement_table",
    "suppression_summary",
]
