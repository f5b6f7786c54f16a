"""The stored notebooks: run again on the small demo and stored (`run`), or held to what they store (`check`).

python -m tests.notebooks.stored run
python -m tests.notebooks.stored check
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from navbook import pipeline
from navbook.book.execution.execute_page import run_notebook
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.site.build import source_date_epoch
from navbook.edition import Edition
from navbook.extract import open_extract
from navbook.extract.demo import make_demo
from navbook.run.build_run import BuildRequest, start_run
from navbook.runtime import files_digest, source_digest
from navbook.runtime.paths import DATA, NOTEBOOKS, PROJECT
from navbook.runtime.private_folder import mark_private

# A seed of its own: by its source line a notebook that was run on anything else is known.
SEED = 12
# Enough people for the country, a county and office 9001 to show most of their figures.
OFFICES, PEOPLE = 8, 40_000
SMALL_DEMO = PROJECT / "privat" / "demo-liten"
PERIOD = "2022"


def stored_notebooks() -> list[Path]:
    return sorted(NOTEBOOKS.glob("*/*.ipynb"))


def make_small_demo() -> Path:
    """The extract that stored notebooks are run on; made again when what makes it has changed."""
    program = source_digest("navbook.extract.demo") + files_digest([DATA / "demo.yml"], DATA)
    made_by = f"{program} {OFFICES} {PEOPLE}"
    note = SMALL_DEMO.with_name(f"{SMALL_DEMO.name}.laget-av")
    if not (SMALL_DEMO / "uttrekk.yml").exists() or not note.exists() or note.read_text() != made_by:
        SMALL_DEMO.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(SMALL_DEMO, ignore_errors=True)
        make_demo(SMALL_DEMO, offices=OFFICES, people=PEOPLE, seed=SEED)
        note.write_text(made_by)
    return SMALL_DEMO


@contextlib.contextmanager
def small_edition() -> Iterator[Edition]:
    """The edition of the small demo, by the pipeline's own verbs; gone when the block ends."""
    request = BuildRequest(extract=make_small_demo(), period=PERIOD)
    workplace = PROJECT / "privat" / "liten"
    mark_private(workplace / "privat")
    with contextlib.chdir(workplace), start_run(request) as run, open_extract(request.extract) as extract:
        report = pipeline.check(run)
        counts, casemix = pipeline.count(run, extract), pipeline.expect(run)
        true_values = pipeline.estimate(run, extract, counts, casemix)
        yield Edition(pipeline.gate(run, extract, report, counts, true_values).folder)


def run_again(edition: Edition) -> None:
    """Run every notebook with its defaults and store it where it stands."""
    epoch = source_date_epoch(edition)
    how = ExecutionSettings(
        kernel="standard", edition_root=edition.folder.parent, source_date_epoch=epoch, time_limit=600
    )
    for notebook in stored_notebooks():
        print(f"run {notebook.relative_to(PROJECT)}", flush=True)
        run_notebook(notebook, notebook, settings=how, empty_parts=True)


def check(edition: Edition) -> int:
    """Compare what the notebooks give with what they store, by nbval; its exit code."""
    environment = {
        **os.environ,
        "NAVBOOK_UTGAVER": str(edition.folder.parent),
        "SOURCE_DATE_EPOCH": str(source_date_epoch(edition)),
    }
    # One notebook stays on one worker: its cells share a kernel.
    command = [
        "pytest",
        "-q",
        "--nbval",
        "--nbval-current-env",
        "-n",
        "2",
        "--dist",
        "loadfile",
        str(NOTEBOOKS),
    ]
    return subprocess.run(
        [sys.executable, "-m", *command], env=environment, cwd=PROJECT, check=False
    ).returncode


def main() -> int:
    (what,) = sys.argv[1:]
    with small_edition() as edition:
        if what == "run":
            run_again(edition)
            return 0
        return check(edition)


if __name__ == "__main__":
    sys.exit(main())
