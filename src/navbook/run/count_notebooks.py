"""Runs the calculation notebooks of the indicator families whose counts are not up to date."""

import contextlib
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook import indicators
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.run_tasks import run_tasks
from navbook.book.execution.settings import ExecutionSettings
from navbook.extract import Extract
from navbook.extract.store import SHARED_BY
from navbook.indicators.states.shared_tables import VARIABLE as SHARED_STATES
from navbook.run.build_run import BuildRun, report_progress
from navbook.run.inputs import program_digest
from navbook.runtime import TempDir, files_digest, json_digest
from navbook.runtime.engines import VARIABLE as ENGINE
from navbook.runtime.paths import own_file

TIME_LIMIT = 1800.0
# With two notebooks both cores are busy while one of them waits for a file, its kernel or its last thread.
NOTEBOOKS_IN_PARALLEL = {"duckdb": 2}
WARM_MODULES = (
    "navbook.extract",
    "navbook.indicators",
    "ibis.backends.duckdb",
    "matplotlib.backends.backend_svg",
    "seaborn",
)
COUNT_KEY = ("indikator", "gruppe", "enhetsnr", "maned")


def count_by_notebooks(run: BuildRun, extract: Extract) -> pd.DataFrame:
    """The counts of every family. `privat/tellinger/` holds them, `privat/beregning/` the executed notebooks.

    A family is counted again only if its notebook, the tables or the program have changed.
    """
    counts = run.workspace.make_private("tellinger")
    logs = run.workspace.make_private("beregning")
    families = [FamilyCount(family, counts, logs, run, extract) for family in indicators.CALCULATIONS]
    waiting = [family for family in families if not family.up_to_date]
    if len(waiting) < len(families):
        unchanged = len(families) - len(waiting)
        report_progress(f"          {len(waiting)} families to count, {unchanged} have not changed")

    def record_finished(*_progress: int) -> None:
        for family in [family for family in waiting if family.log.is_file()]:
            family.record()
            waiting.remove(family)

    for family in waiting:
        family.log.unlink(missing_ok=True)
    settings = ExecutionSettings(
        kernel=run.request.kernel, time_limit=TIME_LIMIT, timings=run.timings, warm_modules=WARM_MODULES
    )
    try:
        with _shared_states(run):
            run_tasks(
                [family.task for family in waiting],
                logs,
                workers=_notebooks_in_parallel(run),
                settings=settings,
                on_progress=record_finished,
            )
    finally:
        record_finished()
    combined = counts / f"{run.period.name}.parquet"
    key = json_digest([family.results for family in families], program_digest("navbook.run.count_notebooks"))
    write = partial(_write_combined, counts, combined)
    run.cache.ensure_file(f"tellinger-{run.period.name}", key, combined, write)
    return pq.read_table(combined).to_pandas()


def _write_combined(counts: Path, combined: Path) -> None:
    """Write one table of the counts of all families, sorted by its key."""
    tables = [pq.read_table(counts / f"{family}.parquet") for family in indicators.CALCULATIONS]
    table = pa.concat_tables(tables).sort_by([(column, "ascending") for column in COUNT_KEY])
    indicators.write_counts(table, combined)


def daily_followup(run: BuildRun, extract: Extract) -> pd.DataFrame | None:
    """The first eight weeks day by day, counted together with `u30_8uker`; None for a counts-only extract."""
    if extract.counts_only:
        return None
    return pq.read_table(daily_followup_file(run)).to_pandas()


def daily_followup_file(run: BuildRun) -> Path:
    """The file of the day-by-day table of the first eight weeks."""
    return run.workspace.private / "tellinger" / "u30_8uker_forlop.parquet"


@contextlib.contextmanager
def _shared_states(run: BuildRun) -> Iterator[None]:
    """A private folder in which the notebooks of this run share derived states; removed afterwards.

    Environment variables also tell the notebooks the engine, and that they share the machine.
    """
    with TempDir("tilstander-", run.workspace.make_private("cache")) as folder:
        variables = {
            SHARED_STATES: str(folder),
            ENGINE: run.request.engine,
            SHARED_BY: str(_notebooks_in_parallel(run)),
        }
        os.environ |= variables
        try:
            yield
        finally:
            for name in variables:
                del os.environ[name]


def _notebooks_in_parallel(run: BuildRun) -> int:
    """How many notebooks run in parallel; one if the engine itself uses the complete machine."""
    return NOTEBOOKS_IN_PARALLEL.get(run.request.engine, 1)


class FamilyCount:
    """One family's notebook, the files that it writes, and the key of their inputs."""

    def __init__(self, family: str, counts: Path, logs: Path, run: BuildRun, extract: Extract) -> None:
        self._family, self._counts, self._cache = family, counts, run.cache
        self.log = logs / f"{family}.ipynb"
        notebook = own_file(f"notebooks/beregning/{self.log.name}")
        parameters = {
            "uttrekk": str(extract.path),
            "ut": str((counts / f"{family}.parquet").resolve()),
        }
        self.task = PageTask(notebook, Path(self.log.name), parameters)
        program = program_digest(
            "navbook.indicators", "navbook.book.execution.execute_page", notebooks=[notebook]
        )
        self._key = json_digest(program, run.tables_digest, parameters, run.request.engine)

    @property
    def up_to_date(self) -> bool:
        """Whether every file that it writes is as it was written from the same inputs."""
        recorded = self._cache.get(f"telling-{self._family}", self._key)
        return recorded is not None and recorded == self.results

    def record(self) -> None:
        """Record the present files as the results of the present inputs."""
        self._cache.put(f"telling-{self._family}", self._key, self.results)

    @property
    def results(self) -> str:
        """The digest of the files that it has written, as they are now."""
        tables = sorted(self._counts.glob(f"{self._family}*.parquet"))
        return json_digest(files_digest(tables, self._counts), files_digest([self.log], self.log.parent))


def uncounted(run: BuildRun, extract: Extract) -> pd.DataFrame:
    """What was not counted in the months of the period: kode, tekst, enhetsnr (None: of no office), antall.

    No rows for a counts-only extract, or if everything was counted.
    """
    file = run.workspace.private / "tellinger" / "aap_26u_utelatt.parquet"
    columns = ["kode", "tekst", "enhetsnr", "antall"]
    if extract.counts_only or not file.is_file():
        return pd.DataFrame(columns=columns)
    rows = pd.read_parquet(file)
    number = int(rows.loc[rows["maned"].isin(run.period.months), "uten_kontor"].sum())
    found = [("aap_uten_kontor", "ytelse: AAP spells without an office", None, number)] if number else []
    return pd.DataFrame(found, columns=columns)
