"""Links where navbook writes: refused before anything is written, and what they lead to is left alone."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sites import make_site

from extracts import write_extract
from navbook.book.release.history import HISTORY, VERSIONS
from navbook.book.release.publish import publish, rollback
from navbook.book.release.target import LOCK
from navbook.book.site.stored_pages import RECORD, refuse_own_pages, stored_pages
from navbook.cli import main
from navbook.edition import Edition
from navbook.edition.ledger import FILE as LEDGER
from navbook.run.build_run import BuildRequest, start_run
from navbook.run.workspace import Workspace
from navbook.runtime import TempDir, exclusive_lock, json_digest
from navbook.runtime.errors import TargetUnusable, UsageError
from whole_way import prints

OFFICE = {"enhetsnr": "9001", "navn": "NAV Storvik", "fylke_enhetsnr": "9700", "fylke_navn": "NAV Nord"}
COUNT = {"indikator": "ota_arbs", "gruppe": "alle", "enhetsnr": "9001", "maned": "2022-01", "x": 5, "n": 9}
THESIS = "min avhandling"


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """An extract of counts with one office."""
    return write_extract(tmp_path / "uttrekk", {"kontor": [OFFICE], "tellinger": [COUNT]})


@pytest.fixture
def workspace(tmp_path: Path, extract: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a build has begun once."""
    folder = tmp_path / "arbeid"
    folder.mkdir()
    monkeypatch.chdir(folder)
    begin(extract)
    return folder


def begin(extract: Path) -> None:
    with start_run(BuildRequest(extract, "2022-01")) as run:
        run.page_cache.get_or_write("a" * 64, lambda: b"side")
        for part in ("cache", "tellinger", "beregning", "revisjon"):
            run.workspace.make_private(part)


def elsewhere(folder: Path) -> Path:
    """What the user has in another place: a folder and a file."""
    (folder / "annet").mkdir()
    (folder / "annet" / "avhandling.tex").write_text(THESIS, encoding="utf-8")
    return folder / "annet"


@pytest.mark.parametrize(
    "place",
    ["privat", "privat/cache", "privat/tellinger", "privat/beregning", "privat/revisjon", "utgaver", "_build",
     "_build/.sider", "_build/.bok", "utgaver/2022-01"],
)  # fmt: skip
@pytest.mark.parametrize("to", ["navbook", "user"])
def test_a_folder_of_a_build_that_is_a_link_is_refused(
    place: str, to: str, extract: Path, workspace: Path, tmp_path: Path
) -> None:
    """It may lead to the folder of another project, which the lock does not protect, or to the user's."""
    other = elsewhere(tmp_path)
    link = workspace / place
    if to == "navbook" and link.exists():
        other = link.rename(tmp_path / "et-annet-prosjekt")
    elif link.exists():
        link.rename(tmp_path / "flyttet")
    link.symlink_to(other)
    before = prints(tmp_path)
    result = CliRunner().invoke(main, ["build", str(extract), "--period", "2022-01"])
    assert result.exit_code == 2, result.output
    assert f"{link} is a link" in result.output
    assert result.output.count("\n") == 1
    assert prints(tmp_path) == before


@pytest.mark.parametrize(
    "place",
    ["privat/.navbook.las", "privat/.navbook", "privat/revisjon/2022-01.parquet",
     "privat/revisjon/2022-01-vern.csv", "privat/tellinger/aap_26u_utelatt.parquet",
     f"_build/.sider/{'a' * 64}"],
)  # fmt: skip
def test_a_file_of_a_build_that_is_a_link_is_refused(
    place: str, extract: Path, workspace: Path, tmp_path: Path
) -> None:
    thesis = elsewhere(tmp_path) / "avhandling.tex"
    (workspace / place).unlink(missing_ok=True)
    (workspace / place).symlink_to(thesis)
    result = CliRunner().invoke(main, ["build", str(extract), "--period", "2022-01"])
    assert result.exit_code == 2, result.output
    assert "is a link" in result.output
    assert thesis.read_text(encoding="utf-8") == THESIS


def test_links_to_what_is_only_read_are_allowed(extract: Path, workspace: Path, tmp_path: Path) -> None:
    (workspace / "privat" / "uttrekk").symlink_to(extract)
    (workspace / "lenke").symlink_to(extract)
    begin(workspace / "lenke")
    (tmp_path / "snarvei").symlink_to(workspace)
    os.chdir(tmp_path / "snarvei")
    begin(extract)


def test_a_lock_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    thesis = elsewhere(tmp_path) / "avhandling.tex"
    (tmp_path / "las").symlink_to(thesis)
    with pytest.raises(OSError, match="symbolic"), exclusive_lock(tmp_path / "las"):
        pass
    assert thesis.read_text(encoding="utf-8") == THESIS


def test_no_rows_of_an_extract_are_laid_behind_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "privat").symlink_to(elsewhere(tmp_path))
    monkeypatch.chdir(tmp_path)
    with TempDir("lesing-") as folder:
        assert not folder.is_relative_to(tmp_path)


def test_a_key_that_came_with_a_private_folder_is_refused(tmp_path: Path) -> None:
    """Who knows the key can test guesses of what the extract holds."""
    (tmp_path / "privat").mkdir()
    (tmp_path / "privat" / "nokkel").write_text("00" * 32, encoding="ascii")
    with pytest.raises(UsageError, match="not made by navbook"):
        Workspace(tmp_path).claim(tmp_path / "uttrekk")


# ---- the target of publish


@pytest.fixture
def site(tmp_path: Path, edition: Edition) -> Path:
    return make_site(tmp_path / "nettsted", "2022", "x", edition.folder)


def test_a_target_that_is_a_link_to_a_folder_is_used(site: Path, tmp_path: Path) -> None:
    """As a web server's folder often is."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "ut").symlink_to(tmp_path / "disk")
    publish(site, tmp_path / "ut")
    assert (tmp_path / "disk" / "siste" / "index.html").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("name", [HISTORY, LOCK, LEDGER, VERSIONS, ".utgitt-forrige.parquet"])
@pytest.mark.parametrize("used", [True, False])
def test_what_publish_keeps_may_not_be_a_link(name: str, used: bool, site: Path, tmp_path: Path) -> None:
    to, other = tmp_path / "ut", elsewhere(tmp_path)
    if used:
        publish(site, to)
    to.mkdir(exist_ok=True)
    if (to / name).exists():
        (to / name).rename(tmp_path / "flyttet")
    (to / name).symlink_to(other if name == VERSIONS else other / "avhandling.tex")
    before = prints(tmp_path)
    for run in (lambda: publish(site, to), lambda: rollback(to)):
        with pytest.raises(TargetUnusable):
            run()
    assert prints(tmp_path) == before


def test_a_version_may_not_be_a_link(site: Path, tmp_path: Path) -> None:
    """A link to the site itself has the same files today, and others after the next build."""
    to = tmp_path / "ut"
    publish(site, to)
    (version,) = (to / VERSIONS).iterdir()
    version.rename(tmp_path / "flyttet")
    version.symlink_to(site)
    with pytest.raises(TargetUnusable, match="is a link"):
        publish(site, to)


def test_a_folder_of_versions_that_publish_did_not_begin_is_left_alone(site: Path, tmp_path: Path) -> None:
    to = tmp_path / "ut"
    (to / VERSIONS / "min").mkdir(parents=True)
    (to / VERSIONS / "min" / "avhandling.tex").write_text(THESIS, encoding="utf-8")
    before = prints(to)
    with pytest.raises(TargetUnusable, match="without"):
        publish(site, to)
    assert prints(to) == before


def history(**change: object) -> dict[str, object]:
    return {"format": 2, "historie": [["2022", "2022-0123"]], **change}


CHANGE = {"historie": [["2022", "2022-0123"]], "kan_angres": False, "register": False}


@pytest.mark.parametrize(
    "content",
    [
        ["../annet"],
        history(historie=[["2022", "../../annet"]]),
        history(historie=[["../annet", "2022-0123"]]),
        history(endring=CHANGE | {"lenker": [["../annet/avhandling.tex", ".versjoner/2022-0123"]]}),
        history(endring=CHANGE | {"lenker": [["2022", "../../annet"]]}),
        history(endring=CHANGE | {"lenker": [["siste", "../annet"]]}),
    ],
)
def test_a_history_that_names_another_place_is_damaged(content: object, site: Path, tmp_path: Path) -> None:
    """As one could prepare in a folder that others publish to."""
    to, other = tmp_path / "ut", elsewhere(tmp_path)
    publish(site, to)
    if isinstance(content, dict):
        content["sum"] = json_digest(content)
    (to / HISTORY).write_text(json.dumps(content), encoding="utf-8")
    before = prints(to, other)
    with pytest.raises(TargetUnusable, match="is damaged"):
        publish(site, to)
    assert prints(to, other) == before


# ---- the pages that a build stores in a project


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """The folder of stored pages after two builds."""
    for text in ("før", "nå"):
        made = tmp_path / "ny"
        (made / "kapittel").mkdir(parents=True)
        (made / "sider.json").write_text("{}", encoding="utf-8")
        (made / "kapittel" / "brev.md").write_text(text, encoding="utf-8")
        refuse_own_pages(tmp_path / "book" / "sider")
        (tmp_path / "book").mkdir(exist_ok=True)
        with stored_pages(made, tmp_path / "book" / "sider"):
            pass
    return tmp_path / "book" / "sider"


def add_page(stored: Path) -> str:
    (stored / "kapittel" / "eget.md").write_text("mitt", encoding="utf-8")
    return "kapittel/eget.md"


def change_page(stored: Path) -> str:
    (stored / "kapittel" / "brev.md").write_text("mitt", encoding="utf-8")
    return "kapittel/brev.md"


def link_page(stored: Path) -> str:
    (stored / "lenke.md").symlink_to(stored / "kapittel" / "brev.md")
    return "lenke.md"


def lose_record_and_metadata(stored: Path) -> str:
    (stored / RECORD).unlink()
    (stored / "sider.json").unlink()
    return "kapittel/brev.md"


def damage_record(stored: Path) -> str:
    (stored / RECORD).write_text("[]", encoding="utf-8")
    return "kapittel/brev.md"


@pytest.mark.parametrize("do", [add_page, change_page, link_page, lose_record_and_metadata, damage_record])
def test_pages_of_ones_own_among_the_stored_ones_are_not_replaced(
    do: Callable[[Path], str], stored: Path
) -> None:
    foreign = do(stored)
    with pytest.raises(UsageError, match=f"{foreign} is not as a build wrote it"):
        refuse_own_pages(stored)


def test_stored_pages_without_a_change_are_replaced(stored: Path) -> None:
    refuse_own_pages(stored)
    (stored / ".ipynb_checkpoints").mkdir()
    (stored / ".ipynb_checkpoints" / "x.ipynb").touch()
    refuse_own_pages(stored)
    (stored / RECORD).unlink()
    refuse_own_pages(stored)  # as an older navbook left them
    assert (stored / "kapittel" / "brev.md").read_text(encoding="utf-8") == "nå"


def test_a_link_in_the_place_of_the_stored_pages_is_refused(stored: Path, tmp_path: Path) -> None:
    stored.rename(tmp_path / "andres")
    stored.symlink_to(tmp_path / "andres")
    with pytest.raises(UsageError, match="is a link"):
        refuse_own_pages(stored)


def test_a_build_in_a_project_keeps_a_page_of_ones_own(
    extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "prosjekt"
    assert CliRunner().invoke(main, ["ny", str(project)]).exit_code == 0
    own = project / "book" / "sider" / "mitt-kapittel.md"
    own.parent.mkdir()
    own.write_text("mitt", encoding="utf-8")
    monkeypatch.chdir(project)
    monkeypatch.setattr("navbook.run.build_run.PROJECT", project)
    result = CliRunner().invoke(main, ["build", str(extract), "--period", "2022-01"])
    assert result.exit_code == 2, result.output
    assert "mitt-kapittel.md is not as a build wrote it" in result.output
    assert own.read_text(encoding="utf-8") == "mitt"
