"""The command line: parses arguments and calls the pipeline."""

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from navbook import __version__
from navbook.cli.reported_errors import command
from navbook.runtime import atomic_write
from navbook.runtime.engines import DEFAULT as DEFAULT_ENGINE
from navbook.runtime.engines import ENGINES
from navbook.runtime.errors import InvalidExtract, UsageError

FOLDER = click.Path(path_type=Path)
LEDGER = "The ledger of earlier releases (utgitt.parquet in the folder of publish)."
ENGINE = "The engine that counts; spark is an optional extra (docs/how-to/spark.md)."
REPORT_KEYS = ("extract", "ok", "rows", "problems", "reported")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__)
def main() -> None:
    """From an extract of follow-up data to a published book of NAV's styringsparametere.

    Exit codes: 0 done, 1 a fault in navbook or a full disk, 2 wrong use, 3 the extract is invalid, 4 a page
    failed, 5 disclosure control refused, 6 the target of publish is not usable, 130 interrupted.
    """
    # A umask that takes the owner's own access away would leave folders that the next run cannot read.
    os.umask(os.umask(0o077) & 0o077)


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option(
    "--offices", type=click.IntRange(1, 900), default=40, show_default=True, help="Number of offices."
)
@click.option(
    "--people", type=click.IntRange(1), default=None, help="Number of people (default: follows the offices)."
)
@click.option(
    "--fom", "first", default="2019-01", show_default=True, metavar="YYYY-MM", help="First countable month."
)
@click.option(
    "--tom", "last", default="2022-12", show_default=True, metavar="YYYY-MM", help="Last countable month."
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed gives the same rows."
)
@click.option(
    "--omrade", "area", default=None, help="Name of the part of the country (default: the whole country)."
)
@command
def demo(
    folder: Path, offices: int, people: int | None, first: str, last: str, seed: int, area: str | None
) -> None:
    """Make a synthetic extract with known truths (in DIR/fasit)."""
    from navbook.cli.commands import demo as make

    click.echo(make(folder, offices=offices, people=people, first=first, last=last, seed=seed, area=area))


@main.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@command
def ny(folder: Path) -> None:
    """Make a project folder of your own, whose files override those that navbook brings."""
    from navbook.run.new_project import new_project

    click.echo(new_project(folder))


@main.command()
@click.argument("extract", type=FOLDER)
@click.option(
    "--json", "as_json", type=FOLDER, default=None, metavar="FILE", help="Also write the report (private)."
)
@command
def check(extract: Path, as_json: Path | None) -> None:
    """Validate an extract and list every problem."""
    from navbook.extract import check_extract
    from navbook.extract.report import render

    if as_json:
        from navbook.run.targets import refuse_foreign_report

        refuse_foreign_report(as_json, REPORT_KEYS, "--json")
    report = check_extract(extract)
    click.echo(render(report))
    if as_json:
        with atomic_write(as_json) as unfinished:
            text = json.dumps(report.as_dict(), ensure_ascii=False, indent=2)
            unfinished.write_text(f"{text}\n", encoding="utf-8")
    if not report.ok:
        sys.exit(InvalidExtract.exit_code)


@main.command()
@click.option("--norg2", "export", type=FOLDER, required=True, metavar="FILE", help="A NORG2 export in JSON.")
@click.option(
    "--out",
    type=FOLDER,
    default=None,
    metavar="DIR/kontor.csv",
    help="A new file, or a folder to write kontor.csv in  [default: the terminal]",
)
@command
def kontor(export: Path, out: Path | None) -> None:
    """Convert a NORG2 export to the table kontor: local offices and special units.

    Exit codes: 2 the file is not a NORG2 export or --out exists already, 3 a unit has no county.
    """
    from navbook.cli.commands import kontor as make

    click.echo(make(export, out), err=out is None)


@main.command()
@click.argument("extract", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, metavar="FILE", help="Parquet file to write (private).")
@click.option("--office", "offices", multiple=True, metavar="NR", help="Only this office (may be repeated).")
@click.option("--tom", default=None, metavar="YYYY-MM", help="No month after this one.")
@click.option("--engine", type=click.Choice(ENGINES), default=DEFAULT_ENGINE, show_default=True, help=ENGINE)
@command
def count(extract: Path, out: Path, offices: tuple[str, ...], tom: str | None, engine: str) -> None:
    """Count every indicator per office and month (private: true counts)."""
    from navbook.cli.commands import count as make

    click.echo(make(extract, out, offices=offices, tom=tom, engine=engine))


@main.command()
@click.argument("extract", type=FOLDER)
@click.option("--period", required=True, metavar="P", help="2022, 2022-T1, 2022-03 or 2021-07..2022-06.")
@click.option(
    "--out", type=FOLDER, default=None, metavar="DIR", help="Folder for the site  [default: _build/html]"
)
@click.option(
    "--office", "offices", multiple=True, metavar="NR", help="Make only this office's page (may be repeated)."
)
@click.option(
    "--workers", type=click.IntRange(1, 256), default=None, help="Processes that make pages  [default: cores]"
)
@click.option(
    "--scheduler",
    default=None,
    metavar="ADDRESS",
    help="Make pages on a Dask cluster, such as tcp://host:8786.",
)
@click.option("--engine", type=click.Choice(ENGINES), default=DEFAULT_ENGINE, show_default=True, help=ENGINE)
@click.option(
    "--profile",
    type=click.Choice(["nav", "streng"]),
    default="nav",
    show_default=True,
    help="Suppress counts below 4 (nav) or below 10 (streng).",
)
@click.option(
    "--kernel",
    type=click.Choice(["warm", "standard"]),
    default="warm",
    show_default=True,
    help="Fork kernels from a warm process, or start each from scratch.",
)
@click.option("--ledger", type=FOLDER, default=None, metavar="FILE", help=LEDGER)
@command
def build(**request: Any) -> None:
    """Build the complete book: check, count, estimate, gate, pages, site and audit."""
    from navbook.pipeline import build as make
    from navbook.run.build_run import BuildRequest

    # The imported modules stay until the end, so the garbage collector need not examine them.
    gc.freeze()
    try:
        click.echo(make(BuildRequest(**request)))
    finally:
        gc.unfreeze()


@main.command()
@click.argument("site", type=FOLDER)
@click.option(
    "--counts", type=FOLDER, required=True, metavar="FILE", help="The private counts of that edition."
)
@click.option("--ledger", type=FOLDER, default=None, metavar="FILE", help=LEDGER)
@command
def audit(site: Path, counts: Path, ledger: Path | None) -> None:
    """Search the published bytes for every withheld value, and try to compute them from the tables."""
    from navbook.cli.commands import audit as look

    click.echo(look(site, counts, ledger))


@main.command()
@click.argument("site", type=FOLDER, required=False)
@click.option(
    "--to", "target", type=FOLDER, required=True, metavar="DIR", help="DIR/<period>/ and DIR/siste."
)
@click.option("--rollback", is_flag=True, help="Point DIR/siste to the edition before the present one.")
@command
def publish(site: Path | None, target: Path, rollback: bool) -> None:
    """Publish a built site as an edition, atomically; older editions are kept."""
    from navbook.cli.commands import publish as put

    if (site is None) != rollback:
        raise UsageError("Give either a SITE to publish or --rollback, not both.")
    click.echo(put(site, target))


@main.command()
@click.argument("edition_a", type=FOLDER, metavar="UTGAVE_A")
@click.argument("edition_b", type=FOLDER, metavar="UTGAVE_B")
@command
def compare(edition_a: Path, edition_b: Path) -> None:
    """List the published numbers that changed between two editions."""
    from navbook.cli.commands import compare as revisions

    click.echo(revisions(edition_a, edition_b))


@main.command("nytt-aar")
@click.argument("year", type=click.IntRange(2000, 2100), metavar="YEAR")
@command
def nytt_aar(year: int) -> None:
    """Write the letter file of a new year from last year's, and list what must be decided."""
    from navbook.cli.commands import new_letter

    click.echo(new_letter(year))


@main.command()
@click.argument("edition", type=FOLDER, metavar="UTGAVE")
@click.option(
    "--office",
    "offices",
    multiple=True,
    required=True,
    metavar="NR",
    help="Made the change (may be repeated).",
)
@click.option("--date", required=True, metavar="YYYY-MM", help="The first month with the change.")
@click.option("--indicator", required=True, metavar="ID", help="A share, such as ota_arbs.")
@click.option("--group", default="alle", show_default=True, metavar="ID", help="A group of the indicator.")
@click.option(
    "--compare",
    "others",
    multiple=True,
    metavar="NR",
    help="Compare with this office (may be repeated)  [default: the similar offices]",
)
@click.option("--window", type=int, default=12, show_default=True, help="Months before and after the date.")
@click.option(
    "--out", type=FOLDER, default=None, metavar="FILE", help="Write a page: .html, or .md with .svg."
)
@click.option(
    "--plan",
    type=FOLDER,
    default=None,
    metavar="FILE",
    help="Add the answer to the office's plan, planer/<enhetsnr>.md.",
)
@command
def gevinst(edition: Path, out: Path | None, plan: Path | None, **question: Any) -> None:
    """Compare an office before and after a change with other offices, from the published numbers."""
    from navbook.cli.commands import change_effect

    click.echo(change_effect(edition, out=out, plan=plan, **question))
