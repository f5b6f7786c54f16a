"""The pages of an edition as HTML, without kernels and without Sphinx.

The cells of a page notebook are run one after the other in this process; what a cell ends in is shown, as
Jupyter shows it.
"""

import ast
import json
import re
from html import escape
from pathlib import Path
from typing import Any

import pytest

from navbook.edition import Edition
from navbook.pages import edition_chapters
from navbook.runtime.paths import PROJECT

NOTEBOOKS = PROJECT / "notebooks" / "sider"


def page(folder: Path, address: str) -> str:
    """The page at `address` (`kontor/9001`, `landet`) of the edition in `folder`."""
    kind, _, subject = address.partition("/")
    name = {"kapittel": "kapittel", "indikator": "indikator"}.get(kind, "enhet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAVBOOK_UTGAVER", str(folder.parent))
        return _run(NOTEBOOKS / f"{kind}.ipynb", {"utgave": folder.name, name: subject})


def chapters(folder: Path) -> dict[str, str]:
    """The chapters that are written from the edition; address → HTML."""
    return {address: of_markdown(text) for address, text in edition_chapters(Edition(folder)).items()}


def _run(notebook: Path, parameters: dict[str, str]) -> str:
    names: dict[str, Any] = {}
    shown = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            shown.append(of_markdown(source))
        elif "parameters" in cell["metadata"].get("tags", []):
            exec(source, names)
            names.update({name: value for name, value in parameters.items() if name in names})
        else:
            shown.append(_value(source, names))
    return "\n".join(shown)


def _value(source: str, names: dict[str, Any]) -> str:
    """Run a cell and return the HTML of its last expression."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    if last is None:
        return ""
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307 our own notebook
    return str(value._repr_html_()) if hasattr(value, "_repr_html_") else ""


def of_markdown(text: str) -> str:
    """Markdown as far as pages use it: headings, paragraphs, links, and HTML as it is."""
    parts = []
    for part in re.split(r"(```\{raw\} html\n.*?\n```)", text, flags=re.DOTALL):
        if part.startswith("```{raw}"):
            parts.append(part.removeprefix("```{raw} html\n").removesuffix("```"))
            continue
        for paragraph in filter(None, map(str.strip, re.split(r"\n{2,}|\n(?=#)|(?<=\n)(?=#)", part))):
            words = re.sub(r"\\([^\w\s])", r"\1", paragraph)
            words = words if words.startswith("<") else escape(words, quote=False)
            words = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r'<a href="\2">\1</a>', words)
            level = len(words) - len(words.lstrip("#"))
            tag = f"h{level}" if level else "p"
            parts.append(f"<{tag}>{words.lstrip('#').strip()}</{tag}>")
    return "\n".join(parts)
