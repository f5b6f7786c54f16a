"""Each command's promises and each exit code, provoked from the command line on small counts."""

import html
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from extracts import write_extract
from navbook import pipeline
from navbook.book.execution.page_task import PageTask
from navbook.book.site.site_manifest import read_site_manifest, write_site_manifest
from navbook.cli import main
from navbook.runtime.paths import NOTEBOOKS
from navbook.runtime.periods import month_range
from whole_way import done, manifest_of, navbook, prints, refused, texts

pytestmark = pytest.mark.slow

COUNTIES = {"9001": "9700", "9002": "9700", "9003": "9700", "9004": "9800", "9005": "9800"}
HOSTILE = "<img src=x onerror=alert(1)> {{ periode }} [x](javascript:alert(2))"
SERIES = (("ota_arbs", "alle"), ("u30_aktivitet", "BATT"))


def small_counts(folder: Path, more: float = 0.0) -> Path:
    """Five offices in two counties, two series, every month of 2020 to 2022; `more` is added to one count."""
    kontor = [
        {
            "enhetsnr": number,
            "navn": HOSTILE if number == "9001" else f"NAV Prøve {number}",
            "fylke_enhetsnr": county,
            "fylke_navn": f"Fylke {county}",
        }
        for number, county in COUNTIES.items()
    ]
    tellinger = [
        {
            "indikator": indikator,
            "gruppe": gruppe,
            "enhetsnr": number,
            "maned": month,
            "x": 40 + k,
            "n": 90 + 10 * k,
        }
        for indikator, gruppe in SERIES
        for k, number in enumerate(COUNTIES)
        for month in month_range("2020-01", "2022-12")
    ]
    tellinger[-1]["x"] += more
    return write_extract(folder, {"kontor": kontor, "tellinger": tellinger})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the book of 2022 was built of the small counts, with one office drawn."""
    folder = tmp_path_factory.mktemp("kommandoer")
    done("build", small_counts(folder / "uttrekk"), "--period", "2022", "--office", "9001", cwd=folder)
    (folder / "uttrekk.fil").touch()
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Path:
    return folder / "_build" / "html"


# ---- periods: counts only, the whole way


# years are built by the fixtures of many tests, and a tertial by that of a new letter
@pytest.mark.parametrize("period", ["2022-03", "2021-07..2022-06"])
def test_a_month_and_a_rolling_year_give_a_book(period: str, folder: Path, tmp_path: Path) -> None:
    done("build", folder / "uttrekk", "--period", period, "--office", "9001", cwd=tmp_path)
    assert manifest_of(tmp_path / "utgaver" / period)["periode"] == period
    assert manifest_of(tmp_path / "_build" / "html" / "data")["periode"] == period


def test_a_name_is_shown_as_it_is_written_and_never_run(site: Path) -> None:
    """Names come from the extract: no page, and no hit of the search, may take one for markup."""
    for place, text in texts(site):
        if place.endswith((".html", "searchindex.js")) and not place.startswith("_static/"):
            assert "<img src=x" not in text, place
            assert 'href="javascript' not in text, place
    page = (site / "kontor" / "9001.html").read_text(encoding="utf-8")
    assert f"<h1>{html.escape(HOSTILE, quote=False)}<" in page


# ---- exit codes


def test_help_names_every_command_and_every_exit_code(tmp_path: Path) -> None:
    told = done("--help", cwd=tmp_path)
    for name in ("demo", "check", "count", "build", "audit", "publish", "compare"):
        assert re.search(rf"^  {name}\b", told, re.MULTILINE), name
        assert "Usage:" in done(name, "--help", cwd=tmp_path)
    assert all(f"{code} " in told for code in range(7))


def test_exit_1_is_a_fault_of_navbook_with_a_traceback_only_on_request(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object, **__: object) -> None:
        raise RuntimeError("noe uventet")

    monkeypatch.setattr("navbook.cli.commands.check_extract", fault)
    arguments = ["count", str(folder / "uttrekk"), "--out", str(folder / "x.parquet")]
    short = CliRunner().invoke(main, arguments)
    assert short.exit_code == 1
    assert "noe uventet" in short.output
    assert "Traceback" not in short.output
    assert "Traceback" in CliRunner().invoke(main, [*arguments, "--debug"]).output


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "uttrekk"],
        ["build", "uttrekk", "--period", "i fjor"],
        ["build", "uttrekk", "--period", "2022-T4"],
        ["build", "uttrekk", "--period", "2022", "--out", "uttrekk/bok"],
        ["build", "uttrekk", "--period", "2022", "--out", "privat/bok"],
        ["build", "uttrekk", "--period", "2022", "--out", "."],
        ["build", "uttrekk", "--period", "2022", "--office", "0000"],
        ["count", "uttrekk", "--out", "ut.parquet", "--office", "0000"],
        ["count", "uttrekk", "--out", "ut.parquet", "--tom", "2022"],
        ["count", "uttrekk", "--out", "uttrekk/ut.parquet"],
        ["count", "uttrekk", "--out", "privat"],
        ["count", "uttrekk", "--out", "uttrekk.fil/ut.parquet"],
        ["check", "uttrekk", "--json", "finnes-ikke/rapport.json"],
        ["audit", "_build/html", "--counts", "finnes-ikke.parquet"],
        ["audit", "utgaver", "--counts", "privat/tellinger/2022.parquet"],
        ["publish", "--to", "ut"],
        ["publish", "uttrekk", "--to", "ut"],
        ["publish", "_build/html", "--to", "privat/ut"],
        ["compare", "2022", "1999"],
        ["mystisk"],
    ],
    ids=" ".join,
)
def test_exit_2_is_wrong_use_and_nothing_is_changed(
    arguments: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before = prints(folder / "uttrekk", folder / "_build", folder / "utgaver")
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2, result.output
    assert result.output
    assert "Traceback" not in result.output
    assert prints(folder / "uttrekk", folder / "_build", folder / "utgaver") == before
    assert not (folder / "ut.parquet").exists()


@pytest.mark.parametrize(
    "arguments", [["check"], ["build", "--period", "2022"], ["count", "--out", "ut.parquet"]]
)
def test_exit_3_is_an_extract_that_is_not_valid(arguments: list[str], tmp_path: Path) -> None:
    command, *rest = arguments
    (tmp_path / "tom").mkdir()
    result = navbook(command, "tom", *rest, cwd=tmp_path)
    assert result.returncode == 3
    assert "uttrekk.yml" in result.stdout + result.stderr
    broken = small_counts(tmp_path / "uttrekk", more=1_000)
    result = navbook(command, broken, *rest, cwd=tmp_path)
    assert result.returncode == 3
    assert "tellinger" in result.stdout + result.stderr
    assert not (tmp_path / "_build").exists()


def broken_notebook(path: Path) -> Path:
    """The office's notebook with a cell that fails."""
    notebook = nbformat.read(NOTEBOOKS / "sider" / "kontor.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(notebook, path)
    return path


def test_exit_4_lists_every_page_that_failed_and_the_old_site_stands(
    folder: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = broken_notebook(tmp_path / "kontor.ipynb")
    pages = pipeline.page_list

    def with_broken_offices(*arguments: object, **named: object) -> list[PageTask]:
        tasks = [task for task in pages(*arguments, **named) if task.notebook.stem == "kontor"]
        return [PageTask(broken, task.out, task.parameters, task.title) for task in tasks]

    monkeypatch.setattr(pipeline, "page_list", with_broken_offices)
    monkeypatch.chdir(folder)
    before = prints(site, folder / "utgaver")
    result = CliRunner().invoke(main, ["build", "uttrekk", "--period", "2022", "--workers", "2"])
    assert result.exit_code == 4, result.output
    for number in COUNTIES:
        assert f"kontor/{number}" in result.output
    assert "ZeroDivisionError" in result.output
    assert "Traceback" not in result.output
    assert prints(site, folder / "utgaver") == before


def test_exit_5_is_a_site_that_tells_too_much(site: Path, tmp_path: Path) -> None:
    tampered = shutil.copytree(site, tmp_path / "bok")
    page = tampered / "index.html"
    key = 'data-indikator="inkludering" data-gruppe="alle" data-enhet="9001" data-periode="2022"'
    text = page.read_text(encoding="utf-8").replace("</article>", f"<i {key}>17</i></article>")
    page.write_text(text, encoding="utf-8")
    with_hires = write_hires(tmp_path / "uttrekk")
    done("count", with_hires, "--out", "tellinger.parquet", cwd=tmp_path)
    message = refused(5, "audit", tampered, "--counts", "tellinger.parquet", cwd=tmp_path)
    assert "index.html" in message
    assert "inkludering/alle/9001/2022" in message


def write_hires(folder: Path) -> Path:
    """The small counts with hires, which no office may show."""
    extract = small_counts(folder)
    table = extract / "tellinger.csv"
    months = month_range("2022-01", "2022-12")
    rows = [f"inkludering;alle;9001;{month};{17 if month == '2022-04' else 0};40" for month in months]
    table.write_text(table.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    return extract


def test_exit_6_is_a_target_that_cannot_be_published_to(folder: Path, site: Path, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("opptatt", encoding="utf-8")
    assert "fil" in refused(6, "publish", site, "--to", tmp_path / "fil", cwd=folder)
    assert "roll back" in refused(6, "publish", "--rollback", "--to", tmp_path / "tom", cwd=folder)


# ---- publish and compare


def test_publish_puts_the_site_in_place_and_rolls_back(folder: Path, site: Path, tmp_path: Path) -> None:
    to = tmp_path / "ut"
    done("publish", site, "--to", to, cwd=folder)
    first = (to / "siste" / "index.html").read_bytes()
    assert (to / "2022" / "kontor" / "9001.html").is_file()
    changed = shutil.copytree(site, tmp_path / "bok")
    (changed / "index.html").write_text("rettet", encoding="utf-8")
    assert "index.html has been changed" in refused(6, "publish", changed, "--to", to, cwd=folder)
    manifest = read_site_manifest(site)
    assert manifest is not None
    write_site_manifest(changed, list(manifest.pages), manifest.withheld)
    done("publish", changed, "--to", to, cwd=folder)
    assert (to / "siste" / "index.html").read_text(encoding="utf-8") == "rettet"
    done("publish", "--rollback", "--to", to, cwd=folder)
    assert (to / "siste" / "index.html").read_bytes() == first


def test_compare_tells_which_published_numbers_changed(folder: Path, tmp_path: Path) -> None:
    assert "No published number" in done("compare", "2022", folder / "utgaver" / "2022", cwd=folder)
    changed = small_counts(tmp_path / "uttrekk", more=3)
    done("build", changed, "--period", "2022", "--office", "9001", cwd=tmp_path)
    told = done("compare", folder / "utgaver" / "2022", tmp_path / "utgaver" / "2022", cwd=tmp_path)
    assert "u30_aktivitet" in told
    assert "9005" in told
    assert "9001" not in told
    assert "ota_arbs" not in told
