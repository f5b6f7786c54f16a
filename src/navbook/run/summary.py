"""What a build tells when it is done."""

from dataclasses import dataclass
from typing import Self

from navbook.extract import CheckReport
from navbook.gate import Written
from navbook.run.build_run import Run


@dataclass(frozen=True)
class Numbers:
    """How much was noticed in the extract, hidden and missing; `older` as in Written."""

    reported: int
    rows: int
    hidden: int
    missing: int
    older: dict[str, str]


@dataclass(frozen=True)
class Recap:
    """The end of a build in a few lines: what was noticed, hidden and missing, and where things lie."""

    numbers: Numbers
    run: Run

    @classmethod
    def of(cls, run: Run, report: CheckReport, written: Written) -> Self:
        told = Numbers(
            reported=len(report.reported),
            rows=written.rows,
            hidden=written.rows_hidden,
            missing=written.rows_not_computable,
            older=written.older,
        )
        return cls(told, run)

    def __str__(self) -> str:
        told, run, extract = self.numbers, self.run, self.run.request.extract
        older = [f"{period} for {name}" for name, period in told.older.items()]
        every = f"none: every indicator is shown for {run.period.name}"
        return "\n".join(
            [
                "",
                f"reported   {told.reported} observations in the extract: see navbook check {extract}",
                f"hidden     {told.hidden} of {told.rows} rows",
                f"missing    {told.missing} rows with a month the extract cannot know",
                f"older      {', '.join(older) or every}",
                f"private    {run.workspace.private} (true counts, calculation logs, withheld values)",
                f"edition    {run.edition}",
                f"site       {run.site / 'index.html'}",
            ]
        )
