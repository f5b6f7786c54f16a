"""A misspelt parameter stops a notebook that papermill runs by itself."""

from pathlib import Path

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from navbook.runtime.notebook_parameters import unknown_parameters
from navbook.runtime.paths import NOTEBOOKS

CELLS = [
    "",
    "enhet: str = '9001'\nutgave = '2021'",
    '# Parameters\nenhett = "9002"\nutgave = "2022"\n',
    "x = 1",
]


def test_a_parameter_is_unknown_if_no_cell_before_declares_it() -> None:
    assert unknown_parameters(CELLS) == (["enhet", "utgave"], ["enhett"])
    assert unknown_parameters(CELLS[2:]) == ([], [])
    assert unknown_parameters(["x = 1", "%time y = 2"]) == ([], [])


@pytest.mark.parametrize("name", ["enhet", "enhett"])
def test_papermill_stops_at_an_unknown_parameter(tmp_path: Path, name: str) -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("enhet: str = '9001'", metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(
                "from navbook.runtime.notebook_parameters import refuse_unknown_parameters\n"
                "refuse_unknown_parameters()"
            ),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}},
    )
    nbformat.write(notebook, tmp_path / "in.ipynb")
    paths = [str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb")]
    if name == "enhet":
        papermill.execute_notebook(*paths, parameters={name: "9002"}, progress_bar=False)
    else:
        with pytest.raises(PapermillExecutionError, match="has no parameter enhett"):
            papermill.execute_notebook(*paths, parameters={name: "9002"}, progress_bar=False)


@pytest.mark.parametrize("family", ["aap_26u", "portefolje"])
def test_a_calculation_notebook_stops_before_it_counts_another_extract(tmp_path: Path, family: str) -> None:
    """`utrekk` for `uttrekk`: papermill only warns, and the default extract would be counted."""
    notebook = NOTEBOOKS / "beregning" / f"{family}.ipynb"
    parameters = {"utrekk": str(tmp_path), "ut": str(tmp_path / "t.parquet")}
    message = "no parameter utrekk: give only kontor, tom, ut, uttrekk"
    with pytest.raises(PapermillExecutionError, match=message):
        papermill.execute_notebook(notebook, tmp_path / "out.ipynb", parameters, progress_bar=False)
    assert not (tmp_path / "t.parquet").exists()
