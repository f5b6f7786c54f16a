"""The site that the tests of this folder look at: one small edition, built once."""

import json
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from processes import MARK, settled

from editions import make_small_edition
from navbook.book.execution.page_list import page_list
from navbook.book.execution.run_tasks import run_tasks
from navbook.book.execution.settings import ExecutionSettings
from navbook.book.site.build import build_book, source_date_epoch
from navbook.edition import Edition
from navbook.edition.schema import MANIFEST
from navbook.edition.write import write_json
from navbook.runtime import file_digest

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Two counties, six offices, one of them too small to show; another was merged into NAV Byhavn."""
    folder = make_small_edition(tmp_path_factory.mktemp("utgaver"))
    with (folder / "enheter.csv").open("a", encoding="utf-8", newline="") as register:
        register.write("9011;kontor;NAV Pilevoll;9800;2006-01-01;2021-06-30;9004;\r\n")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["filer"]["enheter.csv"] = file_digest(folder / "enheter.csv")
    write_json(manifest, folder / MANIFEST)
    return Edition(folder)


@pytest.fixture(scope="session")
def executed(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the edition's executed pages."""
    folder = tmp_path_factory.mktemp("sider")
    settings = ExecutionSettings(
        edition_root=edition.folder.parent, source_date_epoch=source_date_epoch(edition)
    )
    run_tasks(page_list(edition), folder, workers=2, settings=settings)
    return folder


@pytest.fixture(scope="session")
def site(edition: Edition, executed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    return build_book(edition, executed, tmp_path_factory.mktemp("bok") / "html")


@pytest.fixture
def nothing_outlives_the_run(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test's run has started, kernels of kernels too, inherits a mark, and is gone afterwards."""
    mark = uuid.uuid4().hex
    monkeypatch.setenv(MARK, mark)
    yield
    assert settled(mark) == []


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Path]:
    """Every page of the site."""
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, in a new empty profile."""
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing: run tests/book/install_chromium.sh"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
