"""Publishing: an edition in its own folder, `siste` on the newest, the one before kept for a rollback."""

import json
import shutil
from pathlib import Path

import pytest

from navbook.book.release.publish import publish, rollback
from navbook.edition import Edition
from navbook.edition.ledger import FILE as LEDGER
from navbook.edition.ledger import read_ledger
from navbook.errors import TargetUnusable, UsageError


def make_site(folder: Path, period: str, text: str) -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "data" / "utgave.json").write_text(json.dumps({"periode": period}), encoding="utf-8")
    return folder


def newest(to: Path) -> str:
    return (to / "siste" / "index.html").read_text(encoding="utf-8")


def test_older_editions_are_kept_and_siste_is_the_newest(tmp_path: Path) -> None:
    to = tmp_path / "ut"
    publish(make_site(tmp_path / "a", "2021", "2021"), to)
    target = publish(make_site(tmp_path / "b", "2022", "2022"), to)
    assert target == to / "2022"
    assert newest(to) == "2022"
    assert (to / "2021" / "index.html").read_text(encoding="utf-8") == "2021"


def test_rollback_goes_back_to_the_edition_published_before(tmp_path: Path) -> None:
    to = tmp_path / "ut"
    publish(make_site(tmp_path / "a", "2021", "2021"), to)
    publish(make_site(tmp_path / "b", "2022", "2022"), to)
    assert rollback(to) == to / "2021"
    assert newest(to) == "2021"


def test_rollback_of_a_republished_edition_brings_back_its_first_text(tmp_path: Path) -> None:
    to = tmp_path / "ut"
    publish(make_site(tmp_path / "a", "2022", "første"), to)
    publish(make_site(tmp_path / "b", "2022", "andre"), to)
    assert newest(to) == "andre"
    rollback(to)
    assert newest(to) == "første"


def test_there_is_nothing_to_roll_back_before_the_second_publication(tmp_path: Path) -> None:
    to = tmp_path / "ut"
    with pytest.raises(TargetUnusable, match="Nothing has been published"):
        rollback(to)
    publish(make_site(tmp_path / "a", "2022", "første"), to)
    with pytest.raises(TargetUnusable, match="No earlier site"):
        rollback(to)


def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    with pytest.raises(UsageError, match="not a built site"):
        publish(tmp_path / "tom", tmp_path / "ut")


def test_a_target_that_is_a_file_or_holds_a_real_siste_is_unusable(tmp_path: Path) -> None:
    site = make_site(tmp_path / "a", "2022", "x")
    (tmp_path / "fil").write_text("", encoding="utf-8")
    (tmp_path / "ut" / "siste").mkdir(parents=True)
    for target in (tmp_path / "fil", tmp_path / "ut"):
        with pytest.raises(TargetUnusable) as error:
            publish(site, target)
        assert error.value.exit_code == 6


def test_a_target_inside_the_site_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path / "a", "2022", "x")
    with pytest.raises(UsageError, match="outside it"):
        publish(site, site / "ut")


def test_what_was_published_stays_in_the_ledger_also_after_a_rollback(
    tmp_path: Path, edition: Edition
) -> None:
    to = tmp_path / "ut"
    publish(make_site(tmp_path / "a", "2021", "2021"), to)
    assert not (to / LEDGER).exists()
    site = make_site(tmp_path / "b", "2022", "2022")
    for file in edition.folder.iterdir():
        shutil.copy(file, site / "data")
    publish(site, to)
    ledger = read_ledger(to / LEDGER)
    assert len(ledger) == (edition.tall["status"] == "vist").sum()
    rollback(to)
    publish(site, to)
    assert read_ledger(to / LEDGER).equals(ledger)


def test_a_site_that_cannot_be_noted_is_not_published(tmp_path: Path, edition: Edition) -> None:
    """What readers see is always in the ledger: a ledger that cannot be read stops the publication."""
    to = tmp_path / "ut"
    site = make_site(tmp_path / "b", "2022", "2022")
    for file in edition.folder.iterdir():
        shutil.copy(file, site / "data")
    to.mkdir()
    (to / LEDGER).write_bytes(b"noe annet")
    with pytest.raises(UsageError, match="release ledger"):
        publish(site, to)
    assert not (to / "2022").exists()
    assert not (to / "siste").exists()
