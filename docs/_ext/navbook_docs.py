"""Sphinx extension of the documentation: reference pages made from the program, and plain docstrings.

Directives: `navbook-commands` (click), `navbook-extract` (data/datakatalog.yml), `navbook-indicators` (the
registry), `navbook-letter` (the fields of a letter file), `navbook-api` (the public names of a module).
"""

import importlib
import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Any

import click
import yaml
from docutils import nodes
from docutils.statemachine import StringList
from pydantic import BaseModel
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from navbook.cli import main
from navbook.indicators import REGISTRY
from navbook.letters import letter
from navbook.runtime.paths import DATA

# columns of the printed help
WIDTH = 92
# characters that have a meaning in reStructuredText and stand for themselves in a docstring
SPECIAL = re.compile(r"(\\|\*|\||(?<=\w)_(?!\w))")
CODE = re.compile(r"``?([^`]+)``?")


class Generated(SphinxDirective):
    """A directive whose content is made by the program."""

    def section(self, id: str, title: str, *content: nodes.Node) -> nodes.section:
        section = nodes.section(ids=[id], names=[title])
        section += nodes.title("", title)
        section.extend(content)
        return section

    def markdown(self, lines: Iterable[str]) -> list[nodes.Node]:
        holder = nodes.container()
        self.state.nested_parse(StringList(list(lines), source=self.env.docname), self.content_offset, holder)
        return list(holder.children)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[nodes.Node]:
        lines = [head, ["---"] * len(head), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
        return self.markdown(f"| {' | '.join(line)} |" for line in lines)


class Commands(Generated):
    """A section for each command: what `navbook COMMAND --help` prints."""

    def run(self) -> list[nodes.Node]:
        group = click.Context(main, info_name="navbook")
        return [self._command(name, command, group) for name, command in main.commands.items()]

    def _command(self, name: str, command: click.Command, group: click.Context) -> nodes.Node:
        width = {"terminal_width": WIDTH, "max_content_width": WIDTH}
        help_text = command.get_help(click.Context(command, info_name=name, parent=group, **width))
        shown = nodes.literal_block(help_text, help_text, language="text")
        return self.section(f"navbook-{name}", f"navbook {name}", shown)


class ExtractTables(Generated):
    """A section for each table of an extract, from the data dictionary."""

    def run(self) -> list[nodes.Node]:
        dictionary = yaml.safe_load((DATA / "datakatalog.yml").read_text(encoding="utf-8"))
        manifest = self.table(
            ["field", "type", "meaning"],
            ([f"`{field['name']}`", field["type"], field["description"]] for field in dictionary["manifest"]),
        )
        return [
            self.section("uttrekk-yml", "uttrekk.yml", *manifest),
            *(self._table(table) for table in dictionary["tables"]),
        ]

    def _table(self, table: dict[str, Any]) -> nodes.Node:
        kind = "Optional. " if table["optional"] else ""
        columns = self.table(
            ["column", "type", "may be empty", "values", "meaning"],
            ([*self._column(column)] for column in table["columns"]),
        )
        return self.section(
            f"table-{table['name']}", table["name"], *self.markdown([kind + table["description"]]), *columns
        )

    def _column(self, column: dict[str, Any]) -> Iterable[str]:
        yield f"`{column['name']}`" + ("" if column["required"] else " (optional)")
        yield column["type"]
        yield "yes" if column["empty"] else "no"
        codes, form = column.get("codes"), column.get("format")
        yield f"`data/kodelister/{codes}.csv`" if codes else f"`{form}`" if form else ""
        yield column["description"]


class Indicators(Generated):
    """One row for each indicator: id, name, groups, the days that must be known, and the lag in months."""

    def run(self) -> list[nodes.Node]:
        rows = (
            [
                f"`{indicator.id}`",
                indicator.navn,
                ", ".join(f"`{group.id}`" for group in indicator.grupper),
                indicator.vindu.tekst,
                str(indicator.lag),
            ]
            for indicator in REGISTRY.values()
        )
        return self.table(["indikator", "name", "gruppe", "window", "lag"], rows)


class LetterFields(Generated):
    """A section for each kind of record in a letter file, with its fields."""

    def run(self) -> list[nodes.Node]:
        records = [value for value in vars(letter).values() if isinstance(value, type)]
        models = [record for record in records if issubclass(record, BaseModel) and record.model_fields]
        return [self._model(model) for model in models]

    def _model(self, model: type[BaseModel]) -> nodes.Node:
        rows = (
            [f"`{name}`", "required" if field.is_required() else "optional"]
            for name, field in model.model_fields.items()
        )
        text = [line.strip().replace("<", r"\<") for line in (model.__doc__ or "").splitlines()]
        return self.section(
            f"letter-{model.__name__.lower()}",
            model.__name__,
            *self.markdown(text),
            *self.table(["field", ""], rows),
        )


class PublicNames(Generated):
    """The docstring of a module, then every name of its `__all__` by autodoc, functions first."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        module = importlib.import_module(name)
        lines = ["```{eval-rst}", f".. automodule:: {name}", "   :no-members:", ""]
        for public in sorted(module.__all__, key=lambda public: KINDS.index(_kind(getattr(module, public)))):
            kind = _kind(getattr(module, public))
            members = ["   :members:", "   :undoc-members:"] if kind == "class" else []
            lines += [f".. auto{kind}:: {name}.{public}", *members, ""]
        return self.markdown([*lines, "```"])


KINDS = ("function", "class", "exception", "data")


def _kind(value: object) -> str:
    """The name of a value's kind in autodoc."""
    if inspect.isclass(value):
        return "exception" if issubclass(value, BaseException) else "class"
    return "function" if inspect.isroutine(value) else "data"


def plain_docstring(_app: Sphinx, _what: str, _name: str, obj: object, _options: object, lines: Any) -> None:
    """Keep the words of a docstring: code in backquotes, no other markup. A constant has none of its own."""
    own = inspect.isclass(obj) or obj.__doc__ != type(obj).__doc__
    lines[:] = [_plain(line) for line in lines] if own else []


def _plain(line: str) -> str:
    pieces = CODE.split(line)
    return "".join(
        f"``{piece}``" if place % 2 else SPECIAL.sub(r"\\\1", piece) for place, piece in enumerate(pieces)
    )


def skip_inherited(_app: Sphinx, _what: str, name: str, obj: object, *_: object) -> bool | None:
    """Leave out what a class has from its kind: fields of named tuples (the signature lists them), and the
    settings of pydantic.
    """
    return True if type(obj).__name__ == "_tuplegetter" or name == "model_config" else None


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("navbook-commands", Commands)
    app.add_directive("navbook-extract", ExtractTables)
    app.add_directive("navbook-indicators", Indicators)
    app.add_directive("navbook-letter", LetterFields)
    app.add_directive("navbook-api", PublicNames)
    app.connect("autodoc-process-docstring", plain_docstring)
    app.connect("autodoc-skip-member", skip_inherited)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
