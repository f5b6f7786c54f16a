"""Equations between cells, and the bounds that they leave: what an attacker can infer.

`attack` gives the exact feasibility interval of every hidden cell, by two linear programs each where the
propagation of single equations does not settle it. Nothing here decides what is hidden.
"""

from navbook.disclosure.linear.attack import attack
from navbook.disclosure.linear.bounds import feasibility_intervals
from navbook.disclosure.linear.table import Table, read_table

__all__ = ["Table", "attack", "feasibility_intervals", "read_table"]
