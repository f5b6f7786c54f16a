"""The gate: the wall between the private figures and the edition."""

from navbook.gate.choose import Before
from navbook.gate.decide import Decision, audit_table, decide
from navbook.gate.earlier import refuse_given_away
from navbook.gate.further import further_tables
from navbook.gate.settled import settled
from navbook.gate.write import Source, Written, write_edition

__all__ = [
    "Before",
    "Decision",
    "Source",
    "Written",
    "audit_table",
    "decide",
    "further_tables",
    "refuse_given_away",
    "settled",
    "write_edition",
]
