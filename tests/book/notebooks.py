"""Tiny template notebooks for tests of how pages are run."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PARAMETERS = 'utgave: str = "2022"\nenhet: str = "9001"\nantall: int = 1'
GREETING = 'from IPython.display import HTML\nHTML(f"<p>Enhet {enhet}</p>")'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L9 9"/></svg>'
FIGURE = f"from IPython.display import SVG\nSVG({DRAWING!r})"


def write_notebook(path: Path, *code: str) -> Path:
    """A notebook with a parameters cell, a heading (cell 2), and these code cells (from cell 3)."""
    cells = [
        new_code_cell(PARAMETERS, id="parametre", metadata={"tags": ["parameters"]}),
        new_markdown_cell("## Kort sagt", id="kort"),
        *[new_code_cell(source, id=f"celle-{n}") for n, source in enumerate(code, 3)],
    ]
    nbformat.write(new_notebook(cells=cells), str(path))
    return path
