"""Normalises an executed notebook: nothing of the run remains, and the bytes are the same wherever it ran."""

import json
import re
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

INJECTED = "injected-parameters"
TITLE = "tittel"
MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~$^:&.])")


def normalise(notebook: NotebookNode, title: str = "", subtitle: str = "") -> NotebookNode:
    """Remove times, paths, versions and random ids; put the title first and hide injected parameters."""
    given = notebook.metadata.get("papermill", {}).get("parameters", {})
    for cell in notebook.cells:
        _normalise_cell(cell)
    notebook.cells = [cell for cell in notebook.cells if cell.get("id") != TITLE]
    if title:
        lines = [f"# {escaped(title)}", escaped(subtitle)]
        notebook.cells.insert(0, new_markdown_cell("\n\n".join(filter(None, lines)), id=TITLE))
    kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata = NotebookNode(
        kernelspec=kernelspec,
        language_info={"name": "python"},
        papermill={"parameters": dict(sorted(given.items()))},
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def as_text(notebook: NotebookNode) -> str:
    """The notebook as JSON: sorted keys, indented by one space, with a final newline."""
    return json.dumps(_split_lines(notebook), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def escaped(text: str) -> str:
    """The text on one line, with a backslash before every sign that Markdown would interpret."""
    return MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))


def _normalise_cell(cell: NotebookNode) -> None:
    for key in ("papermill", "execution", "collapsed"):
        cell.metadata.pop(key, None)
    tags = cell.metadata.get("tags", [])
    if INJECTED in tags:
        cell["id"] = INJECTED
        cell.metadata["tags"] = [INJECTED, "remove-input"]
    elif not tags:
        cell.metadata.pop("tags", None)


def _split_lines(notebook: NotebookNode) -> Any:
    from nbformat.v4.rwbase import split_lines, strip_transient

    return split_lines(strip_transient(NotebookNode(notebook)))
