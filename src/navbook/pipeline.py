"""The pipeline, one step per function: from an extract to a published book.

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
from navbook.book.execution.run_pages import run_pages
from navbook.book.execution.workers import Worker
from navbook.book.site.build import build_book, source_date_epoch
from navbook.book.site.chapter_cache import cached_chapters
from navbook.book.site.site_manifest import write_site_manifest
from navbook.book.site.sphinx_process import SphinxProcess
from navbook.disclosure import WithheldIndex, join_below, load_settings
from navbook.edition import Edition
from navbook.edition.ledger import read_ledger
from navbook.estimate import CaseMix, Estimates
from navbook.extract import CheckReport, Extract, check_extract, open_extract
from navbook.gate import Source, Written
from navbook.letters import letter_for
from navbook.run.build_run import BuildRequest, BuildRun, report_progress, start_run
from navbook.run.cache_keys import casemix_key, decision_key, estimate_key, side_table_key
from navbook.run.count_notebooks import count_by_notebooks, daily_followup, uncounted
from navbook.run.inputs import program_digest
from navbook.run.prestart import page_settings, prestarted_worker
from navbook.run.site_audit import refuse_disclosed_values
from navbook.run.summary import BuildSummary
from navbook.run.table_check import cached_table_check
from navbook.run.targets import refuse_unknown_offices
from navbook.run.timing import report_unchanged, timed, write_timings
from navbook.run.up_to_date import record_build, summary_if_up_to_date
from navbook.runtime import replace_folder
from navbook.runtime.engines import DEFAULT
from navbook.runtime.errors import DisclosureRefused


def build(request: BuildRequest) -> BuildSummary:
    """From an extract to a site and its edition; both are put in place only when the book is complete."""
    with start_run(request) as run:
        if summary := unchanged(run):
            report_unchanged(run)
            return summary
        with prestarted_worker(run) as worker:
            report = check(run)
            with open_extract(request.extract, request.engine) as extract:
                refuse_unknown_offices(request.offices, extract.register.offices)
                counts = count(run, extract)
                casemix = expect(run)
                true_values = estimate(run, extract, counts, casemix)
                written = gate(run, extract, report, counts, true_values)
            compare_with_releases(run, counts, true_values, written)
            edition = Edition(written.folder)
            with closing(SphinxProcess()) as sphinx:
                pages = execute(run, edition, worker)
                build_site(run, edition, pages, written, sphinx)
        write_timings(run, edition, () if extract.counts_only else indicators.CALCULATIONS)
        return record_build(run, BuildSummary.of(run, report, written))


@timed
def unchanged(run: BuildRun) -> BuildSummary | None:
    """The summary of the present book, if nothing that it is made from has changed."""
    return summary_if_up_to_date(run)


@timed
def check(run: BuildRun) -> CheckReport:
    """Every problem of the extract in one report; raises InvalidExtract if there are errors."""
    report_progress(f"check     {run.request.extract}")
    report = check_extract(run.request.extract, run.period, partial(cached_table_check, run.cache))
    report.raise_if_invalid()
    return report


@timed
def count(run: BuildRun, extract: Extract) -> pd.DataFrame:
    """The counts of every family, each by its calculation notebook; the executed copy is the private log."""
    report_progress("count     the calculation notebooks")
    if not extract.counts_only:
        return count_by_notebooks(run, extract)
    table = indicators.count(extract)
    indicators.write_counts(table, run.workspace.make_private("tellinger") / f"{run.period.name}.parquet")
    return table.to_pandas()


@timed
def expect(run: BuildRun) -> CaseMix:
    """The case-mix models of the country: expected outcomes for the persons of each office; private."""
    report_progress("expect    the case-mix models")

    def fitted() -> CaseMix:
        # Always by the embedded engine, so that the model is the same to the last bit whichever engine
        # counts.
        with open_extract(run.request.extract, DEFAULT) as embedded:
            return estimates.fit_casemix(embedded)

    return run.cache.get_or_compute("casemix", casemix_key(run), fitted)


@timed
def estimate(run: BuildRun, extract: Extract, counts: pd.DataFrame, casemix: CaseMix) -> Estimates:
    """The true values of every row of the edition, judged by the letter in force; private."""
    report_progress(f"estimate  {run.period.name}")
    return run.cache.get_or_compute(
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
            daily_followup(run, extract),
            join_below(load_settings(), run.request.profile),
        ),
    )


@timed
def gate(
    run: BuildRun, extract: Extract, report: CheckReport, counts: pd.DataFrame, true_values: Estimates
) -> Written:
    """The edition, in staging; later steps read nothing else. Raises DisclosureRefused."""
    report_progress(f"gate      profile {run.request.profile}")
    ledger = run.request.ledger
    earlier = gates.EarlierReleases(read_ledger(ledger), counts) if ledger else None
    offices = extract.register.offices
    source = Source(
        extract.manifest,
        pd.concat([report.quality(), uncounted(run, extract)], ignore_index=True),
        extract.comments,
        plans=extract.plans,
        report_texts=extract.report_texts,
        goals=_side_table(run, extract, "lokale_mal"),
        municipal={name: _side_table(run, extract, name) for name in gates.MUNICIPAL_TABLES},
        market=_side_table(run, extract, gates.LABOUR_MARKET),
        regions={office: extract.register.region_of(office, run.period.last_day) for office in offices},
        files=extract.files,
    )
    profile = run.request.profile
    key, workers = decision_key(run, extract), run.request.workers or cpu_count()
    with run.cache.namespace("vern", program_digest("navbook.disclosure")) as answers:
        decide = partial(gates.decide, true_values, load_settings(), profile, answers, workers, earlier)
        decision = run.cache.get_or_compute("avgjorelse", key, decide)
    files = run.cache.get_or_compute("utgave", key, partial(gates.derived_files, decision.tall, true_values))
    written = gates.write_edition(
        true_values,
        source,
        indicators.REGISTRY,
        run.staging,
        run.workspace.private,
        profile=profile,
        decision=decision,
        files=files,
    )
    withheld = run.workspace.make_private("revisjon") / f"{run.period.name}.parquet"
    write = partial(written.withheld.to_parquet, withheld, index=False)
    run.cache.ensure_file(f"revisjon-{run.period.name}", key, withheld, write)
    gates.audit_table(decision).to_csv(withheld.with_name(f"{run.period.name}-vern.csv"), index=False)
    return written


def _side_table(run: BuildRun, extract: Extract, name: str) -> pd.DataFrame:
    return run.cache.get_or_compute(name, side_table_key(extract, name), partial(extract.side_table, name))


@timed
def compare_with_releases(
    run: BuildRun, counts: pd.DataFrame, true_values: Estimates, written: Written
) -> None:
    """Attack the edition together with all earlier releases of the ledger; raises DisclosureRefused. Without
    a ledger there are none.
    """
    if run.request.ledger is None:
        return
    report_progress(f"ledger    {run.request.ledger}")
    minimum = load_settings().minimum(run.request.profile)
    ledger = read_ledger(run.request.ledger)
    tall, workers = Edition(written.folder).tall, run.request.workers or cpu_count()
    gates.refuse_disclosed(tall, true_values, counts, minimum, ledger, workers)


@timed
def execute(run: BuildRun, edition: Edition, worker: Worker | None) -> Path:
    """Every page of the edition, executed; raises PageFailed that lists all that failed."""
    tasks = page_list(edition, offices=run.request.offices or None)
    report_progress(f"pages     {len(tasks)} notebooks")
    executed = run_pages(
        tasks,
        edition,
        run.pages,
        run.page_cache,
        settings=page_settings(run, source_date_epoch(edition)),
        workers=run.request.workers or 0,
        scheduler=run.request.scheduler,
        on_progress=Progress(),
        first=worker,
    )
    report_progress(f"          {len(executed)} were run, {len(tasks) - len(executed)} had not changed")
    return run.pages


@timed
def build_site(run: BuildRun, edition: Edition, pages: Path, written: Written, sphinx: SphinxProcess) -> Path:
    """The site, put in place when it is complete, free of warnings and found clean by the audit."""
    report_progress("book      Jupyter Book")
    offices = run.request.offices or None
    # Takes a second for the complete country; made while Sphinx runs, which leaves a core free.
    by_key = cache(partial(WithheldIndex, written.withheld, run.period.name))
    try:
        return build_book(
            edition,
            pages,
            run.site,
            offices=offices,
            check_site=lambda site: audit(run, site, edition, written.withheld, by_key()),
            put_in_place=lambda: publish(run, written),
            build_dir=run.workspace.sphinx_build,
            chapters=cached_chapters(edition, run.page_cache, offices),
            sphinx=partial(sphinx, meanwhile=by_key),
            cache=run.page_cache,
        )
    except DisclosureRefused:
        run.page_cache.clear()
        raise


def audit(run: BuildRun, site: Path, edition: Edition, withheld: pd.DataFrame, by_key: WithheldIndex) -> None:
    """Search the bytes of the finished site for every withheld value, and record in the site that this was
    done; raises DisclosureRefused.
    """
    report_progress(f"audit     {len(withheld)} withheld values")
    refuse_disclosed_values(site, withheld, run.cache, by_key)
    pages = [task.name for task in page_list(edition, offices=run.request.offices or None)]
    write_site_manifest(site, pages, len(withheld))


@timed
def publish(run: BuildRun, written: Written) -> None:
    """Put the edition in `utgaver/` while the site is put in its place; if this fails, the old site stays."""
    replace_folder(written.folder, run.edition)
