"""Checks that parameters are declared by the notebook and have its types.

papermill only warns about an unknown parameter; a page with a misspelt parameter would be a wrong page.
"""

import ast
from typing import Any

from nbformat import NotebookNode

from navbook.runtime.errors import UsageError

TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "list": (list,),
    "dict": (dict,),
}


def parameters_cell(notebook: NotebookNode) -> int | None:
    """The index of the cell tagged `parameters`, None if there is none."""
    for index, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", []):
            return index
    return None


def declared_parameters(notebook: NotebookNode) -> dict[str, str]:
    """Name → type name (`str`, `int`, …; empty for any type) of each parameter of the notebook."""
    index = parameters_cell(notebook)
    if index is None:
        return {}
    declared = {}
    for statement in ast.parse(notebook.cells[index].source).body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            declared[statement.target.id] = ast.unparse(statement.annotation)
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            default = ast.literal_eval(statement.value)
            declared[statement.targets[0].id] = "" if default is None else type(default).__name__
    return declared


def check_parameters(notebook: NotebookNode, parameters: dict[str, Any], where: str) -> None:
    """Raise UsageError that names every unknown or ill-typed parameter of the notebook `where`."""
    declared = declared_parameters(notebook)
    faults = []
    for name, value in parameters.items():
        if name not in declared:
            faults.append(f"{name} is unknown")
        elif not _fits(value, declared[name]):
            faults.append(f"{name} = {value!r} is not {declared[name]}")
    if faults:
        known = ", ".join(declared) or "none"
        raise UsageError(f"{where}: {'; '.join(faults)}; give parameters that it declares ({known}).")


def _fits(value: Any, type_name: str) -> bool:
    allowed = TYPES.get(type_name)
    if allowed is None:
        return True
    if isinstance(value, bool):
        return bool in allowed
    return isinstance(value, allowed)
