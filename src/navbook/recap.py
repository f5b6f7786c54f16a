"""What a build tells when it is done."""

from dataclasses import dataclass
from typing import Self

from navbook.extract import CheckReport
from navbook.gate import Written
from navbook.run import Run


@dataclass(frozen=True)
class Recap:
    """The end of a build in a few lines: what was noticed, hidden and missing, and where things lie."""

    reported: int
    written: Written
    run: Run

    @classmethod
    def of(cls, run: Run, report: CheckReport, written: Written) -> Self:
        return cls(len(report.reported), written, run)

    def __str__(self) -> str:
        rows = self.written.rows
        older = [f"{period} for {name}" for name, period in self.written.older.items()]
        run, extract = self.run, self.run.request.extract
        every = f"none: every indicator is shown for {run.period.name}"
        return "\n".join(
            [
                "",
                f"reported   {self.reported} observations in the extract: see navbook check {extract}",
                f"hidden     {self.written.rows_hidden} of {rows} rows",
                f"missing    {self.written.rows_not_computable} rows with a month the extract cannot know",
                f"older      {', '.join(older) or every}",
                f"private    {run.workspace.private} (true counts, calculation logs, withheld values)",
                f"edition    {run.edition}",
                f"site       {run.site / 'index.html'}",
            ]
        )
