"""The book's words stand in `pages/templates/`, where an editor changes them without Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from navbook.runtime.paths import SOURCE

PAGES = SOURCE / "navbook" / "pages"
MOST_WORDS = 3
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[iå]|[A-Za-zÆØÅæøåé\u00ad]{2,}(-[a-zæøå]+)*")
_AROUND = ".,:;?!()«»\"'*–·[]|"


def strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of each string below a node, docstrings and what is raised left out; `{}` for a value."""
    if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else " {} " for part in node.values]
        yield node.lineno, "".join(map(str, parts))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from strings(part.value)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from strings(child)


def words(text: str) -> list[str]:
    """The words of a text, without tags, names of columns and classes, addresses and numbers."""
    tokens = (token.strip(_AROUND) for token in _TAG.sub(" ", text).split())
    return [token for token in tokens if _WORD.fullmatch(token) and not token.startswith("nb-")]


def prose(source: str) -> list[str]:
    """Each string of more words than a name has, with its line."""
    found = [(line, text) for line, text in strings(ast.parse(source)) if len(words(text)) > MOST_WORDS]
    return [f"{line}: {text}" for line, text in found]


def named(path: Path) -> str:
    return path.relative_to(PAGES).as_posix()


@pytest.mark.parametrize("path", sorted(PAGES.rglob("*.py")), ids=named)
def test_sentences_stand_in_templates(path: Path) -> None:
    found = prose(path.read_text(encoding="utf-8"))
    assert not found, f"move to pages/templates/: {found}"


@pytest.mark.parametrize(
    "source",
    [
        'note = "Tallene kan ikke legges sammen."',
        'note = f"Kontoret har {words} ansatte i dag."',
        'note = ("Tallene kan "\n        "ikke legges sammen.")',
        'note = f"{escape("Tallene kan ikke sammenlignes")}"'.replace('"T', "'T").replace('s")', "s')"),
        'note = "<p>Tallene <b>kan</b> ikke legges sammen.</p>"',
    ],
)
def test_a_sentence_in_python_is_seen(source: str) -> None:
    assert len(prose(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""What a function returns, in a docstring."""',
        'raise ValueError("the edition has no such indicator here")',
        'fields = "avvik avvik_nedre avvik_ovre verdi nedre"',
        'css = "nb-vurdering nb-oppfylt nb-stor nb-rad"',
        'way = f"{root}metode/intervaller.html"',
        'name = "Observert i prosent"',
        'path = f"M{x} {y}h{size}v{size}h-{size}z"',
    ],
)
def test_names_errors_and_docstrings_are_no_sentences(source: str) -> None:
    assert not prose(source)
