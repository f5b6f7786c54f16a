"""Make the same book twice, in two copies of the project and unlike surroundings, and compare every byte.

`make reproduce` does it with 12 offices; OFFICES=66 PEOPLE=300000 for the size of `make report`; CLONES=1 in
two fresh clones of what is committed, in place of copies of what lies in the folder.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import click

PROJECT = Path(__file__).resolve().parents[2]
NEEDED = ("src", "data", "notebooks", "book", "_config.yml", "_toc.yml", "requirements.txt", "pyproject.toml")
NOT_NEEDED = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
GENERATED = Path("book", "sider")
EXTRACT = Path("privat", "uttrekk-demo")
COMPARED = (EXTRACT, Path("privat", "tellinger"), Path("utgaver"), Path("_build", "html"))
EXCERPT = 40


@dataclass(frozen=True)
class Surroundings:
    """Where and how a book is made; nothing of it may be seen in the book."""

    folder: str
    workers: int
    kernel: str
    umask: int
    environment: dict[str, str] = field(default_factory=dict)


ONE = Surroundings(
    folder="a",
    workers=1,
    kernel="warm",
    umask=0o022,
    environment={"TZ": "Europe/Oslo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
)
OTHER = Surroundings(
    folder="et annet sted/dypere",
    workers=2,
    kernel="standard",
    umask=0o077,
    environment={
        "TZ": "Pacific/Kiritimati",
        # Bytes, not UTF-8, for whoever opens a file without saying how it is written.
        "LC_ALL": "POSIX",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONHASHSEED": "2",
        "SOURCE_DATE_EPOCH": "1",
        "HOME": "hjem",
    },
)


@click.command()
@click.option("--offices", type=click.IntRange(1), default=12, show_default=True)
@click.option("--people", type=click.IntRange(1), default=None, help="Default: follows the offices.")
@click.option("--period", default="2022", show_default=True)
@click.option(
    "--keep", type=click.Path(path_type=Path), default=None, help="Make both books here, and leave them."
)
@click.option("--clones", is_flag=True, help="Two clones of what is committed, not copies of the folder.")
def main(offices: int, people: int | None, period: str, keep: Path | None, clones: bool) -> None:
    """Exit 1 names each file that differs."""
    with tempfile.TemporaryDirectory(prefix="navbook-") as temporary:
        folder = (keep or Path(temporary)).resolve()
        size = ["--offices", str(offices), *(["--people", str(people)] if people else [])]
        # Both from one moment's source, whatever happens to the project meanwhile.
        copied = clone_project if clones else copy_project
        copies = [copied(folder / each.folder / "navbook") for each in (ONE, OTHER)]
        # at the same time: each has work that only one core can do
        with ThreadPoolExecutor(2) as pool:
            made = [
                pool.submit(make_book, copy, how, size, period)
                for copy, how in zip(copies, (ONE, OTHER), strict=True)
            ]
        for book in made:
            book.result()
        files, size_in_bytes, different = compare(*copies)
    click.echo(f"compared {files} files, {size_in_bytes} bytes: extract, counts, edition and site")
    if different:
        click.echo("\n".join([f"{len(different)} differ:", *different]), err=True)
        sys.exit(1)
    click.echo("no byte differs")


def copy_project(target: Path) -> Path:
    """What a clone holds that a book is made of, at `target`."""
    target.mkdir(parents=True)
    for name in NEEDED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=NOT_NEEDED)
        else:
            shutil.copyfile(source, target / name)
    shutil.rmtree(target / GENERATED, ignore_errors=True)
    return target


def clone_project(target: Path) -> Path:
    """A fresh clone of what is committed, at `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(target)], check=True)
    return target


def make_book(project: Path, how: Surroundings, size: list[str], period: str) -> None:
    """The demo extract and its book, as `make report` makes them in a clone at `project`."""
    said = f"{how.workers} workers, {how.kernel} kernels, {how.environment}"
    click.echo(f"building in {project}: {said}", err=True)
    start = time.monotonic()
    kernel = ["--workers", str(how.workers), "--kernel", how.kernel]
    navbook(project, how, "demo", str(EXTRACT), *size)
    navbook(project, how, "build", str(EXTRACT), "--period", period, *kernel)
    click.echo(f"built in {time.monotonic() - start:.0f} s", err=True)


def navbook(project: Path, how: Surroundings, *arguments: str) -> None:
    """Run a command of this copy's navbook; ends everything if it fails."""
    environment = {**os.environ, **how.environment, "PYTHONPATH": str(project / "src")}
    if "HOME" in how.environment:
        home = project.parent / how.environment["HOME"]
        home.mkdir(exist_ok=True)
        environment["HOME"] = str(home)
    command = [sys.executable, "-m", "navbook.cli", *arguments]
    ended = subprocess.run(command, cwd=project, env=environment, umask=how.umask, check=False)
    if ended.returncode:
        sys.exit(f"navbook {' '.join(arguments)} ended with {ended.returncode} in {project}")


def compare(one: Path, other: Path) -> tuple[int, int, list[str]]:
    """How many files and bytes were compared, and a line for each file that is not the same in both."""
    here, there = files(one), files(other)
    different = [f"  {name}: only in {one}" for name in sorted(here.keys() - there.keys())]
    different += [f"  {name}: only in {other}" for name in sorted(there.keys() - here.keys())]
    size = 0
    for name in sorted(here.keys() & there.keys()):
        ours, theirs = here[name].read_bytes(), there[name].read_bytes()
        size += len(ours)
        if ours != theirs:
            different.append(f"  {name}: {first_difference(ours, theirs)}")
    return len(here), size, different


def files(project: Path) -> dict[str, Path]:
    """Every file of the extract, the counts, the editions and the site, by its place in the project."""
    return {path.relative_to(project).as_posix(): path for path in _walk(project)}


def _walk(project: Path) -> Iterator[Path]:
    for folder in COMPARED:
        found = [path for path in (project / folder).rglob("*") if path.is_file()]
        if not found:
            sys.exit(f"{project / folder} holds no file: there is nothing to compare")
        yield from found


def first_difference(ours: bytes, theirs: bytes) -> str:
    """The byte where two files part, and what stands there."""
    shorter = min(len(ours), len(theirs))
    place = next((n for n in range(shorter) if ours[n] != theirs[n]), shorter)
    around = slice(max(0, place - EXCERPT // 2), place + EXCERPT)
    return f"from byte {place}: {ours[around]!r} and {theirs[around]!r}"


if __name__ == "__main__":
    main()
