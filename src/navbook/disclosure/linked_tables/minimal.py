"""Suppression with few hidden rows: cell by cell, and without a row that no cell needs.

This takes a linear program for each primary cell and a proof for each secondary row, and is for a single
table. A complete edition is protected by `protect`.
"""

import numpy as np

from navbook.disclosure.array_types import Flags
from navbook.disclosure.linked_tables.attacker_view import (
    PROOF_ROUNDS,
    attacker_view,
    disclosed_by_released,
    required_widths,
)
from navbook.disclosure.linked_tables.protect_component import protect_component
from navbook.disclosure.linked_tables.prove import prove
from navbook.disclosure.linked_tables.result import SuppressionResult
from navbook.disclosure.linked_tables.secondary_by_program import cheapest_rows
from navbook.disclosure.linked_tables.secondary_by_rules import SuppressionRules
from navbook.disclosure.linked_tables.system import System


def minimal_suppression(system: System) -> Flags:
    """The rows to hide so that no sensitive cell can be derived too closely.

    None of the secondary rows can be published again without another one being hidden. Where released cells
    disclose a cell whatever is hidden, that cell stays disclosed.
    """
    hidden = np.zeros(len(system.cost), dtype=bool)
    for rows, _, component in system.components():
        if component.forced.any() or component.primary.any():
            hidden[rows] = _of_component(component)
    return hidden


def _of_component(system: System) -> Flags:
    nothing = np.zeros(len(system.values), dtype=bool)
    begin = SuppressionResult(
        hidden=_cell_by_cell(system),
        disclosed=disclosed_by_released(system) if system.known.any() else nothing,
        proven=nothing,
    )
    return _without_redundant(system, protect_component(system, begin).hidden)


def _cell_by_cell(system: System) -> Flags:
    """The primary rows and the cheapest secondary ones of each primary cell, those of large cells first."""
    hidden = system.with_duplicate_rows(system.hidden_from_start)
    width = required_widths(system, system.unpublished(hidden))
    cells = np.flatnonzero(system.primary)
    for cell in cells[np.lexsort((cells, -system.values[cells]))].tolist():
        rows = cheapest_rows(system, hidden, cell, width[cell])
        if rows is not None:
            hidden = hidden | rows
    return hidden


def _without_redundant(system: System, hidden: Flags) -> Flags:
    """`hidden` without the secondary rows that can be published again, the most expensive tried first."""
    rules = SuppressionRules(system)
    secondary = hidden & ~system.hidden_from_start
    for row in sorted(np.flatnonzero(secondary).tolist(), key=lambda row: (-system.cost[row], row)):
        fewer = hidden.copy()
        fewer[row] = False
        if _is_safe(system, rules, fewer):
            hidden = fewer
    return hidden


def _is_safe(system: System, rules: SuppressionRules, hidden: Flags) -> bool:
    """Whether every sensitive cell is proven safe when exactly `hidden` is hidden."""
    if (system.with_duplicate_rows(hidden) & ~hidden).any():
        return False
    if rules.disclosing(system.unpublished(hidden)).any():
        return False
    view = attacker_view(system, hidden, PROOF_ROUNDS)
    if view.disclosed.any():
        return False
    proven = prove(system, view, np.zeros(len(view.cells), dtype=bool))
    return not (view.sensitive & ~proven).any()
