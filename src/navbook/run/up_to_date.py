"""Whether the present site and edition are up to date: nothing that they are made from has changed."""

from dataclasses import asdict

from navbook.run.build_run import BuildRun, report_progress
from navbook.run.summary import BuildCounts, BuildSummary
from navbook.runtime import files_digest, json_digest
from navbook.runtime.errors import NavbookError


def summary_if_up_to_date(run: BuildRun) -> BuildSummary | None:
    """The summary of the build that made the present site and edition; None if a build is needed.

    Site, edition and private files must be what that build wrote, byte for byte.
    """
    try:
        recorded = run.cache.get(_name(run), run.input_key)
    except NavbookError:
        return None  # the check reports an extract that does not exist
    if recorded is None or recorded["made"] != _results_digest(run):
        return None
    report_progress("unchanged  the extract, the program and the settings are those of the present book")
    return BuildSummary(BuildCounts(**recorded["recap"]), run)


def record_build(run: BuildRun, summary: BuildSummary) -> BuildSummary:
    """Record what the present site and edition were made from; returns the summary."""
    content = {"made": _results_digest(run), "recap": asdict(summary.counts)}
    run.cache.put(_name(run), run.input_key, content)
    return summary


def _name(run: BuildRun) -> str:
    return f"bok-{json_digest(str(run.site.resolve()))[:16]}"


def _results_digest(run: BuildRun) -> str:
    private = run.workspace.private
    results = [private / part / f"{run.period.name}.parquet" for part in ("tellinger", "revisjon")]
    folders = [
        files_digest(sorted(path for path in folder.rglob("*") if path.is_file()), folder)
        for folder in (run.site, run.edition)
    ]
    return json_digest(folders, files_digest(results, private))
