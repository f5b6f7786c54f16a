"""Cache keys of the steps: a digest of everything that a step's result depends on."""

from navbook.extract import Extract
from navbook.extract.manifest import NAME as MANIFEST
from navbook.letters import letter_for, letter_years
from navbook.run.build_run import BuildRun
from navbook.run.count_notebooks import daily_followup_file
from navbook.run.inputs import program_digest
from navbook.runtime import files_digest, json_digest


def casemix_key(run: BuildRun) -> str:
    """The key of the case-mix models: the tables and the program."""
    return json_digest(run.tables_digest, program_digest("navbook.estimate.casemix"))


def side_table_key(extract: Extract, name: str) -> str:
    """The key of a side table, such as the local targets: its file and the program that reads it."""
    files = [path for table, path in extract.files.items() if table == name]
    return json_digest(files_digest(files, extract.path), program_digest("navbook.extract"))


def estimate_key(run: BuildRun, extract: Extract) -> str:
    """The key of the estimates: counts, case mix, offices, the names of the tables, the letters, the period
    and the program.
    """
    counts = run.workspace.private / "tellinger" / f"{run.period.name}.parquet"
    offices = files_digest([extract.path / MANIFEST, extract.files["kontor"]], extract.path)
    program = program_digest("navbook.estimate", "navbook.indicators")
    tables = sorted(extract.table_names)
    counted = [counts] if extract.counts_only else [counts, daily_followup_file(run)]
    computed = [files_digest(counted, counts.parent), casemix_key(run)]
    # an outcome known late is judged by the letter of an earlier year
    letters = [letter_for(year) for year in letter_years() if year <= run.period.year]
    judged_by = [letter.model_dump(mode="json") for letter in letters if letter]
    # the profile decides which offices are too small to be shown
    return json_digest(computed, offices, tables, judged_by, run.period.name, run.request.profile, program)


def decision_key(run: BuildRun, extract: Extract) -> str:
    """The key of the gate's decision: the estimates, the profile, the release ledger and the program."""
    options = [run.request.profile, run.ledger_digest]
    return json_digest(estimate_key(run, extract), options, program_digest("navbook.gate"))
