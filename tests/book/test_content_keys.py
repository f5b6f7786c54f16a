"""Content keys: a page is run again only if something that it is made from has changed, and then always."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from editions import NORTH, SOUTH
from navbook.book.execution.execute_page import kernel_runtime
from navbook.book.execution.page_cache import PageCache
from navbook.book.execution.page_keys import page_keys
from navbook.book.execution.page_list import page_list
from navbook.book.execution.page_task import PageTask
from navbook.book.execution.run_pages import run_pages
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.site.build import build_book, source_date_epoch
from navbook.edition import Edition
from navbook.pages.chapters.plan import chapter_plan
from navbook.runtime import source_digest
from navbook.runtime.errors import PageFailed
from notebooks import GREETING, write_notebook

# a chapter reads what the page of the country reads
COUNTRY_PAGES = {"landet", *(f"kapittel/{chapter.id}" for chapter in chapter_plan())}
COUNTY_PAGES = {f"fylke/{NORTH}", f"fylke/{SOUTH}"}
OFFICE_PAGES = {f"kontor/900{n}" for n in range(1, 7)}
EVERY_UNIT_PAGE = COUNTRY_PAGES | COUNTY_PAGES | OFFICE_PAGES
# county and country stand beside the figures of each office
OFFICES_OF_NORTH = {f"kontor/900{n}" for n in range(1, 4)}


def keys(edition: Edition) -> dict[str, str]:
    """Page → content key."""
    tasks = page_list(edition)
    return dict(zip([task.name for task in tasks], page_keys(tasks, edition, 0), strict=True))


@pytest.fixture(scope="module")
def before(edition: Edition) -> dict[str, str]:
    return keys(edition)


@pytest.fixture
def changed(edition: Edition, before: dict[str, str], tmp_path: Path) -> Callable[..., set[str]]:
    """Change a copy of the edition; which pages have other keys than before."""

    def change(mend: Callable[[Path], None]) -> set[str]:
        folder = tmp_path / edition.folder.name
        shutil.copytree(edition.folder, folder)
        mend(folder)
        after = keys(Edition(folder))
        assert after.keys() == before.keys()
        return {page for page, key in after.items() if key != before[page]}

    return change


def in_tall(column: str, value: object, **key: str) -> Callable[[Path], None]:
    """Put `value` in a column of the one row of `tall` with this key."""

    def mend(folder: Path) -> None:
        table = pq.read_table(folder / "tall.parquet")
        frame = table.to_pandas()
        rows = pd.Series(True, index=frame.index)
        for name, wanted in key.items():
            rows &= frame[name] == wanted
        assert rows.sum() == 1
        frame.loc[rows, column] = value
        pq.write_table(
            pa.Table.from_pandas(frame, table.schema, preserve_index=False), folder / "tall.parquet"
        )

    return mend


def in_json(name: str, mend: Callable[[dict], None]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = json.loads((folder / name).read_text(encoding="utf-8"))
        mend(content)
        (folder / name).write_text(json.dumps(content), encoding="utf-8")

    return change


ROW = {"indikator": "ota_arbs", "gruppe": "alle", "periode": "2022"}


@pytest.mark.parametrize(
    ("enhet", "pages"),
    [
        ("9001", {"kontor/9001", f"fylke/{NORTH}", "indikator/ota_arbs"}),
        ("9783", {f"fylke/{NORTH}", "indikator/ota_arbs"}),
        (NORTH, COUNTRY_PAGES | OFFICES_OF_NORTH | {f"fylke/{NORTH}", "indikator/ota_arbs"}),
        (
            "0000",
            COUNTRY_PAGES | OFFICE_PAGES | {f"fylke/{NORTH}", f"fylke/{SOUTH}", "indikator/ota_arbs"},
        ),
    ],
    ids=["an office", "a unit without a page", "a county", "the country"],
)
def test_one_number_concerns_its_unit_the_unit_above_and_its_indicator(
    changed: Callable[..., set[str]], enhet: str, pages: set[str]
) -> None:
    if enhet == "9783":  # shown with the county's other units of its kind
        enhet = f"{NORTH}S"
    assert changed(in_tall("ovre", 0.987654, enhet=enhet, **ROW)) == pages


@pytest.mark.parametrize("column", ["x", "n", "verdi", "status", "vurdering", "krav", "forelopig", "metode"])
def test_every_column_counts(changed: Callable[..., set[str]], column: str) -> None:
    other = {"status": "skjult", "vurdering": "for_fa", "forelopig": True, "metode": "annen"}
    concerned = changed(in_tall(column, other.get(column, 0.987654), enhet="9004", **ROW))
    assert concerned == {"kontor/9004", f"fylke/{SOUTH}", "indikator/ota_arbs"}


def test_a_comment_concerns_its_office_only(changed: Callable[..., set[str]]) -> None:
    assert changed(in_json("kommentarer.json", lambda all_: all_.update({"9002": "Nytt"}))) == {"kontor/9002"}


def test_the_letters_words_concern_unit_pages_and_the_indicators_they_are_about(
    changed: Callable[..., set[str]],
) -> None:
    def reword(krav: dict) -> None:
        row = next(row for row in krav["rader"] if row["id"] == "SP02")
        row["ordlyd"] += " (endret)"

    assert changed(in_json("krav.json", reword)) == EVERY_UNIT_PAGE | {"indikator/ota_nedsatt"}


def test_the_period_an_indicator_shows_concerns_unit_pages_and_its_own(
    changed: Callable[..., set[str]],
) -> None:
    def older(manifest: dict) -> None:
        manifest["perioder"]["portefolje"]["vist"] = "2021"

    assert changed(in_json("utgave.json", older)) == EVERY_UNIT_PAGE | {"indikator/portefolje"}


def test_bookkeeping_of_the_manifest_concerns_no_page(changed: Callable[..., set[str]]) -> None:
    def other_files(manifest: dict) -> None:
        manifest["filer"]["tall.csv"] = manifest["uttrekk_hmac"]["person"] = "0" * 64

    assert changed(in_json("utgave.json", other_files)) == set()


def test_an_offices_name_concerns_the_pages_that_name_it(
    changed: Callable[..., set[str]], before: dict[str, str]
) -> None:
    def rename(folder: Path) -> None:
        text = (folder / "enheter.csv").read_text(encoding="utf-8")
        (folder / "enheter.csv").write_text(text.replace("NAV Elvemo", "NAV Elvemoen"), encoding="utf-8")

    indicators = {page for page in before if page.startswith("indikator/")}
    assert changed(rename) == indicators | {"kontor/9005", f"fylke/{SOUTH}"}


@pytest.mark.parametrize("name", ["definisjoner.json", "hendelser.csv", "krav.json", "utgave.json"])
def test_what_every_page_reads_concerns_every_page(
    changed: Callable[..., set[str]], before: dict[str, str], name: str
) -> None:
    words = {
        "definisjoner.json": ('"navn": "', '"navn": "Ny '),
        "hendelser.csv": ("2020-03", "2020-04"),
        "krav.json": ('"datert": "2022', '"datert": "2023'),
        "utgave.json": ('"kilde": "', '"kilde": "Ny '),
    }

    def mend(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert words[name][0] in text
        (folder / name).write_text(text.replace(*words[name], 1), encoding="utf-8")

    assert changed(mend) == set(before)


# ---- the source that a key rests on


def small_package(folder: Path) -> Path:
    """A package in which `pages` imports `edition`, and neither imports `gate`."""
    for name, text in {
        "__init__.py": "",
        "pages/__init__.py": "from navbook.edition import read\n",
        "pages/skjema.json": "{}",
        "edition/__init__.py": "",
        "edition/read.py": "def tall():\n    import navbook.runtime.periods\n",
        "runtime/__init__.py": "",
        "runtime/periods.py": "",
        "gate.py": "import navbook.pages\n",
    }.items():
        path = folder / "navbook" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "concerned"),
    [
        ("pages/__init__.py", True),
        ("pages/skjema.json", True),
        ("edition/read.py", True),
        ("runtime/periods.py", True),
        ("gate.py", False),
    ],
)
def test_a_key_rests_on_the_source_that_is_imported_near_or_far(
    tmp_path: Path, file: str, concerned: bool
) -> None:
    digests = []
    for place, added in (("for", ""), ("etter", " ")):
        source = small_package(tmp_path / place)
        path = source / "navbook" / file
        path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
        digests.append(source_digest("navbook.pages", source=source))
    assert (digests[0] != digests[1]) == concerned


# ---- pages that are kept


@pytest.fixture
def greeting(tmp_path: Path) -> Path:
    return write_notebook(tmp_path / "kontor.ipynb", GREETING)


def tasks_of(notebook: Path, offices: list[str]) -> list[PageTask]:
    return [PageTask(notebook, Path("kontor", f"{n}.ipynb"), {"enhet": n}, f"NAV {n}") for n in offices]


def drawn(notebook: Path, offices: list[str], edition: Edition, folder: Path, cache: PageCache) -> list[str]:
    """Draw the pages in `folder`; the names of those that had to be run."""
    settings = ExecutionSettings(
        edition_root=edition.folder.parent, source_date_epoch=source_date_epoch(edition)
    )
    ran = run_pages(tasks_of(notebook, offices), edition, folder, cache, settings=settings, workers=1)
    return [task.out.stem for task in ran]


def test_an_unchanged_page_is_fetched_with_the_same_bytes(
    greeting: Path, edition: Edition, tmp_path: Path
) -> None:
    cache = PageCache(tmp_path / "sider")
    assert drawn(greeting, ["9001", "9002"], edition, tmp_path / "a", cache) == ["9001", "9002"]
    assert drawn(greeting, ["9001", "9002", "9004"], edition, tmp_path / "b", cache) == ["9004"]
    for office in ("9001", "9002"):
        page = Path("kontor", f"{office}.ipynb")
        assert (tmp_path / "a" / page).read_bytes() == (tmp_path / "b" / page).read_bytes()


def test_a_changed_notebook_is_run_again(greeting: Path, edition: Edition, tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "sider")
    drawn(greeting, ["9001"], edition, tmp_path / "a", cache)
    write_notebook(greeting, GREETING.replace("Enhet", "Kontor"))
    assert drawn(greeting, ["9001"], edition, tmp_path / "b", cache) == ["9001"]
    assert "Kontor 9001" in (tmp_path / "b" / "kontor" / "9001.ipynb").read_text(encoding="utf-8")


def test_after_a_failure_the_next_run_goes_on_from_what_was_done(edition: Edition, tmp_path: Path) -> None:
    failing = write_notebook(tmp_path / "kontor.ipynb", f'{GREETING}\nassert enhet != "9002"')
    cache = PageCache(tmp_path / "sider")
    with pytest.raises(PageFailed, match="1 of 3 pages failed"):
        drawn(failing, ["9001", "9002", "9004"], edition, tmp_path / "a", cache)
    with pytest.raises(PageFailed, match="1 of 1 pages failed"):
        drawn(failing, ["9001", "9002", "9004"], edition, tmp_path / "b", cache)


# ---- the book


def site_bytes(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def test_a_book_built_on_from_the_last_one_has_the_bytes_of_a_fresh_one(
    edition: Edition, executed: Path, tmp_path: Path
) -> None:
    bench, out = tmp_path / "benk", tmp_path / "html"
    build_book(edition, executed, out, build_dir=bench)
    pages, folder = tmp_path / "sider", tmp_path / edition.folder.name
    shutil.copytree(executed, pages)
    page = pages / "kontor" / "9002.ipynb"
    page.write_text(page.read_text(encoding="utf-8").replace("Hva tallene ikke sier", "Hva ingen tall sier"))
    shutil.copytree(edition.folder, folder)
    in_json("kommentarer.json", lambda words: words.update({"9002": "Nytt"}))(folder)
    other = pages / "kontor" / "9004.ipynb"
    other.write_text(other.read_text(encoding="utf-8").replace("nb-navnelinje", "nb-linje"), encoding="utf-8")

    def written_at(name: str) -> int:
        return (bench / "html" / name).stat().st_mtime_ns

    for change in ("a title", "a text", "a download"):
        if change == "a download":
            in_json("kommentarer.json", lambda words: words.update({"9002": "Enda nyere"}))(folder)
        if change == "a text":
            page.write_text(
                page.read_text(encoding="utf-8").replace("gjort annerledes", "gjort på nytt"),
                encoding="utf-8",
            )
        untouched = written_at("kontor/9001.html")
        build_book(Edition(folder), pages, out, build_dir=bench)
        assert (written_at("kontor/9001.html") == untouched) == (change != "a title")
        fresh = build_book(Edition(folder), pages, tmp_path / "fersk")
        assert site_bytes(out) == site_bytes(fresh)


HELD = """
import psutil
from navbook.edition import preload_editions, read_edition

preload_editions()
held = read_edition("2022")
held.tall, held.units_with_figures
print(read_edition("2022") is held, psutil.Process().num_threads())
"""


def test_the_warm_process_holds_the_edition_and_starts_no_thread_for_it(edition: Edition) -> None:
    """A thread would be lost in the kernels that are forked from it, with whatever it holds."""
    with kernel_runtime(ExecutionSettings(edition_root=edition.folder.parent)):
        told = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "1"]
