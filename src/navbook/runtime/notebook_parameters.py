"""Refuses parameters that a page notebook or a calculation notebook does not declare.

papermill only warns about an unknown parameter: with `-r enhett 9002` it would make the page of the default
office under the name of another, and with `-p utrekk …` count the default extract.
"""

import ast
import sys
from collections.abc import Iterable

from navbook.runtime.errors import UsageError

# the first line of the cell in which papermill puts the parameters, after the cell that declares them
_INJECTED = "# Parameters"


def refuse_unknown_parameters() -> None:
    """Raise UsageError if papermill has given this notebook a parameter that it does not declare.

    Does nothing outside a notebook, or in a notebook that declares no parameters.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    declared, unknown = unknown_parameters(shell.user_ns.get("In", []) if shell else [])
    if unknown:
        raise UsageError(
            f"The notebook has no parameter {', '.join(unknown)}: give only {', '.join(declared)}"
        )


def unknown_parameters(cells: Iterable[str]) -> tuple[list[str], list[str]]:
    """The declared parameters of a notebook and those given that it lacks, from the executed cells."""
    declared: set[str] = set()
    for source in cells:
        if source.lstrip().startswith(_INJECTED):
            return sorted(declared), sorted(_assigned(source) - declared) if declared else []
        declared |= _assigned(source)
    return [], []


def _assigned(source: str) -> set[str]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a cell with a command of IPython
        return set()
    names = set()
    for statement in statements:
        if isinstance(statement, ast.Assign):
            names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            names.add(statement.target.id)
    return names
