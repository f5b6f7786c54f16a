"""Folders are replaced in one step: a process that is killed at any moment leaves the old or the new one."""

from pathlib import Path

import pytest

from navbook.runtime import atomic, replace_folder, replaced_folder
from navbook.runtime.exchange import exchange


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    finished, target = tmp_path / "bygges" / "ny", tmp_path / "html"
    for folder, text in ((finished, "ny"), (target, "gammel")):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(text, encoding="utf-8")
    if not exchange(finished, target):
        pytest.skip("this file system cannot exchange two folders")
    assert exchange(finished, target)
    return finished, target


def test_the_folder_is_never_missing_while_it_is_replaced(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    finished, target = folders

    def refuse(path: Path, _to: Path) -> None:
        raise AssertionError(f"{path.name} was renamed, so that it was missing for a moment")

    monkeypatch.setattr(Path, "rename", refuse)
    assert replace_folder(finished, target) == target
    assert (target / "index.html").read_text(encoding="utf-8") == "ny"
    assert not finished.exists()
    assert sorted(path.name for path in target.parent.iterdir()) == ["bygges", "html"]


def test_where_folders_cannot_be_exchanged_two_renames_do(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    finished, target = folders
    monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    replace_folder(finished, target)
    assert (target / "index.html").read_text(encoding="utf-8") == "ny"
    assert sorted(path.name for path in target.parent.iterdir()) == ["bygges", "html"]


def _replace_and_fail(finished: Path, target: Path) -> None:
    with replaced_folder(finished, target):
        assert (target / "index.html").read_text(encoding="utf-8") == "ny"
        raise OSError("full")


@pytest.mark.parametrize("exchanged", [True, False])
def test_the_older_folder_is_put_back_if_what_belongs_with_it_fails(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, exchanged: bool
) -> None:
    finished, target = folders
    if not exchanged:
        monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    with pytest.raises(OSError, match="full"):
        _replace_and_fail(finished, target)
    assert (target / "index.html").read_text(encoding="utf-8") == "gammel"
    assert (finished / "index.html").read_text(encoding="utf-8") == "ny"
    assert sorted(path.name for path in target.parent.iterdir()) == ["bygges", "html"]


def test_a_folder_with_none_before_it_is_taken_away_again(folders: tuple[Path, Path]) -> None:
    finished, target = folders
    new = target.with_name("ny")
    with pytest.raises(OSError, match="full"):
        _replace_and_fail(finished, new)
    assert not new.exists()
    assert (finished / "index.html").is_file()


def test_a_folder_that_is_missing_is_exchanged_with_nothing(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "en", tmp_path / "ingen")
