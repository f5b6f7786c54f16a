"""Notebooks stay thin: parameters, one load, prose, and calls into the package.

Whoever wants to change a page or a count does it in the package, where it is tested.
"""

import ast
import inspect
import re
from pathlib import Path

import nbformat
import pytest

from navbook.pages.page_kinds import OfficePage, OverviewPage
from navbook.pages.subject_pages import ChapterPage, IndicatorPage
from navbook.runtime.paths import NOTEBOOKS

STORED = sorted(NOTEBOOKS.glob("*/*.ipynb"))
PAGES = [path for path in STORED if path.parent.name == "sider"]
CALCULATIONS = [path for path in STORED if path.parent.name == "beregning"]
# what belongs in the package: definitions, loops over data, and work on tables
LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.Try,
    ast.With,
)
TABLE_WORK = re.compile(r"\b(groupby|pivot|merge|read_parquet|read_csv|select)\b", re.IGNORECASE)
MOST_LINES = 12


def name(path):
    return f"{path.parent.name}/{path.stem}"


def read(path):
    return nbformat.read(path, as_version=4)


def code(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])


def test_the_kinds_of_pages_are_there():
    assert [path.stem for path in PAGES] == ["fylke", "indikator", "kapittel", "kontor", "landet"]


@pytest.mark.parametrize("path", STORED, ids=name)
def test_no_logic_stands_in_a_notebook(path: Path):
    for cell in code(path):
        found = [type(node).__name__ for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]
        assert not found, f"cell {cell.id} holds {', '.join(found)}: move it to the package"
        assert not TABLE_WORK.search(cell.source), f"cell {cell.id} works on tables: move it to the package"


@pytest.mark.parametrize("path", STORED, ids=name)
def test_a_cell_fits_at_a_glance(path: Path):
    for cell in code(path):
        assert len(cell.source.splitlines()) <= MOST_LINES, f"cell {cell.id} is too long"


@pytest.mark.parametrize("path", STORED, ids=name)
def test_one_cell_holds_the_parameters_and_nothing_but_plain_values(path: Path):
    (cell,) = [cell for cell in code(path) if "parameters" in tags(cell)]
    for statement in ast.parse(cell.source).body:
        assert isinstance(statement, (ast.Assign, ast.AnnAssign))
        ast.literal_eval(statement.value)


@pytest.mark.parametrize("path", STORED, ids=name)
def test_a_notebook_names_no_machine(path: Path):
    notebook = read(path)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert "version" not in notebook.metadata.get("language_info", {})
    assert not re.search(r"/(home|root|tmp|work|Users)/", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", STORED, ids=name)
def test_cells_have_ids_of_their_own(path: Path):
    ids = [cell.id for cell in read(path).cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_loads_once_and_then_calls_one_section_a_cell(path: Path):
    _, load, *sections = code(path)
    assert load.source.startswith("from navbook import pages\n\nside = pages.")
    for cell in sections:
        assert re.fullmatch(r"side\.\w+\(\)", cell.source), f"cell {cell.id} does more than call a section"


@pytest.mark.parametrize(
    ("kind", "stems"),
    [
        (OfficePage, ["kontor"]),
        (OverviewPage, ["fylke", "landet"]),
        (IndicatorPage, ["indikator"]),
        (ChapterPage, ["kapittel"]),
    ],
)
def test_every_section_of_a_kind_is_called(kind: type, stems: list[str]):
    """A section that its notebook has lost is on no page."""
    source = inspect.getsource(kind)
    called = {cell.source for stem in stems for cell in code(NOTEBOOKS / "sider" / f"{stem}.ipynb")}
    sections = [section for section in vars(kind) if not section.startswith("_")]
    assert sections
    for section in sections:
        assert f"side.{section}()" in called or f"self.{section}()" in source


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_readers_see_no_code(path: Path):
    assert all("remove-input" in tags(cell) for cell in code(path))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_headings_start_under_the_title_that_the_book_writes(path: Path):
    headings = [
        line
        for cell in read(path).cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert headings
    assert all(line.startswith("## ") for line in headings)


def test_the_office_page_leads_with_who_it_serves_before_results():
    order = [cell.source for cell in code(NOTEBOOKS / "sider" / "kontor.ipynb")]
    sections = [
        "hvem",
        "endringer",
        "krav",
        "resultatene",
        "grupper",
        "kontorer_som_ligner",
        "til_samtalen",
        "sier_ikke",
    ]
    places = [order.index(f"side.{section}()") for section in sections]
    assert places == sorted(places)


@pytest.mark.parametrize("path", CALCULATIONS, ids=name)
def test_a_calculation_goes_from_definition_by_example_to_count_and_what_to_edit(path: Path):
    cells = {cell.id: cell.source for cell in code(path)}
    steps = [
        f'indicators.definitions("{path.stem}")',
        f'indicators.example_cases("{path.stem}")',
        f'indicators.example_rows("{path.stem}")',
        f'indicators.example_days("{path.stem}")',
        f'indicators.example_contributions("{path.stem}")',
        f'indicators.example_counted("{path.stem}")',
        f'tellinger = indicators.count_family(kilde, "{path.stem}", tom=tom, offices=kontor)',
        "indicators.country_table(tellinger)",
        "indicators.month_chart(tellinger)",
        "indicators.as_table(indicators.checks(tellinger))",
        "indicators.write_counts(tellinger, Path(ut)).name",
        f'indicators.what_to_edit("{path.stem}")',
    ]
    lines = [line for source in cells.values() for line in source.splitlines()]
    assert [line for line in lines if line in steps] == steps
