"""Notebooks are stored executed, on nothing but the small demo: no stored output can be a real figure."""

import re
from pathlib import Path

import nbformat
import pytest
from tests.notebooks.stored import SEED, stored_notebooks

SOURCE = re.compile(r"(?:Kilde|kilde): *([^·<\n\"']+)")
CALCULATIONS = [path for path in stored_notebooks() if path.parent.name == "beregning"]
SMALL_DEMO = f"navbook demo (frø {SEED})"


def outputs(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(str(cell.get("outputs", "")) for cell in cells)


@pytest.mark.parametrize("path", stored_notebooks(), ids=lambda path: path.stem)
def test_every_cell_was_run(path: Path):
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells), "store it executed: make notebooks"


@pytest.mark.parametrize("path", stored_notebooks(), ids=lambda path: path.stem)
def test_the_outputs_name_the_small_demo_and_no_other_extract(path: Path):
    named = SOURCE.findall(outputs(path))
    # the source of an office's page stands in the foot that the site adds
    assert named or path.stem == "kontor", "the notebook does not say which extract its figures come from"
    assert all(SMALL_DEMO in name for name in named), f"outputs from {named}: run make notebooks"


@pytest.mark.parametrize("path", stored_notebooks(), ids=lambda path: path.stem)
def test_no_cell_complained(path: Path):
    assert "'name': 'stderr'" not in outputs(path)
    assert "'output_type': 'error'" not in outputs(path)


@pytest.mark.parametrize("path", CALCULATIONS, ids=lambda path: path.stem)
def test_the_program_counts_the_worked_example_as_by_hand_and_no_check_fails(path: Path):
    shown = {cell.id: str(cell.get("outputs", "")) for cell in nbformat.read(path, as_version=4).cells}
    assert "| ja |" in shown["fasit"]
    assert "| nei |" not in shown["fasit"]
    assert set(re.findall(r"\| (\d+) \|(?:\\n|')", shown["kontroll"])) == {"0"}
    assert "<svg" in shown["maneder"]
