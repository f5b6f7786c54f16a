"""The way through, one verb a line: from an extract to a published book.

extract → check → count → expect → estimate → gate → edition → pages → book → audit → publish
"""

from contextlib import closing
from functools import cache, partial
from multiprocessing import cpu_count
from pathlib import Path

import pandas as pd

from navbook import estimate as estimates
from navbook import gate as gates
from navbook import indicators
from navbook.book.execution.page_list import page_list
from navbook.book.execution.progress import Progress
from navbook.book.execution.run_pages import draw_pages
from navbook.book.execution.workers import Worker
from navbook.book.site.build import build_book, source_date_epoch
from navbook.book.site.chapter_cache import written_chapters
from navbook.book.site.sphinx_process import Binder
from navbook.disclosure import Withheld, load_settings
from navbook.edition import Edition
from navbook.edition.ledger import read_ledger
from navbook.engines import DEFAULT
from navbook.errors import DisclosureRefused
from navbook.estimate import CaseMix, Estimates
from navbook.extract import CheckReport, Extract, check_extract, open_extract
from navbook.gate import Source, Written
from navbook.letters import letter_for
from navbook.run.build_run import BuildRequest, Run, say, start
from navbook.run.cache import program_digest
from navbook.run.cache_keys import casemix_key, decision_key, estimate_key, goals_key
from navbook.run.count_notebooks import count_by_notebooks, courses_counted, left_out
from navbook.run.prestart import page_run, worker_ahead
from navbook.run.site_audit import refuse_what_can_be_read
from navbook.run.summary import Recap
from navbook.run.timing import tell_costs, tell_unchanged, timed
from navbook.run.up_to_date import as_it_was, note_as_it_is
from navbook.runtime import replace_folder


def build(request: BuildRequest) -> Recap:
    """From an extract to a site and its edition, both put in place only when everything is good."""
    with start(request) as run:
        if told := unchanged(run):
            tell_unchanged(run)
            return told
        with worker_ahead(run) as worker:
            report = check(run)
            with open_extract(request.extract, request.engine) as extract:
                counts = count(run, extract)
                casemix = expect(run)
                true_values = estimate(run, extract, counts, casemix)
                written = gate(run, extract, report, counts, true_values)
            compare_with_released(run, counts, true_values, written)
            edition = Edition(written.folder)
            with closing(Binder()) as binder:
                pages = draw(run, edition, worker)
                bind(run, edition, pages, written, binder)
        publish(run, written)
        tell_costs(run, edition, () if extract.counts_only else indicators.CALCULATIONS)
        return note_as_it_is(run, Recap.of(run, report, written))


@timed
def unchanged(run: Run) -> Recap | None:
    """The recap of the book that stands there, if nothing that it is made from has changed."""
    return as_it_was(run)


@timed
def check(run: Run) -> CheckReport:
    """Everything that is wrong with the extract at once; raises InvalidExtract if anything is."""
    say(f"check     {run.request.extract}")
    report = check_extract(run.request.extract, run.period, run.memory.check_tables)
    report.raise_if_invalid()
    return report


@timed
def count(run: Run, extract: Extract) -> pd.DataFrame:
    """The counts of every family, each by its calculation notebook; the executed copy is the private log."""
    say("count     the calculation notebooks")
    if not extract.counts_only:
        return count_by_notebooks(run, extract)
    table = indicators.count(extract)
    indicators.write_counts(table, run.workspace.make_private("tellinger") / f"{run.period.name}.parquet")
    return table.to_pandas()


@timed
def expect(run: Run) -> CaseMix:
    """What to expect of those whom each office serves, by models of the whole country; still private."""
    say("expect    the models of who gets work")

    def fitted() -> CaseMix:
        # by the embedded engine whichever counts: the same model to the last bit
        with open_extract(run.request.extract, DEFAULT) as embedded:
            return estimates.fit_casemix(embedded)

    return run.memory.made("casemix", casemix_key(run), fitted)


@timed
def estimate(run: Run, extract: Extract, counts: pd.DataFrame, casemix: CaseMix) -> Estimates:
    """The true values of every row of the edition, judged by the letter in force; still private."""
    say(f"estimate  {run.period.name}")
    return run.memory.made(
        "anslag",
        estimate_key(run, extract),
        lambda: estimates.estimate(
            counts,
            extract.register,
            extract.manifest,
            letter_for(run.period.year),
            indicators.REGISTRY,
            run.period,
            extract.table_names,
            casemix,
            courses_counted(run, extract),
        ),
    )


@timed
def gate(
    run: Run, extract: Extract, report: CheckReport, counts: pd.DataFrame, true_values: Estimates
) -> Written:
    """The edition, in staging: nothing after this reads anything else. Raises DisclosureRefused."""
    say(f"gate      profile {run.request.profile}")
    ledger = run.request.ledger
    before = gates.Before(read_ledger(ledger), counts) if ledger else None
    source = Source(
        extract.manifest,
        pd.concat([report.quality(), left_out(run, extract)], ignore_index=True),
        extract.comments,
        goals=run.memory.made("lokale_mal", goals_key(extract), lambda: extract.local_goals),
        files=extract.files,
    )
    profile = run.request.profile
    key, workers = decision_key(run, extract), run.request.workers or cpu_count()
    with run.memory.answers("vern", program_digest("navbook.disclosure")) as answers:
        decide = partial(gates.decide, true_values, load_settings(), profile, answers, workers, before)
        decision = run.memory.made("avgjorelse", key, decide)
    known = run.memory.made("utgave", key, partial(gates.settled, decision.tall, true_values))
    written = gates.write_edition(
        true_values,
        source,
        indicators.REGISTRY,
        run.staging,
        run.workspace.private,
        profile=profile,
        decision=decision,
        known=known,
    )
    withheld = run.workspace.make_private("revisjon") / f"{run.period.name}.parquet"
    write = partial(written.withheld.to_parquet, withheld, index=False)
    run.memory.written(f"revisjon-{run.period.name}", key, withheld, write)
    gates.audit_table(decision).to_csv(withheld.with_name(f"{run.period.name}-vern.csv"), index=False)
    return written


@timed
def compare_with_released(run: Run, counts: pd.DataFrame, true_values: Estimates, written: Written) -> None:
    """Hold the edition up against all that was published before; raises DisclosureRefused. Without a ledger
    nothing was.
    """
    if run.request.ledger is None:
        return
    say(f"ledger    {run.request.ledger}")
    minimum = load_settings().minimum(run.request.profile)
    ledger = read_ledger(run.request.ledger)
    tall, workers = Edition(written.folder).tall, run.request.workers or cpu_count()
    gates.refuse_given_away(tall, true_values, counts, minimum, ledger, workers)


@timed
def draw(run: Run, edition: Edition, worker: Worker | None) -> Path:
    """Every page of the edition, executed; raises PageFailed that lists all that failed."""
    tasks = page_list(edition, offices=run.request.offices or None)
    say(f"pages     {len(tasks)} notebooks")
    drawn = draw_pages(
        tasks,
        edition,
        run.pages,
        run.page_cache,
        workers=run.request.workers or 0,
        scheduler=run.request.scheduler,
        run=page_run(run, source_date_epoch(edition)),
        on_progress=Progress(),
        first=worker,
    )
    say(f"          {len(drawn)} were run, {len(tasks) - len(drawn)} had not changed")
    return run.pages


@timed
def bind(run: Run, edition: Edition, pages: Path, written: Written, binder: Binder) -> Path:
    """The site, put in place when it is complete, free of warnings and found clean by the audit."""
    say("book      Jupyter Book")
    offices = run.request.offices or None
    # A second for the whole country, and Sphinx leaves a core for it.
    by_key = cache(partial(Withheld, written.withheld, run.period.name))
    try:
        return build_book(
            edition,
            pages,
            run.site,
            offices=offices,
            before_placing=lambda site: audit(run, site, written.withheld, by_key()),
            workbench=run.workspace.workbench,
            written=written_chapters(edition, run.page_cache),
            sphinx=partial(binder, meanwhile=by_key),
        )
    except DisclosureRefused:
        run.page_cache.clear()
        raise


def audit(run: Run, site: Path, withheld: pd.DataFrame, by_key: Withheld) -> None:
    """Look for every withheld value in the bytes as they will be served; raises DisclosureRefused."""
    say(f"audit     {len(withheld)} withheld values")
    refuse_what_can_be_read(site, withheld, run.memory, by_key)


@timed
def publish(run: Run, written: Written) -> None:
    """Put the edition beside the older ones; the site is in its place already."""
    replace_folder(written.folder, run.edition)
