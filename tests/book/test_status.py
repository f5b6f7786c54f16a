"""The status page beside the site: every notebook's cost, slowest first, and nothing that names a place."""

import re
from pathlib import Path

import pytest

from navbook.book.execution.page_task import PageTask
from navbook.book.execution.run_tasks import run_tasks
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.execution.timings import PageTiming, read_timing, record_timing
from navbook.book.release.status_page import NotebookTiming, StepTiming, notebook_timings, write_status_page
from notebooks import write_notebook

# Burns CPU for the office 9002 only, in the kernel, which is not a child of the worker that runs the page.
BUSY = "import time\nwhile enhet == '9002' and time.process_time() < start + 1.0:\n    pass"
START = "import time\nstart = time.process_time()"


def rows_of(page: Path) -> list[list[str]]:
    """The cells of every body row, as text."""
    lines = re.findall(r"<tr>(<td.*?)</tr>", page.read_text(encoding="utf-8"))
    return [re.findall(r"<td[^>]*>(.*?)</td>", line) for line in lines]


def test_notebooks_stand_slowest_first_and_those_from_the_cache_last(tmp_path: Path) -> None:
    notebooks = [
        NotebookTiming("kontor/9001", "kontor.ipynb", PageTiming(0.9, 0.50), 1, 80.4),
        NotebookTiming("kontor/9002", "kontor.ipynb", None, 1, 81.0),
        NotebookTiming("landet", "landet.ipynb", PageTiming(2.0, 1.25), 2, 170.0),
    ]
    page = write_status_page(tmp_path / "status.html", "Costs", [StepTiming("draw", 3.0, 2.5)], notebooks)
    assert rows_of(page)[2:] == [
        ["landet", "landet.ipynb", "run", "2.00", "1.25", "2", "170"],
        ["kontor/9001", "kontor.ipynb", "run", "0.90", "0.50", "1", "80"],
        ["kontor/9002", "kontor.ipynb", "cached", "", "", "1", "81"],
    ]


def test_steps_keep_their_order_and_are_summed(tmp_path: Path) -> None:
    steps = [StepTiming("check", 1.0, 0.5), StepTiming("count", 4.0, 6.0)]
    page = write_status_page(tmp_path / "status.html", "Costs", steps, [])
    assert rows_of(page) == [["check", "1.00", "0.50"], ["count", "4.00", "6.00"], ["total", "5.00", "6.50"]]


def test_a_book_left_as_it_stands_lists_no_notebook(tmp_path: Path) -> None:
    page = write_status_page(tmp_path / "status.html", "Costs", [StepTiming("unchanged", 1.0, 0.5)], [])
    text = page.read_text(encoding="utf-8")
    assert "left as it is" in text
    assert "Notebooks" not in text


def test_a_built_page_is_weighed_and_its_figures_counted(tmp_path: Path) -> None:
    built = tmp_path / "html" / "kontor" / "9001.html"
    built.parent.mkdir(parents=True)
    built.write_text('<figure class="nb-figur"></figure>' * 2 + "x" * 932, encoding="utf-8")
    task = PageTask(tmp_path / "kontor.ipynb", Path("kontor", "9001.ipynb"))
    [row] = notebook_timings([task], tmp_path / "kostnader", tmp_path / "html")
    assert (row.figures, row.kb, row.timing) == (2, 1.0, None)


def test_the_page_names_no_folder_and_asks_the_network_for_nothing(tmp_path: Path) -> None:
    task = PageTask(tmp_path / "kontor.ipynb", Path("kontor", "9001.ipynb"))
    page = write_status_page(tmp_path / "status.html", "Costs", [], notebook_timings([task], tmp_path))
    text = page.read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert not re.search(r"https?:|src=|href=|url\(", text)


@pytest.mark.parametrize("kernel", ["warm", "standard"])
def test_a_page_is_charged_for_what_its_kernel_burned(tmp_path: Path, kernel: str) -> None:
    notebook = write_notebook(tmp_path / "kontor.ipynb", START, BUSY)
    tasks = [
        PageTask(notebook, Path("kontor", f"{nr}.ipynb"), {"enhet": nr}) for nr in ("9001", "9002", "9003")
    ]
    costs = tmp_path / "kostnader"
    costs.mkdir()
    run_tasks(tasks, tmp_path / "sider", workers=1, settings=ExecutionSettings(kernel=kernel, timings=costs))
    idle, busy, after = (read_timing(task, costs) for task in tasks)
    assert idle is not None
    assert busy is not None
    assert after is not None
    assert busy.cpu > 1.0
    assert busy.cpu > after.cpu + 0.5


def test_where_there_is_no_folder_for_costs_nothing_is_record_timing(tmp_path: Path) -> None:
    task = PageTask(tmp_path / "kontor.ipynb", Path("kontor", "9001.ipynb"))
    absent = tmp_path / "other-machine"
    with record_timing(task, absent):
        pass
    assert not absent.exists()
    assert read_timing(task, absent) is None


def test_a_page_that_fails_is_charged_too(tmp_path: Path) -> None:
    task = PageTask(tmp_path / "kontor.ipynb", Path("kontor", "9001.ipynb"))
    with pytest.raises(ValueError, match="no rows"), record_timing(task, tmp_path):
        raise ValueError("no rows")
    assert read_timing(task, tmp_path) is not None
