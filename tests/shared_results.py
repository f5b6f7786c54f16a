"""What the gate has decided, kept for every test and process of a run of pytest.

Many tests decide on the same small edition. The gate reads the results of components by their content, so a
test that decides on something else is never given them.
"""

import os
from collections.abc import Iterator, MutableMapping
from pathlib import Path

import numpy as np

from navbook.disclosure import SuppressionResult
from navbook.disclosure.linked_tables import pack_cache, unpack_cache

# below so many cells a component is decided faster than its file is read
MIN_CELLS = 500


class SharedResults(MutableMapping[str, SuppressionResult]):
    """Results in memory; those of large components also in files of `folder`, for other processes."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._known: dict[str, SuppressionResult] = {}

    def __getitem__(self, key: str) -> SuppressionResult:
        if key not in self._known:
            if self.folder is None or not (file := self.folder / f"{key}.npz").exists():
                raise KeyError(key)
            with np.load(file) as arrays:
                self._known |= unpack_cache(arrays)
        return self._known[key]

    def __setitem__(self, key: str, result: SuppressionResult) -> None:
        self._known[key] = result
        if self.folder is not None and len(result.proven) >= MIN_CELLS:
            part = self.folder / f"{os.getpid()}.npz"
            np.savez(part, **pack_cache({key: result}))
            part.replace(self.folder / f"{key}.npz")

    def __delitem__(self, key: str) -> None:
        del self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        """None: the gate empties a cache of many results, and a run of tests keeps them all."""
        return 0


# what was found for parts of small editions, so that tests that share one protect it once
RESULTS = SharedResults()
