"""The way through, one verb a line: from an extract to a published book.

extract → check → count → estimate → gate → edition → pages → book → audit → publish
"""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook import estimate as estimates
from navbook import gate as gates
from navbook import indicators
from navbook.book.build import build_book, source_date_epoch
from navbook.book.draw import draw_pages
from navbook.book.execute import Run as PageRun
from navbook.book.execute import run_pages
from navbook.book.pagelist import page_list
from navbook.book.place import put_in_place
from navbook.book.progress import Progress
from navbook.book.tasks import PageTask
from navbook.disclosure import audit_site, ordinary_numbers, refuse_findings
from navbook.edition import Edition
from navbook.errors import DisclosureRefused
from navbook.estimate import Estimates
from navbook.extract import CheckReport, Extract, check_extract, open_extract
from navbook.gate import Source, Written
from navbook.home import NOTEBOOKS
from navbook.letters import letter_for
from navbook.recap import Recap
from navbook.run import BuildRequest, Run, say, start
from navbook.steps import tell_costs, timed

CALCULATION_TIME_LIMIT = 1800.0
COUNT_KEY = ("indikator", "gruppe", "enhetsnr", "maned")


def build(request: BuildRequest) -> Recap:
    """From an extract to a site and its edition, both put in place only when everything is good."""
    with start(request) as run:
        report = check(run)
        with open_extract(request.extract) as extract:
            counts = count(run, extract)
            true_values = estimate(run, extract, counts)
            written = gate(run, extract, report, true_values)
        edition = Edition(written.folder)
        pages = draw(run, edition)
        bind(run, edition, pages, written)
        publish(run, written)
        tell_costs(run, edition, () if extract.counts_only else indicators.FAMILIES)
        return Recap.of(run, report, written)


@timed
def check(run: Run) -> CheckReport:
    """Everything that is wrong with the extract at once; raises InvalidExtract if anything is."""
    say(f"check     {run.request.extract}")
    report = check_extract(run.request.extract, run.period)
    report.raise_if_invalid()
    return report


@timed
def count(run: Run, extract: Extract) -> pd.DataFrame:
    """The counts of every family, each by its calculation notebook; the executed copy is the private log."""
    say("count     the calculation notebooks")
    private = run.workspace.make_private("tellinger")
    if extract.counts_only:
        table = indicators.count(extract)
    else:
        families = [pq.read_table(path) for path in _run_calculations(run, extract, private)]
        table = pa.concat_tables(families).sort_by([(column, "ascending") for column in COUNT_KEY])
    indicators.write_counts(table, private / f"{run.period.name}.parquet")
    return table.to_pandas()


def _run_calculations(run: Run, extract: Extract, private: Path) -> list[Path]:
    counts = {family: private / f"{family}.parquet" for family in indicators.FAMILIES}
    tasks = [
        PageTask(
            notebook=NOTEBOOKS / "beregning" / f"{family}.ipynb",
            out=Path(f"{family}.ipynb"),
            parameters={"uttrekk": str(extract.path), "ut": str(out.resolve())},
        )
        for family, out in counts.items()
    ]
    logs = run.workspace.make_private("beregning")
    how = PageRun(kernel=run.request.kernel, time_limit=CALCULATION_TIME_LIMIT, costs=run.costs)
    # One at a time: each may use all the memory and all the cores there are.
    run_pages(tasks, logs, workers=1, run=how)
    return list(counts.values())


@timed
def estimate(run: Run, extract: Extract, counts: pd.DataFrame) -> Estimates:
    """The true values of every row of the edition, judged by the letter in force; still private."""
    say(f"estimate  {run.period.name}")
    return estimates.estimate(
        counts,
        extract.register,
        extract.manifest,
        letter_for(run.period.year),
        indicators.REGISTRY,
        run.period,
        extract.table_names,
    )


@timed
def gate(run: Run, extract: Extract, report: CheckReport, true_values: Estimates) -> Written:
    """The edition, in staging: nothing after this reads anything else. Raises DisclosureRefused."""
    say(f"gate      profile {run.request.profile}")
    source = Source(extract.manifest, report.quality(), extract.comments, extract.files)
    written = gates.write_edition(
        true_values,
        source,
        indicators.REGISTRY,
        run.staging,
        run.workspace.private,
        profile=run.request.profile,
    )
    withheld = run.workspace.make_private("revisjon") / f"{run.period.name}.parquet"
    written.withheld.to_parquet(withheld, index=False)
    return written


@timed
def draw(run: Run, edition: Edition) -> Path:
    """Every page of the edition, executed; raises PageFailed that lists all that failed."""
    tasks = page_list(edition, offices=run.request.offices or None)
    say(f"pages     {len(tasks)} notebooks")
    pages = run.staging / "sider"
    how = PageRun(
        kernel=run.request.kernel,
        edition_root=run.staging,
        source_date_epoch=source_date_epoch(edition),
        costs=run.costs,
    )
    request = run.request
    drawn = draw_pages(
        tasks,
        edition,
        pages,
        run.page_cache,
        workers=request.workers or 0,
        scheduler=request.scheduler,
        run=how,
        on_progress=Progress(),
    )
    say(f"          {len(drawn)} were run, {len(tasks) - len(drawn)} had not changed")
    return pages


@timed
def bind(run: Run, edition: Edition, pages: Path, written: Written) -> Path:
    """The site, put in place when it is complete, free of warnings and found clean by the audit."""
    say("book      Jupyter Book")
    offices = run.request.offices or None
    try:
        return build_book(
            edition,
            pages,
            run.site,
            offices=offices,
            before_placing=lambda site: audit(site, written.withheld),
        )
    except DisclosureRefused:
        run.page_cache.clear()
        raise


def audit(site: Path, withheld: pd.DataFrame) -> None:
    """Look for every withheld value in the bytes as they will be served; raises DisclosureRefused."""
    say(f"audit     {len(withheld)} withheld values")
    refuse_findings(audit_site(site, withheld, ordinary_numbers()))


@timed
def publish(run: Run, written: Written) -> None:
    """Put the edition beside the older ones; the site is in its place already."""
    put_in_place(written.folder, run.edition)
