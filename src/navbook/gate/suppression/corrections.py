"""Corrections of published numbers: the new number less the published one is a count like any other.

A row whose number has changed by fewer than the threshold since it was published is withheld, and so are rows
whose changes leave a small one by subtraction. The reader keeps the published number.
"""

from dataclasses import replace

import numpy as np

from navbook.disclosure import DisclosureSettings
from navbook.disclosure.array_types import Flags, Floats
from navbook.disclosure.linked_tables import ROUNDING
from navbook.estimate import Estimates
from navbook.gate.suppression.cells import NEGLIGIBLE, quantities_of
from navbook.gate.suppression.system import EditionSystem


def without_small_changes(
    edition: EditionSystem,
    estimates: Estimates,
    settings: DisclosureSettings,
    published: tuple[Floats, Floats],
) -> EditionSystem:
    """The edition in which rows that would tell a small change are hidden, whatever they hold.

    `published` holds x and n as they were last published, by (series, unit, period), nan where they were not.
    """
    system = edition.system
    change = _changes(edition, estimates, settings, published)
    rows = system.rows_showing(_small(edition, change))
    return replace(edition, system=replace(system, forced=system.forced | rows))


def _changes(
    edition: EditionSystem,
    estimates: Estimates,
    settings: DisclosureSettings,
    published: tuple[Floats, Floats],
) -> Floats:
    """The change of each cell of the edition since it was published; nan where it was not."""
    x, n = published
    before = quantities_of(replace(estimates, cube=replace(estimates.cube, x=x, n=n)), settings)
    # what is left between series was never published
    known = edition.cells < before.values.size
    change = np.full(len(edition.cells), np.nan)
    change[known] = edition.system.values[known] - before.values.ravel()[edition.cells[known]]
    return change


def _small(edition: EditionSystem, change: Floats) -> Flags:
    """The cells whose change is small, or leaves a small one together with changes that are shown."""
    system = edition.system
    changed = np.abs(np.nan_to_num(change)) > NEGLIGIBLE
    small = changed & (np.abs(change) < system.threshold - ROUNDING)
    pattern = abs(system.matrix)
    row = np.repeat(np.arange(pattern.shape[0]), np.diff(pattern.indptr))
    threshold = np.full(pattern.shape[0], np.inf)
    np.minimum.at(threshold, row, system.threshold[pattern.indices])
    while True:
        told = np.isfinite(change) & ~small
        left = np.abs(np.asarray(system.matrix @ np.where(told, change, 0.0)))
        unknown = np.asarray(pattern @ (~told).astype(np.float64)) > 0
        telling = unknown & (left > NEGLIGIBLE) & (left < threshold - ROUNDING)
        more = told & changed & (np.asarray(pattern.T @ telling.astype(np.float64)) > 0)
        if not more.any():
            return small
        small |= more
