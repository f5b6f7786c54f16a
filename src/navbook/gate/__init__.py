"""The gate: the wall between the private figures and the edition."""

from navbook.gate.decide import Decision, audit_table, decide
from navbook.gate.derived.tables import further_tables, settled
from navbook.gate.releases.attack import refuse_given_away
from navbook.gate.suppression.choose import Before
from navbook.gate.write_edition import Source, Written, write_edition

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
