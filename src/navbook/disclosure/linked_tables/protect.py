"""Protection of a complete edition, component by component.

Components are protected by themselves, so that several can be done at the same time and one that has not
changed is not protected again.
"""

import hashlib
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace

import numpy as np

from navbook.disclosure.array_types import Flags, Indices
from navbook.disclosure.linked_tables.result import COUNTS, SuppressionResult
from navbook.disclosure.linked_tables.system import System

# a cache with more results than this keeps only those of the latest edition
MAX_CACHED = 5000
ResultCache = MutableMapping[str, SuppressionResult]


def protect(
    system: System, cache: ResultCache | None = None, workers: int = 1, begin: Flags | None = None
) -> SuppressionResult:
    """The rows to hide so that no sensitive cell of `system` can be derived too closely from the others.

    `cache` holds the results of components by their content, and is filled. The rows of `begin` (a flag for
    each row) are hidden in addition to what is hidden without them. Up to `workers` processes are used; the
    result does not depend on how many. NavbookError if one of them is killed.
    """
    cache = {} if cache is None else cache
    parts = [_Component(rows, cells, part, part.digest()) for rows, cells, part in system.components()]
    _fill(cache, {part.key: (part.system, None) for part in parts}, workers)
    if begin is not None:
        parts = [part.beginning(cache[part.key], begin[part.rows]) for part in parts]
        _fill(cache, {part.key: (part.system, part.begin) for part in parts}, workers)
    found = {part.key: cache[part.key] for part in parts}
    if len(cache) > MAX_CACHED:
        cache.clear()
        cache.update(found)
    return _combined(system, parts, found)


@dataclass(frozen=True)
class _Component:
    """The `rows` and `cells` of a component, its system, its key in the cache, and what it begins from."""

    rows: Indices
    cells: Indices
    system: System
    key: str
    begin: SuppressionResult | None = None

    def beginning(self, found: SuppressionResult, hidden: Flags) -> "_Component":
        """The component with more rows `hidden` from the start; itself where `found` hides them already."""
        if not (hidden & ~found.hidden).any():
            return self
        hidden = hidden | found.hidden
        key = f"{self.key}-{hashlib.sha256(hidden.tobytes()).hexdigest()}"
        return replace(self, key=key, begin=replace(found, hidden=hidden))


def _fill(
    cache: ResultCache, wanted: dict[str, tuple[System, SuppressionResult | None]], workers: int
) -> None:
    """Protect the components that are not in the cache."""
    missing = {key: arguments for key, arguments in wanted.items() if key not in cache}
    if missing:
        # imported here: it loads the solvers, and a build whose components are all cached needs none
        from navbook.disclosure.linked_tables.parallel import protect_all

        cache.update(protect_all(missing, workers))


def _combined(
    system: System, parts: list[_Component], found: Mapping[str, SuppressionResult]
) -> SuppressionResult:
    """The results of all components as one."""
    hidden = np.zeros(len(system.cost), dtype=bool)
    disclosed, proven = np.zeros((2, len(system.values)), dtype=bool)
    for part in parts:
        result = found[part.key]
        hidden[part.rows] = result.hidden
        disclosed[part.cells], proven[part.cells] = result.disclosed, result.proven
    components = tuple(found[part.key] for part in parts)
    counts = {name: sum(getattr(result, name) for result in components) for name in COUNTS}
    return SuppressionResult(
        hidden=hidden, disclosed=disclosed, proven=proven, components=components, **counts
    )
