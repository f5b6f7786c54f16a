"""The tables and columns of an extract, read from the data dictionary `data/datakatalog.yml`."""

from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from navbook.runtime.paths import own_file

# libyaml if available: the dictionary is long, and every command reads it
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ColumnSpec(_Entry):
    """A column: its type, whether it is required, whether a value may be empty, and its code list."""

    name: str
    type: str
    required: bool
    empty: bool
    codes: str | None = None
    format: str | None = None


class TableSpec(_Entry):
    """A table and its columns in the order of the contract."""

    name: str
    optional: bool
    columns: tuple[ColumnSpec, ...]

    def column(self, name: str) -> ColumnSpec | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def has(self, *names: str) -> bool:
        """Whether the table has all these columns."""
        return all(self.column(name) for name in names)

    @property
    def day_column(self) -> str | None:
        """The column with the first day, day, month or time of a row; None if the table has none."""
        return next(
            (name for name in ("fom", "dato", "maned", "tidspunkt", "mottatt") if self.has(name)), None
        )


class _Dictionary(_Entry):
    tables: tuple[TableSpec, ...]
    counts_only: tuple[TableSpec, ...]
    side_tables: tuple[TableSpec, ...]


@cache
def _dictionary() -> _Dictionary:
    text = own_file("data/datakatalog.yml").read_text(encoding="utf-8")
    return _Dictionary.model_validate(yaml.load(text, Loader=_LOADER))  # noqa: S506 - a safe loader


def person_extract() -> dict[str, TableSpec]:
    """The tables of an extract with person rows, required and optional."""
    return {table.name: table for table in _dictionary().tables}


def counts_extract() -> dict[str, TableSpec]:
    """The tables of a counts-only extract: `kontor` and `tellinger`."""
    counts = {table.name: table for table in _dictionary().counts_only}
    return {"kontor": person_extract()["kontor"]} | counts


def side_tables() -> dict[str, TableSpec]:
    """The tables that an extract of either kind may have in addition: local goals, municipal tables and the
    labour market.
    """
    return {table.name: table for table in _dictionary().side_tables}


def all_tables() -> dict[str, TableSpec]:
    """Every table that navbook can read."""
    return person_extract() | counts_extract() | side_tables()
