"""The commands other than `build`: one function each, which returns the text that is printed."""

import csv
import sys
from pathlib import Path
from typing import TextIO

import click
import pyarrow.parquet as pq

from navbook import indicators
from navbook.book.release.publish import publish as publish_site
from navbook.book.release.publish import rollback
from navbook.disclosure import audit_site, boilerplate_numbers, refuse_findings
from navbook.edition import Edition, read_edition
from navbook.edition import compare as revisions
from navbook.edition.ledger import no_releases, read_ledger
from navbook.extract import check_extract, open_extract
from navbook.extract.demo import make_demo
from navbook.extract.norg2 import OfficeRow, kontor_lines, office_register, read_norg2
from navbook.gate.reconstruct import refuse_disclosed_by_releases, withheld_behind
from navbook.letters import write_new_letter
from navbook.run.targets import refuse_foreign_table, refuse_unknown_offices
from navbook.run.workspace import Workspace, refuse_inside
from navbook.runtime import atomic_write
from navbook.runtime.engines import refuse_missing
from navbook.runtime.errors import UsageError
from navbook.runtime.periods import parse_month

COUNT_COLUMNS = ("indikator", "gruppe", "enhetsnr", "maned", "x", "n", "forelopig")
DAILY_COLUMNS = ("enhetsnr", "maned", "dag")


def demo(
    folder: Path,
    *,
    offices: int,
    people: int | None,
    first: str,
    last: str,
    seed: int,
    area: str | None = None,
) -> str:
    """Make a synthetic extract; returns a summary."""
    with click.progressbar(length=1, label="people", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        made = make_demo(
            folder,
            offices=offices,
            people=people,
            fom=first,
            tom=last,
            seed=seed,
            area=area,
            progress=progress,
        )
    return (
        f"{made.folder}: {made.offices} invented offices in {made.counties} counties, "
        f"{made.people} synthetic people, {sum(made.rows.values())} rows, "
        f"known from {made.dekker_fom} to {made.dekker_tom}"
    )


def kontor(export: Path, out: Path | None) -> str:
    """Write the table `kontor` of a NORG2 export, to the terminal without `out`; returns a summary."""
    made = office_register(read_norg2(export))
    target = out / "kontor.csv" if out and out.is_dir() else out
    if target and target.exists():
        raise UsageError(f"--out {target} exists already: name a new file, or move the old one away")
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
    if target:
        with atomic_write(target) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
            _write_kontor(made.rows, file)
    else:
        _write_kontor(made.rows, sys.stdout)
    lines = [f"{target or 'kontor'}: {len(made.rows)} rows"]
    if made.left_out:
        lines.append(f"left out, since the export has no validity dates for them: {', '.join(made.left_out)}")
    if made.unnamed:
        lines.append(f"regions without a name in the export (fill in fylke_navn): {', '.join(made.unnamed)}")
    if made.without_successor:
        closed = ", ".join(made.without_successor)
        lines.append(f"closed without a successor (fill in etterfolger where they were merged): {closed}")
    return "\n".join(lines)


def _write_kontor(rows: list[OfficeRow], file: TextIO) -> None:
    csv.writer(file, delimiter=";", lineterminator="\n").writerows(kontor_lines(rows))


def count(extract: Path, out: Path, *, offices: tuple[str, ...], tom: str | None, engine: str) -> str:
    """Check and count an extract, with the day-by-day table of the young; returns the number of rows."""
    refuse_missing(engine)
    if tom is not None:
        parse_month(tom)
    refuse_inside(out, "--out", extract)
    if out.is_dir():
        raise UsageError(f"--out {out} is a folder: give the name of a Parquet file")
    refuse_foreign_table(out, COUNT_COLUMNS, "--out")
    refuse_foreign_table(out.with_name(f"{out.stem}_forlop.parquet"), DAILY_COLUMNS, "next to --out:")
    check_extract(extract).raise_if_invalid()
    with open_extract(extract, engine) as opened:
        refuse_unknown_offices(offices, opened.register.offices)
        table = indicators.count(opened, tom=tom, offices=offices or None)
        days = indicators.forlop(opened, tom=tom, offices=offices or None)
    indicators.write_counts(table, out)
    daily = indicators.write_forlop(days, out)
    return f"{out}: {table.num_rows} rows, {daily.name}: {days.num_rows} rows (true counts: private)"


def audit(site: Path, counts: Path, ledger: Path | None = None) -> str:
    """Reconstruct the withheld values of a site, search its bytes for them, and attack its tables together
    with those of the `ledger`; raises DisclosureRefused.
    """
    edition = Edition(site / "data")
    try:
        table = pq.read_table(counts).to_pandas()
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{counts} cannot be read as a count table: give the file that navbook count wrote"
        ) from error
    released = read_ledger(ledger) if ledger else no_releases()
    # The attack comes first: an edition made without the ledger may show what would be withheld with it.
    rows = refuse_disclosed_by_releases(edition, table, released)
    withheld = withheld_behind(edition, table, released)
    refuse_findings(audit_site(site, withheld, boilerplate_numbers()))
    return f"{site}: none of {len(withheld)} withheld values can be read, and none of {rows} rows computed"


def publish(site: Path | None, target: Path) -> str:
    """Publish a site, or roll back if there is none; returns what readers now see."""
    Workspace().refuse_overlap(target, "--to")
    folder = rollback(target) if site is None else publish_site(site, target)
    return f"{target / 'siste'} now shows {folder}"


def compare(first: Path, second: Path) -> str:
    """The published numbers that changed between two editions, each given by folder or by name."""
    table = revisions(_edition(first), _edition(second))
    return "No published number changed." if table.empty else table.to_string(index=False)


def change_effect(
    edition: Path,
    *,
    offices: tuple[str, ...],
    date: str,
    indicator: str,
    group: str,
    others: tuple[str, ...],
    window: int,
    out: Path | None,
    plan: Path | None,
) -> str:
    """The answer of a change analysis as Markdown; `out` makes it a page, `plan` adds it to that plan."""
    from navbook.pages.change_effect import add_to_plan, gevinst, write_answer

    answer = gevinst(_edition(edition), offices, date, indicator, group, others, window)
    if out is None and plan is None:
        return answer.markdown
    written = [] if out is None else write_answer(answer, out)
    written += [] if plan is None else [add_to_plan(answer, plan)]
    return f"{answer.headline}\n{', '.join(map(str, written))}"


def _edition(given: Path) -> Edition:
    return Edition(given) if given.is_dir() else read_edition(str(given))


def new_letter(year: int) -> str:
    """Write the letter file of a year from the letter before; lists what must be decided."""
    path, before, undecided = write_new_letter(year)
    lines = "\n".join(f"  {line}" for line in undecided)
    return (
        f"{path}: made from the letter for {before}. A build names on every page what is still marked "
        f"uavklart.\nDecide {len(undecided)} things:\n{lines}"
    )
