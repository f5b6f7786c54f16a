"""The result of a check: problems that make an extract invalid, and observations that are only reported."""

import html
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from navbook.runtime.errors import InvalidExtract

if TYPE_CHECKING:
    import pandas as pd

MAX_KEYS = 20
_MAX_LISTED = 20
_MAX_SHOWN = 60

_QUALITY = frozenset(
    {
        *("equal_rows", "overlap", "unknown_tiltakskode", "ends_early", "no_rows", "no_report"),
        *("repeated_id", "month_missing", "starts_late", "empty_column"),
        *("no_regions", "region_without_figures", "region_months"),
    }
)

Severity = Literal["invalid", "reported"]


@dataclass(frozen=True)
class Problem:
    """A problem or an observation: table, column, rows, value, what is wrong, and what to do.

    `keys` has at most 20 of the `count` rows or keys; they may identify persons, so a report is private.
    `enhetsnr` is set if the observation is about one office.
    """

    table: str
    column: str
    what: str
    remedy: str
    code: str
    severity: Severity = "invalid"
    keys: tuple[str, ...] = ()
    count: int = 1
    value: str = ""
    enhetsnr: str | None = None

    def __str__(self) -> str:
        place = f"{self.table}, column {self.column}" if self.column else self.table
        found = f" (found: {self.value})" if self.value else ""
        where = ""
        if self.keys:
            more = f" and {self.count - len(self.keys)} more" if self.count > len(self.keys) else ""
            where = f" [{'; '.join(self.keys)}{more}]"
        return f"{place}: {self.what}{found}; {self.remedy}.{where}"


@dataclass(frozen=True)
class CheckReport:
    """Everything that a check found in an extract: `problems` make it invalid, `reported` do not."""

    path: str
    problems: tuple[Problem, ...] = ()
    reported: tuple[Problem, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the extract can be counted."""
        return not self.problems

    def raise_if_invalid(self) -> None:
        """Raise InvalidExtract with the first 20 problems, if there are any."""
        if self.ok:
            return
        lines = [str(problem) for problem in self.problems[:_MAX_LISTED]]
        if len(self.problems) == 1:
            raise InvalidExtract(lines[0])
        if len(self.problems) > _MAX_LISTED:
            lines.append(f"and {len(self.problems) - _MAX_LISTED} more: run `navbook check` on the extract.")
        head = f"{len(self.problems)} problems make the extract invalid:"
        raise InvalidExtract("\n  ".join([head, *lines]))

    def quality(self) -> "pd.DataFrame":
        """The reported observations on data quality: kode, tekst, enhetsnr (None: all offices), antall.

        `antall` is a number of rows or months. Unknown files and columns and numbers in comments are left
        out, since they are not about the quality of the data.
        """
        import pandas as pd  # imported late: counting does not need it

        observations = [problem for problem in self.reported if problem.code in _QUALITY]
        rows = [(p.code, f"{p.table}: {p.what}", p.enhetsnr, p.count) for p in observations]
        return pd.DataFrame(rows, columns=["kode", "tekst", "enhetsnr", "antall"])

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data for JSON; private, since keys may identify persons."""
        return {
            "extract": self.path,
            "ok": self.ok,
            "rows": self.rows,
            "problems": [asdict(problem) for problem in self.problems],
            "reported": [asdict(problem) for problem in self.reported],
        }


def shown_value(value: object) -> str:
    """A value as a report shows it: short, on one line, without invisible characters."""
    text = "empty" if value is None else str(value)
    text = "".join(sign if sign.isprintable() else _named(sign) for sign in text[: _MAX_SHOWN + 1])
    text = text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"
    return text if text == text.strip(" ") else f'"{text}"'


def invisible_signs(text: str) -> list[tuple[int, str]]:
    """The line and name (U+202E) of every invisible character of a text, also of one written as `&#x202e;`.

    Those are format characters (zero-width, or changing direction), control characters other than blanks,
    and noncharacters. XML, and so a document or workbook, cannot hold most of the last two.
    """
    return [
        (number, _named(sign))
        for number, line in enumerate(text.split("\n"), start=1)
        for sign in html.unescape(line)
        if sign not in "\t\n\r"
        and (unicodedata.category(sign) in ("Cc", "Cf") or ord(sign) & 0xFFFE == 0xFFFE)
    ]


# the same characters in a regular expression of DuckDB
INVISIBLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cf}\x{FFFE}\x{FFFF}]"


def _named(sign: str) -> str:
    """An unprintable character by its code point."""
    return f"<U+{ord(sign):04X}>"


def make_report(path: str, found: Sequence[Problem], rows: dict[str, int]) -> CheckReport:
    """A report with the problems sorted by table and column."""
    ordered = sorted(found, key=lambda p: (p.table, p.column, p.code, p.enhetsnr or "", p.value, p.keys))
    invalid = tuple(problem for problem in ordered if problem.severity == "invalid")
    reported = tuple(problem for problem in ordered if problem.severity == "reported")
    return CheckReport(path, invalid, reported, dict(sorted(rows.items())))


def render(report: CheckReport) -> str:
    """The report as text for a terminal: first the problems, then the observations."""
    lines = [f"{report.path}: {_verdict(report)}"]
    if report.rows:
        lines += ["", "Rows read: " + ", ".join(f"{name} {count:,}" for name, count in report.rows.items())]
    if report.problems:
        lines += [
            "",
            "Invalid (correct these before anything can be counted):",
            *_problem_lines(report.problems),
        ]
    if report.reported:
        lines += ["", "Reported (the run goes on):", *_problem_lines(report.reported)]
    return "\n".join(lines)


def _verdict(report: CheckReport) -> str:
    if report.ok:
        return f"valid, {len(report.reported)} things reported" if report.reported else "valid"
    return f"invalid, {len(report.problems)} problems"


def _problem_lines(problems: Sequence[Problem]) -> list[str]:
    lines = []
    for problem in problems:
        place = f"{problem.table}.{problem.column}" if problem.column else problem.table
        count = f" · {problem.count:,} rows" if problem.count > 1 else ""
        lines.append(f"- {place}: {problem.what}{count}")
        if problem.value:
            lines.append(f"    value: {problem.value}")
        if problem.keys:
            more = (
                f" … and {problem.count - len(problem.keys):,} more"
                if problem.count > len(problem.keys)
                else ""
            )
            lines.append(f"    at:    {'; '.join(problem.keys)}{more}")
        lines.append(f"    do:    {problem.remedy}")
    return lines
