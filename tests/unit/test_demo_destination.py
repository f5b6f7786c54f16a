"""A demo replaces an earlier demo when it is complete, and never a file of the user."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from navbook.extract.demo import make, make_demo
from navbook.runtime.errors import UsageError


def small_demo(folder: Path, seed: int = 1) -> Path:
    return make_demo(folder, offices=9, people=60, fom="2022-12", seed=seed).folder


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return small_demo(tmp_path / "demo")


def add_comment(folder: Path) -> None:
    (folder / "kommentarer" / "9001-utkast.md").write_text("mitt eget", encoding="utf-8")


def change_comment(folder: Path) -> None:
    comment = next((folder / "kommentarer").iterdir())
    comment.write_text("mitt eget", encoding="utf-8")


def change_targets(folder: Path) -> None:
    with (folder / "lokale_mal.csv").open("a", encoding="utf-8") as file:
        file.write("9001;2022;SP12;0.07\n")


def add_folder(folder: Path) -> None:
    (folder / "fasit" / "analyse").mkdir()
    (folder / "fasit" / "analyse" / "notat.txt").write_text("mitt eget", encoding="utf-8")


def add_link(folder: Path) -> None:
    (folder / "kommentarer" / "9009.md").symlink_to(folder / "uttrekk.yml")


def lose_record(folder: Path) -> None:
    (folder / ".navbook-demo.json").unlink()


USERS_FILES: list[Callable[[Path], object]] = [
    *(add_comment, change_comment, change_targets, add_folder, add_link, lose_record),
    lambda folder: (folder / "person.csv").write_text("person_id\n", encoding="utf-8"),
]


@pytest.mark.parametrize("change", USERS_FILES)
def test_a_demo_with_files_of_the_user_is_left_as_it_is(change: Callable[[Path], object], demo: Path) -> None:
    change(demo)
    before = contents(demo)
    with pytest.raises(UsageError, match=r"demo holds .*(which no demo wrote|which was changed)"):
        small_demo(demo, seed=2)
    assert contents(demo) == before


def test_a_file_that_the_user_adds_while_the_demo_is_made_is_kept(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(demo)
    monkeypatch.setattr(make, "write_answers", lambda *_: add_comment(demo))
    with pytest.raises(UsageError, match="9001-utkast"):
        small_demo(demo, seed=2)
    assert contents(demo) == before | {"kommentarer/9001-utkast.md": b"mitt eget"}


def test_an_earlier_demo_is_replaced_and_leaves_nothing(demo: Path, tmp_path: Path) -> None:
    again = contents(small_demo(demo, seed=2))
    assert again == contents(small_demo(tmp_path / "annen", seed=2))


def test_a_full_disk_leaves_the_earlier_demo_as_it_was(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(demo)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "person.parquet")

    monkeypatch.setattr(make, "write_answers", full)
    with pytest.raises(OSError, match="No space left"):
        small_demo(demo, seed=2)
    assert contents(demo) == before


def test_what_a_killed_demo_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / "demo" / ".demo-0123"
    left.mkdir(parents=True)
    for name in (".las", "person.parquet"):
        (left / name).touch()
    small_demo(tmp_path / "demo")
    assert not left.exists()


def test_a_demo_that_was_killed_while_it_replaced_another_can_be_made_again(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    moved: list[Path] = []
    replace = Path.replace

    def stop(path: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) == 5:
            raise Killed
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(Killed):
            small_demo(demo, seed=2)
    assert not (demo / "uttrekk.yml").exists()
    small_demo(demo, seed=2)
    assert (demo / "uttrekk.yml").is_file()
