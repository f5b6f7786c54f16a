"""Publishing: verified copies, links that are renamed, the ledger, and the way back."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sites import make_site

from navbook.book.release import publish as module
from navbook.book.release.history import HISTORY, VERSIONS
from navbook.book.release.publish import publish, rollback
from navbook.book.release.target import LOCK, open_target
from navbook.book.site.site_manifest import write_site_manifest
from navbook.cli import main
from navbook.edition import Edition
from navbook.edition.ledger import FILE as LEDGER
from navbook.edition.ledger import read_ledger
from navbook.runtime.errors import TargetUnusable, UsageError

Make = Callable[[str, str], Path]


@pytest.fixture
def site_of(tmp_path: Path, edition: Edition) -> Make:
    """Makes a site of a period whose front page is a text."""

    def make(period: str, text: str) -> Path:
        return make_site(tmp_path / f"nettsted-{period}-{text}", period, text, edition.folder)

    return make


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "ut"


def newest(to: Path) -> str:
    return (to / "siste" / "index.html").read_text(encoding="utf-8")


def test_older_editions_are_kept_and_siste_is_the_newest(site_of: Make, to: Path) -> None:
    publish(site_of("2021", "2021"), to)
    assert publish(site_of("2022", "2022"), to) == to / "2022"
    assert newest(to) == "2022"
    assert (to / "2021" / "index.html").read_text(encoding="utf-8") == "2021"


def test_rollback_goes_back_to_the_edition_published_before(site_of: Make, to: Path) -> None:
    publish(site_of("2021", "2021"), to)
    publish(site_of("2022", "2022"), to)
    assert rollback(to) == to / "2021"
    assert newest(to) == "2021"


def test_rollback_of_a_republished_edition_brings_back_its_first_text(site_of: Make, to: Path) -> None:
    publish(site_of("2022", "første"), to)
    publish(site_of("2022", "andre"), to)
    assert newest(to) == "andre"
    rollback(to)
    assert newest(to) == "første"


def test_there_is_nothing_to_roll_back_before_the_second_publication(site_of: Make, to: Path) -> None:
    with pytest.raises(TargetUnusable, match="Nothing has been published"):
        rollback(to)
    site = site_of("2022", "første")
    publish(site, to)
    publish(site, to)
    with pytest.raises(TargetUnusable, match="No earlier site"):
        rollback(to)


def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path, to: Path) -> None:
    (tmp_path / "tom").mkdir()
    with pytest.raises(UsageError, match="not a built site"):
        publish(tmp_path / "tom", to)


def test_a_target_that_is_a_file_or_holds_a_real_siste_or_other_files_is_unusable(
    site_of: Make, tmp_path: Path
) -> None:
    site = site_of("2022", "x")
    (tmp_path / "fil").write_text("", encoding="utf-8")
    (tmp_path / "ut" / "siste").mkdir(parents=True)
    (tmp_path / "avhandling").mkdir()
    (tmp_path / "avhandling" / "kapittel.tex").write_text("x", encoding="utf-8")
    for target in (tmp_path / "fil", tmp_path / "ut", tmp_path / "avhandling"):
        with pytest.raises(TargetUnusable) as error:
            publish(site, target)
        assert error.value.exit_code == 6
    assert [path.name for path in (tmp_path / "avhandling").iterdir()] == ["kapittel.tex"]


def test_a_target_inside_the_site_is_refused(site_of: Make) -> None:
    site = site_of("2022", "x")
    with pytest.raises(UsageError, match="outside it"):
        publish(site, site / "ut")


def test_what_was_published_stays_in_the_ledger_also_after_a_rollback(
    site_of: Make, to: Path, edition: Edition
) -> None:
    site = site_of("2022", "x")
    publish(site_of("2021", "x"), to)
    publish(site, to)
    ledger = read_ledger(to / LEDGER)
    assert len(ledger) == (edition.tall["status"] == "vist").sum()
    rollback(to)
    publish(site, to)
    assert read_ledger(to / LEDGER).equals(ledger)


def test_a_ledger_that_cannot_be_read_stops_the_publication(site_of: Make, to: Path) -> None:
    site = site_of("2022", "x")
    to.mkdir()
    (to / LEDGER).write_bytes(b"noe annet")
    with pytest.raises(TargetUnusable, match="damaged and cannot be read as a release ledger"):
        publish(site, to)
    assert (to / LEDGER).read_bytes() == b"noe annet"
    assert not os.path.lexists(to / "2022")
    assert not os.path.lexists(to / "siste")
    assert CliRunner().invoke(main, ["publish", str(site), "--to", str(to)]).exit_code == 6


def flip(site: Path) -> None:
    file = site / "kontor" / "9001.html"
    content = bytearray(file.read_bytes())
    content[0] ^= 1
    file.write_bytes(bytes(content))


def append_script(site: Path) -> None:
    with (site / "index.html").open("a", encoding="utf-8") as page:
        page.write("<script>alert(1)</script>")


def change_number(site: Path) -> None:
    file = site / "data" / "tall.csv"
    file.write_bytes(file.read_bytes().replace(b"1", b"2", 1))


def change_number_and_manifest(site: Path) -> None:
    """As one would who also writes the manifest anew; the digests of the edition give it away."""
    change_number(site)
    write_site_manifest(site, ["landet", "kontor/9001"], 7)


def link_out(site: Path) -> None:
    (site / "kontor" / "9002.html").symlink_to("/etc/hostname")


def drop_page_with_manifest(site: Path) -> None:
    (site / "landet.html").unlink()
    file = site / ".navbook.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    del content["filer"]["landet.html"]
    file.write_text(json.dumps(content), encoding="utf-8")


ATTACKS: list[Callable[[Path], object]] = [
    flip,
    append_script,
    change_number,
    change_number_and_manifest,
    link_out,
    drop_page_with_manifest,
    lambda site: (site / "landet.html").unlink(),
    lambda site: (site / "ekstra.html").write_text("x", encoding="utf-8"),
    lambda site: os.mkfifo(site / "kontor" / "pipe"),
    lambda site: (site / "\x1b[2Jekstra.html").touch(),
    lambda site: (site / ".navbook.json").unlink(),
    lambda site: (site / ".navbook.json").write_text("[" * 9999, encoding="utf-8"),
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_site_that_is_not_as_it_was_built_and_audited_is_not_published(
    attack: Callable[[Path], object], site_of: Make, to: Path
) -> None:
    publish(site_of("2021", "god"), to)
    site = site_of("2022", "endret")
    attack(site)
    with pytest.raises(TargetUnusable) as error:
        publish(site, to)
    assert error.value.exit_code == 6
    assert "\n" not in str(error.value)
    assert str(error.value).endswith("; build the book again.")
    assert newest(to) == "god"
    assert not os.path.lexists(to / "2022")


def test_the_name_of_a_file_cannot_steer_the_terminal(site_of: Make, to: Path) -> None:
    site = site_of("2022", "x")
    (site / "\x1b[2Jek\rstra.html").touch()
    result = CliRunner().invoke(main, ["publish", str(site), "--to", str(to)])
    assert result.exit_code == 6
    assert "<U+001B>[2Jek<U+000D>stra.html was not written by the build" in result.output


@pytest.mark.parametrize("period", ["../../evil", "siste", "", "/tmp/evil", ".versjoner", "2022/../2021"])
def test_a_period_that_is_none_names_no_folder(
    period: str, tmp_path: Path, edition: Edition, to: Path
) -> None:
    site = make_site(tmp_path / "nettsted", period, "x", edition.folder)
    with pytest.raises(TargetUnusable, match="is no period"):
        publish(site, to)
    assert not to.exists()


def test_a_kept_version_that_was_changed_is_not_rolled_back_to(site_of: Make, to: Path) -> None:
    publish(site_of("2021", "første"), to)
    publish(site_of("2022", "andre"), to)
    append_script(to / "2021")
    with pytest.raises(TargetUnusable, match=r"index\.html has been changed"):
        rollback(to)
    assert newest(to) == "andre"


def test_the_second_of_two_publishers_is_told_who_holds_the_target(site_of: Make, to: Path) -> None:
    publish(site_of("2021", "x"), to)
    site = site_of("2022", "y")
    with open_target(to), pytest.raises(TargetUnusable, match=rf"process {os.getpid()} on .* since 20"):
        publish(site, to)
    publish(site, to)
    assert newest(to) == "y"


def test_a_disk_that_is_full_leaves_everything_as_it_was(
    site_of: Make, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site_of("2021", "første"), to)
    site = site_of("2022", "andre")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for name in ("copy_folder", "add_release"):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, full)
            with pytest.raises(TargetUnusable, match="No space left"):
                publish(site, to)
        assert newest(to) == "første"
        ledger = read_ledger(to / LEDGER)
        with open_target(to) as target:
            assert [publication.period for publication in target.history] == ["2021"]
        assert len(list((to / VERSIONS).iterdir())) == 1
        assert read_ledger(to / LEDGER).equals(ledger)


def test_what_killed_publishes_left_is_removed_by_the_next(site_of: Make, to: Path) -> None:
    publish(site_of("2021", "første"), to)
    for name in (".navbook-abc", f"{VERSIONS}/.ny-abc", f"{VERSIONS}/2022-0123"):
        (to / name).mkdir()
        (to / name / "index.html").touch()
    (to / ".lenke-abc").symlink_to("2021")
    publish(site_of("2022", "andre"), to)
    assert {path.name for path in to.iterdir()} == {
        *("2021", "2022", "siste", VERSIONS, LEDGER, HISTORY, LOCK)
    }
    assert len(list((to / VERSIONS).iterdir())) == 2


def test_a_target_of_an_older_navbook_is_taken_over(site_of: Make, to: Path) -> None:
    to.mkdir()
    for name, text in (("2021", "a"), ("2022", "c"), (".forrige-2022", "b")):
        (to / name).mkdir()
        (to / name / "index.html").write_text(text, encoding="utf-8")
    (to / "siste").symlink_to("2022")
    (to / HISTORY).write_text('["2021", "2022", "2022"]', encoding="utf-8")
    publish(site_of("2023", "d"), to)
    assert [(to / year / "index.html").read_text() for year in ("2021", "2022", "siste")] == ["a", "c", "d"]
    assert [rollback(to).name, newest(to)] == ["2022", "c"]
    assert [rollback(to).name, newest(to)] == ["2022", "b"]


def test_only_two_versions_of_a_period_are_kept(site_of: Make, to: Path) -> None:
    for text in ("a", "b", "c", "d"):
        publish(site_of("2022", text), to)
    assert len(list((to / VERSIONS).iterdir())) == 2
    rollback(to)
    assert newest(to) == "c"
