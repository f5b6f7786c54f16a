"""Normalises an executed notebook: nothing of the run remains, and the bytes are the same wherever it ran."""

import json
import re
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

INJECTED = "injected-parameters"
TITLE = "tittel"
MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~$^:&.])")


def normalise(
    notebook: NotebookNode, title: str = "", subtitle: str = "", *, empty_parts: bool = False
) -> NotebookNode:
    """Remove times, paths, versions and random ids; put the title first and hide injected parameters.

    Parts that show nothing are removed too, unless `empty_parts`: a template keeps every part.
    """
    given = notebook.metadata.get("papermill", {}).get("parameters", {})
    for cell in notebook.cells:
        _normalise_cell(cell)
    cells = [cell for cell in notebook.cells if cell.get("id") != TITLE]
    notebook.cells = cells if empty_parts else _without_empty_parts(cells)
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


def _without_empty_parts(cells: list[NotebookNode]) -> list[NotebookNode]:
    """The cells without the heading of a part whose every cell shows nothing, and without those cells."""
    parts: list[list[NotebookNode]] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown":
            parts.append([])
        parts[-1].append(cell)
    return [cell for part in parts if not _shows_nothing(part) for cell in part]


def _shows_nothing(part: list[NotebookNode]) -> bool:
    """Whether a heading is followed by cells that all have outputs without content."""
    outputs = [output for cell in part[1:] for output in cell.get("outputs", [])]
    shown = [output.get("data", {}).get("text/html") for output in outputs]
    return bool(part and part[0].cell_type == "markdown" and shown) and all(html == "" for html in shown)


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
