"""Where the time of the slowest page goes: seconds of each cell, and the functions that take most of it.

Cells are timed by papermill in a warm kernel; functions by cProfile inside the kernel, in a second run of the
same page, since profiling slows the cells.
"""

import json
import tempfile
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from navbook.book.execution.execute_page import kernel_runtime
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.warm.client import close_warm_process
from navbook.book.execution.warm.kernels import SocketFileKernelManager, kernel_name

START = "import cProfile as _c; _profile = _c.Profile(); _profile.enable()"
STOP = """_profile.disable()
import json as _j, pstats as _s
_rows = [(f"{k[0].replace(chr(92), '/').split('/site-packages/')[-1].split('/src/')[-1]}:{k[2]}", v[2], v[3])
         for k, v in _s.Stats(_profile).stats.items()]
print(_j.dumps(sorted(_rows, key=lambda r: -r[2])[:400]))"""
FUNCTIONS = 12


def cell_seconds(task: PageTask, run: ExecutionSettings) -> list[tuple[str, float]]:
    """First line of each code cell and its seconds, slowest first."""
    executed = _execute(nbformat.read(task.notebook, as_version=4), task, run)
    timed = [
        ((cell.source.strip().splitlines() or [""])[-1], cell.metadata.papermill.get("duration") or 0.0)
        for cell in executed.cells
        if cell.cell_type == "code"
    ]
    return sorted(timed, key=lambda row: -row[1])


def function_seconds(task: PageTask, run: ExecutionSettings) -> list[tuple[str, float]]:
    """navbook's functions (file:name) and the seconds spent in and under each, under cProfile."""
    notebook = nbformat.read(task.notebook, as_version=4)
    notebook.cells = [new_code_cell(START), *notebook.cells, new_code_cell(STOP)]
    executed = _execute(notebook, task, run)
    rows = json.loads(executed.cells[-1].outputs[0].text)
    own = [(name, under) for name, _, under in rows if name.startswith("navbook/")]
    return own[:FUNCTIONS]


def _execute(notebook: NotebookNode, task: PageTask, run: ExecutionSettings) -> NotebookNode:
    with kernel_runtime(run), tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / task.notebook.name
        nbformat.write(notebook, source)
        try:
            # The first start pays for the imports of the warm process.
            for _ in range(2):
                executed = papermill.execute_notebook(
                    str(source),
                    None,
                    parameters=task.parameters,
                    kernel_name=kernel_name(run.kernel),
                    language="python",
                    kernel_manager_class=SocketFileKernelManager,
                    progress_bar=False,
                    shutdown_kernel="immediate",
                    cwd=str(task.notebook.parent),
                )
        finally:
            close_warm_process()
    return executed
