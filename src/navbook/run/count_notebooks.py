"""The calculation notebooks of all families, run where their counts are not those of the same extract."""

import contextlib
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook import indicators
from navbook.book.execution.execute_page import Run as PageRun
from navbook.book.execution.execute_page import run_pages
from navbook.book.execution.page_task import PageTask
from navbook.engines import VARIABLE as ENGINE
from navbook.extract import Extract
from navbook.extract.store import SHARED_BY
from navbook.indicators.states.shared_tables import VARIABLE as SHELF
from navbook.paths import NOTEBOOKS
from navbook.run.build_run import Run, say
from navbook.run.cache import Memory, digest, program_digest
from navbook.runtime import TempDir, files_digest

TIME_LIMIT = 1800.0
# Two keep two cores busy, where one waits for its file, its kernel or its last thread.
SIDE_BY_SIDE = {"duckdb": 2}
WARM = ("navbook.extract", "navbook.indicators", "ibis.backends.duckdb")
COUNT_KEY = ("indikator", "gruppe", "enhetsnr", "maned")


def count_by_notebooks(run: Run, extract: Extract) -> pd.DataFrame:
    """The counts of every family; `privat/tellinger/` holds them, `privat/beregning/` the executed notebooks.

    A family is not counted again when its notebook, the tables and the program are what they were.
    """
    counts = run.workspace.make_private("tellinger")
    logs = run.workspace.make_private("beregning")
    families = {
        family: Calculation(
            family, counts, logs, {"uttrekk": str(extract.path)}, run.tables, run.memory, run.request.engine
        )
        for family in indicators.CALCULATIONS
    }
    waiting = [each for each in families.values() if not each.known]
    if len(waiting) < len(families):
        say(f"          {len(waiting)} families are counted, {len(families) - len(waiting)} had not changed")

    def remember(*_progress: int) -> None:
        for each in [each for each in waiting if each.log.is_file()]:
            each.remember()
            waiting.remove(each)

    for each in waiting:
        each.log.unlink(missing_ok=True)
    how = PageRun(kernel=run.request.kernel, time_limit=TIME_LIMIT, costs=run.costs, warm=WARM)
    try:
        with _shared_states(run):
            tasks = [each.task for each in waiting]
            run_pages(tasks, logs, workers=_side_by_side(run), run=how, on_progress=remember)
    finally:
        remember()
    together = counts / f"{run.period.name}.parquet"
    key = digest([each.written for each in families.values()], program_digest("navbook.run.count_notebooks"))
    write = partial(_write_together, counts, together)
    run.memory.written(f"tellinger-{run.period.name}", key, together, write)
    return pq.read_table(together).to_pandas()


def _write_together(counts: Path, together: Path) -> None:
    """One table of the counts of every family, in the order of its key."""
    counted = [pq.read_table(counts / f"{family}.parquet") for family in indicators.CALCULATIONS]
    table = pa.concat_tables(counted).sort_by([(column, "ascending") for column in COUNT_KEY])
    indicators.write_counts(table, together)


def courses_counted(run: Run, extract: Extract) -> pd.DataFrame | None:
    """The eight weeks day by day as they were counted beside `u30_8uker`; None from counts alone."""
    if extract.counts_only:
        return None
    return pq.read_table(courses_file(run)).to_pandas()


def courses_file(run: Run) -> Path:
    """Where the table of the eight weeks lies."""
    return run.workspace.private / "tellinger" / "u30_8uker_forlop.parquet"


@contextlib.contextmanager
def _shared_states(run: Run) -> Iterator[None]:
    """A private folder in which the notebooks of this run find one another's states; gone afterwards.

    They also find in their environment which engine counts, and that they share the machine.
    """
    with TempDir("tilstander-", run.workspace.make_private("cache")) as folder:
        given = {SHELF: str(folder), ENGINE: run.request.engine, SHARED_BY: str(_side_by_side(run))}
        os.environ |= given
        try:
            yield
        finally:
            for name in given:
                del os.environ[name]


def _side_by_side(run: Run) -> int:
    """How many notebooks are run at a time; one where the engine itself takes all there is."""
    return SIDE_BY_SIDE.get(run.request.engine, 1)


class Calculation:
    """One family's notebook with what it writes, and the note of what that was made from."""

    def __init__(
        self,
        family: str,
        counts: Path,
        logs: Path,
        given: dict[str, str],
        tables: str,
        memory: Memory,
        engine: str,
    ) -> None:
        self._family, self._counts, self._memory = family, counts, memory
        self.log = logs / f"{family}.ipynb"
        notebook = NOTEBOOKS / "beregning" / self.log.name
        given = {**given, "ut": str((counts / f"{family}.parquet").resolve())}
        self.task = PageTask(notebook, Path(self.log.name), given)
        program = program_digest(
            "navbook.indicators", "navbook.book.execution.execute_page", notebooks=[notebook]
        )
        self._key = digest(program, tables, given, engine)

    @property
    def known(self) -> bool:
        """Whether everything it writes lies there as it was written from the same things."""
        written = self._memory.recall(f"telling-{self._family}", self._key)
        return written is not None and written == self.written

    def remember(self) -> None:
        """Note that what lies there now is right."""
        self._memory.note(f"telling-{self._family}", self._key, self.written)

    @property
    def written(self) -> str:
        """The digest of everything it has written, as it lies there now."""
        tables = sorted(self._counts.glob(f"{self._family}*.parquet"))
        return digest(files_digest(tables, self._counts), files_digest([self.log], self.log.parent))


def left_out(run: Run, extract: Extract) -> pd.DataFrame:
    """What was not counted in the months of the period: kode, tekst, enhetsnr (None: of no office), antall.

    No rows from counts alone, or where nothing was left out.
    """
    file = run.workspace.private / "tellinger" / "aap_26u_utelatt.parquet"
    columns = ["kode", "tekst", "enhetsnr", "antall"]
    if extract.counts_only or not file.is_file():
        return pd.DataFrame(columns=columns)
    rows = pd.read_parquet(file)
    number = int(rows.loc[rows["maned"].isin(run.period.months), "uten_kontor"].sum())
    found = [("aap_uten_kontor", "ytelse: AAP spells without an office", None, number)] if number else []
    return pd.DataFrame(found, columns=columns)
