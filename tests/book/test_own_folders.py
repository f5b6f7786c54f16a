"""Nothing that navbook did not make is replaced, and two builds never work in one folder."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sites import make_site

from extracts import write_extract
from navbook.book.release.publish import publish
from navbook.cli import main
from navbook.edition import Edition
from navbook.run.build_run import BuildRequest, start_run
from navbook.runtime.errors import UsageError
from whole_way import prints

OFFICE = {"enhetsnr": "9001", "navn": "NAV Storvik", "fylke_enhetsnr": "9700", "fylke_navn": "NAV Nord"}
COUNT = {"indikator": "ota_arbs", "gruppe": "alle", "enhetsnr": "9001", "maned": "2022-01", "x": 5, "n": 9}
HOLDS_LOCK = """
import sys
from pathlib import Path
from navbook.run.workspace import Workspace
with Workspace(Path(sys.argv[1])).locked():
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """An extract of counts with one office."""
    return write_extract(tmp_path / "uttrekk", {"kontor": [OFFICE], "tellinger": [COUNT]})


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "arbeid"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def refused(*arguments: object) -> str:
    """Run a command that must exit 2 with one sentence."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 2, result.output
    assert len(result.output.strip().splitlines()) == 1
    return result.output


def thesis(folder: Path) -> Path:
    (folder / "avhandling").mkdir()
    (folder / "avhandling" / "kapittel.tex").write_text("x", encoding="utf-8")
    return folder / "avhandling"


def plain_file(folder: Path) -> Path:
    (folder / "fil").write_text("x", encoding="utf-8")
    return folder / "fil"


def looks_like_a_site(folder: Path) -> Path:
    (folder / "egen").mkdir()
    (folder / "egen" / "index.html").write_text("min egen side", encoding="utf-8")
    return folder / "egen"


def status_of_another(folder: Path) -> Path:
    (folder / "status.html").write_text("<html>min egen status</html>", encoding="utf-8")
    return folder / "nettsted"


@pytest.mark.parametrize("target", [thesis, plain_file, looks_like_a_site, status_of_another])
def test_a_build_replaces_no_folder_of_others(
    target: Callable[[Path], Path], extract: Path, workspace: Path
) -> None:
    out = target(workspace)
    before = prints(workspace)
    refused("build", extract, "--period", "2022-01", "--out", out)
    assert prints(workspace) == before


@pytest.mark.parametrize("inside", ["", "2022", "siste", "2022/ny", "nytt"])
def test_a_build_replaces_nothing_in_a_publish_folder(
    inside: str, extract: Path, workspace: Path, edition: Edition
) -> None:
    to = workspace / "ut"
    publish(make_site(workspace / "nettsted", "2022", "x", edition.folder), to)
    before = prints(to)
    message = refused("build", extract, "--period", "2022-01", "--out", to / inside)
    assert "publish folder" in message
    assert prints(to) == before


def test_a_site_to_which_somebody_added_a_file_is_not_replaced(
    extract: Path, workspace: Path, edition: Edition
) -> None:
    site = make_site(workspace / "nettsted", "2022", "x", edition.folder)
    with start_run(BuildRequest(extract, "2022-01", out=site)):
        pass
    (site / "notater.txt").write_text("mine", encoding="utf-8")
    message = refused("build", extract, "--period", "2022-01", "--out", site)
    assert "notater.txt" in message
    assert (site / "notater.txt").is_file()


@pytest.mark.parametrize("place", ["utgaver/2022-01/brev.docx", "_build/.bok/brev.docx"])
def test_folders_with_the_names_of_ours_are_looked_into(place: str, extract: Path, workspace: Path) -> None:
    (workspace / place).parent.mkdir(parents=True)
    (workspace / place).touch()
    refused("build", extract, "--period", "2022-01")
    assert (workspace / place).is_file()


@pytest.mark.parametrize("part", ["cache", "tellinger"])
def test_a_private_folder_that_navbook_did_not_make_is_refused(
    part: str, extract: Path, workspace: Path
) -> None:
    (workspace / "privat" / part).mkdir(parents=True)
    message = refused("build", extract, "--period", "2022-01")
    assert "move it away" in message
    (workspace / "privat" / ".navbook").touch()
    with start_run(BuildRequest(extract, "2022-01")):
        pass


def test_the_folder_of_an_extract_is_no_workspace(extract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (extract, extract / "under"):
        folder.mkdir(exist_ok=True)
        monkeypatch.chdir(folder)
        refused("build", extract, "--period", "2022-01", "--out", extract.parent / "nettsted")
    assert not (extract / "privat").exists()


@pytest.mark.usefixtures("workspace")
def test_the_second_of_two_builds_is_told_who_holds_the_folder(extract: Path) -> None:
    with start_run(BuildRequest(extract, "2022-01")):
        result = subprocess.run(
            [sys.executable, "-m", "navbook.cli", "build", str(extract), "--period", "2022-01"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 2
    assert f"process {os.getpid()} on " in result.stderr
    assert " since 20" in result.stderr


def test_the_lock_of_a_killed_build_is_taken_over(extract: Path, workspace: Path) -> None:
    (workspace / "privat").mkdir()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_LOCK, str(workspace)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"ready\n"
    with (
        pytest.raises(UsageError, match=f"process {holder.pid}"),
        start_run(BuildRequest(extract, "2022-01")),
    ):
        pass
    holder.kill()
    holder.communicate()
    with start_run(BuildRequest(extract, "2022-01")):
        pass


def test_count_and_check_replace_only_what_they_wrote(extract: Path, workspace: Path) -> None:
    letter = workspace / "brev.parquet"
    letter.write_text("kjære deg", encoding="utf-8")
    refused("count", extract, "--out", letter)
    refused("check", extract, "--json", letter)
    assert letter.read_text(encoding="utf-8") == "kjære deg"
    for _ in range(2):
        done = CliRunner().invoke(main, ["check", str(extract), "--json", "rapport.json"])
        assert (workspace / "rapport.json").is_file(), done.output


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("command", ["count", "build"])
def test_an_unknown_office_is_refused_before_anything_is_counted(command: str, extract: Path) -> None:
    given = ["--out", "ut.parquet"] if command == "count" else ["--period", "2022-01"]
    result = CliRunner().invoke(main, [command, str(extract), *given, "--office", "0001"])
    assert result.exit_code == 2
    assert "The extract has no office 0001" in result.output
    assert "count  " not in result.output
