"""Which tables and columns an extract has, as `data/datakatalog.yml` tells it."""

from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from navbook.paths import DATA

# libyaml's where it is built in: the dictionary is long, and every command reads it
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Column(_Entry):
    """A column: its type, whether the table must have it, whether a row may leave it empty, its code list."""

    name: str
    type: str
    required: bool
    empty: bool
    codes: str | None = None
    format: str | None = None


class Table(_Entry):
    """A table and its columns in the order of the contract."""

    name: str
    optional: bool
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        """The column of that name; None if the contract knows none."""
        return next((column for column in self.columns if column.name == name), None)

    def has(self, *names: str) -> bool:
        """Whether the table has all these columns."""
        return all(self.column(name) for name in names)

    @property
    def day_column(self) -> str | None:
        """The column that places a row in time: its first day, day, month or moment; None without one."""
        return next(
            (name for name in ("fom", "dato", "maned", "tidspunkt", "mottatt") if self.has(name)), None
        )


class _Dictionary(_Entry):
    tables: tuple[Table, ...]
    counts_only: tuple[Table, ...]
    beside: tuple[Table, ...]


@cache
def _dictionary() -> _Dictionary:
    text = (DATA / "datakatalog.yml").read_text(encoding="utf-8")
    return _Dictionary.model_validate(yaml.load(text, Loader=_LOADER))


def person_extract() -> dict[str, Table]:
    """The tables of an extract with person rows, required and optional."""
    return {table.name: table for table in _dictionary().tables}


def counts_extract() -> dict[str, Table]:
    """The tables of a counts-only extract: `kontor` and `tellinger`."""
    counts = {table.name: table for table in _dictionary().counts_only}
    return {"kontor": person_extract()["kontor"]} | counts


def beside() -> dict[str, Table]:
    """The tables that may lie beside either kind of extract: `lokale_mal`."""
    return {table.name: table for table in _dictionary().beside}


def every_table() -> dict[str, Table]:
    """Every table that navbook can read."""
    return person_extract() | counts_extract() | beside()
