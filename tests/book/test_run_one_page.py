"""One page: its parameters are checked, nothing of the run is left in it, any kernel gives the same bytes."""

import json
import os
from pathlib import Path

import psutil
import pytest

from navbook.book.execution.execute_page import kernel_runtime, run_notebook
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.warm.client import close_warm_process, warm_process
from navbook.edition import Edition
from navbook.runtime.errors import PageFailed, UsageError
from notebooks import FIGURE, GREETING, write_notebook


@pytest.fixture(scope="module")
def both_kernels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same page with greeting and figure, executed by the warm and by the standard kernel."""
    folder = tmp_path_factory.mktemp("kernels")
    notebook = write_notebook(folder / "kontor.ipynb", GREETING, FIGURE)
    warm, standard = (
        run_notebook(
            notebook,
            folder / f"{kernel}.ipynb",
            {"enhet": "0101"},
            title="NAV Ås",
            settings=ExecutionSettings(kernel=kernel),
        )
        for kernel in ("warm", "standard")
    )
    return warm, standard


def outputs(page: Path) -> str:
    cells = json.loads(page.read_text(encoding="utf-8"))["cells"]
    return json.dumps([cell.get("outputs") for cell in cells])


def test_the_warm_and_the_standard_kernel_give_the_same_bytes(both_kernels: tuple[Path, Path]) -> None:
    warm, standard = both_kernels
    assert warm.read_bytes() == standard.read_bytes()


def test_no_figure_is_lost_in_a_warm_kernel(both_kernels: tuple[Path, Path]) -> None:
    assert outputs(both_kernels[0]).count('"image/svg+xml"') == 1


def test_leading_zeros_of_an_office_number_are_kept(both_kernels: tuple[Path, Path]) -> None:
    assert "Enhet 0101" in outputs(both_kernels[0])


def test_the_title_comes_first_and_injected_parameters_are_hidden(both_kernels: tuple[Path, Path]) -> None:
    cells = json.loads(both_kernels[0].read_text(encoding="utf-8"))["cells"]
    injected = next(cell for cell in cells if cell["id"] == "injected-parameters")
    assert cells[0]["source"] == ["# NAV Ås"]
    assert "remove-input" in injected["metadata"]["tags"]


def test_nothing_of_the_run_is_left_in_the_page(both_kernels: tuple[Path, Path]) -> None:
    text = both_kernels[0].read_text(encoding="utf-8")
    metadata = json.loads(text)["metadata"]
    assert str(both_kernels[0].parent) not in text
    assert "start_time" not in text
    assert metadata["papermill"] == {"parameters": {"enhet": "0101"}}
    assert metadata["language_info"] == {"name": "python"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kontor": "9001"}, "kontor is unknown"),
        ({"enhet": 101}, "enhet = 101 is not str"),
        ({"antall": "1"}, "antall = '1' is not int"),
        ({"antall": True}, "antall = True is not int"),
    ],
)
def test_an_unknown_or_ill_typed_parameter_is_an_error(tmp_path: Path, given: dict, said: str) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", GREETING)
    with pytest.raises(UsageError, match=said):
        run_notebook(notebook, tmp_path / "ut.ipynb", given)
    assert not (tmp_path / "ut.ipynb").exists()


def test_a_warning_in_a_cell_fails_the_page_since_it_would_stand_in_the_book(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", GREETING, "import warnings\nwarnings.warn('gammel')")
    with pytest.raises(PageFailed, match=r"kontor\.ipynb failed in cell 4: it wrote to stderr"):
        run_notebook(notebook, tmp_path / "ut.ipynb", {"enhet": "9001"})


def test_the_warm_process_has_one_thread_since_others_would_not_survive_a_fork(edition: Edition) -> None:
    with kernel_runtime(ExecutionSettings(edition_root=edition.folder.parent)):
        warm = warm_process(dict(os.environ))
        try:
            assert psutil.Process(warm.pid).num_threads() == 1
        finally:
            close_warm_process()


def test_what_a_warm_kernel_shows_first_is_not_lost(tmp_path: Path) -> None:
    # Nothing waits for silence between a kernel's start and its first cell.
    notebook = write_notebook(tmp_path / "kontor.ipynb", "'sist'")
    said = json.loads(notebook.read_text(encoding="utf-8"))
    said["cells"][0]["source"] += "\nprint('forst')"
    notebook.write_text(json.dumps(said), encoding="utf-8")
    page = run_notebook(notebook, tmp_path / "ut.ipynb")
    assert "forst" in outputs(page)


def test_a_page_costs_no_debugger(tmp_path: Path) -> None:
    asked = "import sys\n[name for name in sys.modules if name.startswith('debugpy.')]"
    page = run_notebook(write_notebook(tmp_path / "kontor.ipynb", asked), tmp_path / "ut.ipynb")
    assert json.loads(page.read_text(encoding="utf-8"))["cells"][-1]["outputs"][0]["data"]["text/plain"] == [
        "[]"
    ]
