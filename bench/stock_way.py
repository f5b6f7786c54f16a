"""The stock way to the same book: `papermill` once per page, then `jupyter-book build`."""

import os
import shutil
import sys
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_markdown_cell

from bench.measure import Cost, measure
from navbook.book.execution.page_list import page_list
from navbook.book.execution.page_task import PageTask
from navbook.book.site.site_metadata import substitutions
from navbook.book.site.staging import stage
from navbook.edition import Edition

BIN = Path(sys.executable).parent


def run_papermill(edition: Edition, folder: Path) -> list[Cost]:
    """One `papermill` command per page, one after the other, to `folder/sider`; the cost of each page."""
    environment = {**os.environ, "NAVBOOK_UTGAVER": str(edition.folder.parent)}
    costs = []
    for task in page_list(edition):
        out = folder / "sider" / task.out
        out.parent.mkdir(parents=True, exist_ok=True)
        command = [str(BIN / "papermill"), str(task.notebook), str(out), "--no-progress-bar"]
        for name, value in task.parameters.items():
            command += ["-r", name, str(value)]
        log = folder / "papermill.log"
        costs.append(measure(command, cwd=task.notebook.parent, environment=environment, log=log))
        _give_title(task, out)
    return costs


def run_jupyter_book(edition: Edition, folder: Path) -> Cost:
    """`jupyter-book build` of those pages and the same chapters to `folder/kilde/_build/html`.

    The theme is as it comes, with its sidebar of all pages: only what the chapters need is set.
    """
    source = folder / "kilde"
    stage(edition, folder / "sider", source)
    shutil.rmtree(source / "book" / "_templates")
    settings = {
        "title": "Styringsparameterne per NAV-kontor",
        "execute": {"execute_notebooks": "off"},
        "only_build_toc_files": True,
        "sphinx": {"config": {"language": "nb", "myst_substitutions": substitutions(edition)}},
        "parse": {"myst_enable_extensions": ["substitution", "dollarmath", "linkify", "colon_fence"]},
    }
    (source / "_config.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    command = [str(BIN / "jupyter-book"), "build", "."]
    return measure(command, cwd=source, environment=os.environ, log=folder / "jupyter-book.log")


def _give_title(task: PageTask, out: Path) -> None:
    # papermill cannot write a heading from a parameter, and pages without one have no entry in the sidebar.
    notebook = nbformat.read(out, as_version=4)
    notebook.cells.insert(0, new_markdown_cell(f"# {task.title}"))
    nbformat.write(notebook, out)
