"""What the estimates and the gate's decision rest on, as keys: the same key, the same result."""

from navbook.extract import Extract
from navbook.extract.manifest import NAME as MANIFEST
from navbook.letters import letter_for
from navbook.run.build_run import Run
from navbook.run.cache import digest, program_digest
from navbook.run.count_notebooks import courses_file
from navbook.runtime import files_digest


def casemix_key(run: Run) -> str:
    """The key of the case mix: the tables and the program."""
    return digest(run.tables, program_digest("navbook.estimate.casemix"))


def goals_key(extract: Extract) -> str:
    """The key of the offices' own goals as they are read: their file and the program."""
    files = [path for name, path in extract.files.items() if name == "lokale_mal"]
    return digest(files_digest(files, extract.path), program_digest("navbook.extract"))


def estimate_key(run: Run, extract: Extract) -> str:
    """The key of the estimates: counts, case mix, offices, which tables there are, the letter in force,
    period and program.
    """
    counts = run.workspace.private / "tellinger" / f"{run.period.name}.parquet"
    offices = files_digest([extract.path / MANIFEST, extract.files["kontor"]], extract.path)
    program = program_digest("navbook.estimate", "navbook.indicators")
    tables = sorted(extract.table_names)
    counted = [counts] if extract.counts_only else [counts, courses_file(run)]
    made = [files_digest(counted, counts.parent), casemix_key(run)]
    letter = letter_for(run.period.year)
    judged_by = letter.model_dump(mode="json") if letter else None
    return digest(made, offices, tables, judged_by, run.period.name, program)


def decision_key(run: Run, extract: Extract) -> str:
    """The key of the gate's decision: the estimates, the profile, the release ledger and the program."""
    asked = [run.request.profile, run.ledger]
    return digest(estimate_key(run, extract), asked, program_digest("navbook.gate"))
