"""The summary that a build prints when it is done."""

from dataclasses import dataclass
from typing import Self

from navbook.extract import CheckReport
from navbook.gate import Written
from navbook.run.build_run import BuildRun


@dataclass(frozen=True)
class BuildCounts:
    """Numbers of observations in the extract and of rows in the edition; `older` as in Written."""

    reported: int
    rows: int
    hidden: int
    missing: int
    older: dict[str, str]


@dataclass(frozen=True)
class BuildSummary:
    """What a build reported, hid and could not compute, and where its results are. Print it with `str`."""

    counts: BuildCounts
    run: BuildRun

    @classmethod
    def of(cls, run: BuildRun, report: CheckReport, written: Written) -> Self:
        counts = BuildCounts(
            reported=len(report.reported),
            rows=written.rows,
            hidden=written.rows_hidden,
            missing=written.rows_not_computable,
            older=written.older,
        )
        return cls(counts, run)

    def __str__(self) -> str:
        counts, run, extract = self.counts, self.run, self.run.request.extract
        older = [f"{period} for {name}" for name, period in counts.older.items()]
        none = f"none: every indicator is shown for {run.period.name}"
        return "\n".join(
            [
                "",
                f"reported   {counts.reported} observations in the extract: see navbook check {extract}",
                f"hidden     {counts.hidden} of {counts.rows} rows",
                f"missing    {counts.missing} rows with a month that the extract does not cover",
                f"older      {', '.join(older) or none}",
                f"private    {run.workspace.private} (true counts, calculation logs, withheld values)",
                f"edition    {run.edition}",
                f"site       {run.site / 'index.html'}",
            ]
        )
