"""The state that the stages of a check share, and problems made from broken rules."""

from dataclasses import dataclass, field

from navbook.extract.manifest import Manifest
from navbook.extract.register import OfficeRegister
from navbook.extract.report import MAX_KEYS, Problem, Severity, shown_value
from navbook.extract.store import Store, quoted
from navbook.extract.tables import ROW, OpenTable

_MAX_VALUES = 5


@dataclass
class CheckContext:
    """The open tables of the extract under check; a table whose file cannot be read is missing.

    `rows` is the number of rows of each table, `filled` the number of values in each of its columns.
    """

    store: Store
    manifest: Manifest | None
    tables: dict[str, OpenTable] = field(default_factory=dict)
    register: OfficeRegister | None = None
    rows: dict[str, int] = field(default_factory=dict)
    filled: dict[str, dict[str, int]] = field(default_factory=dict)

    def with_columns(self, *names: str) -> list[OpenTable]:
        """The open tables whose files hold all these columns."""
        return [opened for opened in self.tables.values() if opened.present.issuperset(names)]


@dataclass(frozen=True)
class RowRule:
    """A rule on single rows: `broken` is SQL that is true for a bad row, `shown` is SQL of the bad value."""

    column: str
    code: str
    broken: str
    what: str
    remedy: str
    severity: Severity = "invalid"
    shown: str = ""


def problem_of(store: Store, opened: OpenTable, rule: RowRule, count: int) -> Problem:
    """The problem of `count` rows that break the rule, with the first rows and the most common values."""
    chosen = f"FROM {opened.rows} WHERE {rule.broken}"
    key = next((name for name in ("person_id", "enhetsnr", "sykmelding_id") if opened.table.has(name)), None)
    named = f", {quoted(key)}" if key else ""
    rows = store.rows(f"SELECT {ROW} + 1{named} {chosen} ORDER BY 1 LIMIT {MAX_KEYS}")
    values = ""
    if rule.shown:
        texts = f"SELECT CAST({rule.shown} AS VARCHAR) AS shown, count(*) AS n {chosen} GROUP BY 1"
        common = store.rows(f"{texts} ORDER BY n DESC, shown LIMIT {_MAX_VALUES + 1}")
        values = ", ".join(shown_value(value) for value, _ in common[:_MAX_VALUES])
        values += ", …" if len(common) > _MAX_VALUES else ""
    keys = tuple(
        f"row {number}" + "".join(f" ({shown_value(name)})" for name in names) for number, *names in rows
    )
    return Problem(
        opened.table.name,
        rule.column,
        rule.what,
        rule.remedy,
        rule.code,
        severity=rule.severity,
        keys=keys,
        count=count,
        value=values,
    )
