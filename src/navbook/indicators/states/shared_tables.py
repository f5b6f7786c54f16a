"""States that several calculation notebooks read, made by the first of them and read by the others.

Each notebook has a process of its own. A run that counts one extract gives them a private folder, by the
variable NAVBOOK_TILSTANDER; without it every process makes its own states. Either way they are the same.
Of notebooks that run side by side, one makes a state and the others wait for it.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import ibis.expr.types as ir

from navbook.extract import Extract
from navbook.runtime import atomic_write

VARIABLE = "NAVBOOK_TILSTANDER"


def from_shelf(extract: Extract, name: str, make: Callable[[], ir.Table]) -> ir.Table:
    """The table that lies on the shelf, else what `make` gives, put there for others."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return make()
    place = hashlib.sha256(str(extract.path).encode()).hexdigest()[:16]
    file = Path(folder) / f"{place}-{name}.parquet"
    with _alone(file.with_suffix(".las")):
        if file.exists():
            return extract.engine.load(file, f"hylle_{name}")
        table = make()
        with atomic_write(file) as unfinished:
            extract.engine.save(table, unfinished)
    return table


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Inside, no other process is: a process that ends, however it does, lets the next one in."""
    with lock.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
