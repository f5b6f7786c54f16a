"""Tables computed from the rows that the gate has decided to show: funnels, run charts and more.

Nothing here reads a hidden number, so no derived table needs protection of its own, but for the curves and
the case-mix model, which state their limits themselves.
"""

from navbook.gate.derived.tables import DerivedFiles, derived_files, derived_tables

__all__ = ["DerivedFiles", "derived_files", "derived_tables"]
