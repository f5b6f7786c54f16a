"""States shared between the processes of the calculation notebooks, as Parquet files in a private folder.

Each notebook runs in its own process. A run sets NAVBOOK_TILSTANDER to a private folder: the first process
that needs a state computes and saves it, the others wait and read it. Without the variable every process
computes its own. The result is the same.
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


def shared_table(extract: Extract, name: str, make: Callable[[], ir.Table]) -> ir.Table:
    """The shared table of that name; if there is none, the result of `make`, saved for other processes."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return make()
    place = hashlib.sha256(str(extract.path).encode()).hexdigest()[:16]
    file = Path(folder) / f"{place}-{name}.parquet"
    with _locked(file.with_suffix(".las")):
        if file.exists():
            return extract.engine.load(file, f"delt_{name}")
        table = make()
        with atomic_write(file) as unfinished:
            extract.engine.save(table, unfinished)
    return table


@contextlib.contextmanager
def _locked(lock: Path) -> Iterator[None]:
    """Hold an exclusive lock; the system releases it also when the process is killed."""
    with lock.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
