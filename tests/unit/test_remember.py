"""What a run remembers of earlier ones: only of the very same files, and never what another had."""

from pathlib import Path

import pytest

from navbook.extract import check_extract, open_extract
from navbook.extract.check import TableCheck, check_tables
from navbook.extract.demo import make_demo
from navbook.run.cache import Memory, everything_digest, tables_digest
from navbook.run.cache_keys import goals_key


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return make_demo(tmp_path / "uttrekk", offices=2, people=200, fom="2022-01").folder


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    folder = tmp_path / "cache"
    folder.mkdir()
    return Memory(folder)


def test_a_result_is_made_once_for_each_key(memory: Memory) -> None:
    made: list[str] = []

    def make() -> list[str]:
        made.append("laget")
        return list(made)

    assert memory.made("anslag", "a", make) == ["laget"]
    assert memory.made("anslag", "a", make) == ["laget"]
    assert memory.made("anslag", "b", make) == ["laget", "laget"]


def test_a_file_is_written_again_for_another_key_and_when_it_is_not_what_was_written(
    memory: Memory, tmp_path: Path
) -> None:
    file, times = tmp_path / "tabell", []

    def write() -> None:
        times.append(1)
        file.write_text("rett", encoding="utf-8")

    def wanted(key: str) -> int:
        memory.written("tabell", key, file, write)
        assert file.read_text(encoding="utf-8") == "rett"
        return len(times)

    assert [wanted("a"), wanted("a"), wanted("b")] == [1, 1, 2]
    file.write_text("endret", encoding="utf-8")
    assert wanted("b") == 3
    file.unlink()
    assert wanted("b") == 4


def test_the_offices_own_goals_are_read_again_when_their_file_has_changed(demo: Path) -> None:
    with open_extract(demo) as opened:
        before = goals_key(opened)
        assert goals_key(opened) == before
        with opened.files["lokale_mal"].open("ab") as file:
            file.write(b"\n")
        assert goals_key(opened) != before


@pytest.mark.parametrize("spoilt", [b"", b"\x80\x05halv"])
def test_a_spoilt_note_is_as_none(memory: Memory, tmp_path: Path, spoilt: bytes) -> None:
    memory.made("anslag", "a", lambda: 1)
    memory.note("kontroll", "a", 1)
    for name in ("anslag.pickle", "kontroll.json"):
        (tmp_path / "cache" / name).write_bytes(spoilt)
    assert memory.made("anslag", "a", lambda: 2) == 2
    assert memory.recall("kontroll", "a") is None


def test_the_tables_are_checked_once_and_comments_every_time(
    demo: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []

    def look(folder: Path) -> TableCheck:
        looked.append(folder)
        return check_tables(folder)

    monkeypatch.setattr("navbook.run.cache.check_tables", look)
    first = check_extract(demo, look=memory.check_tables)
    assert first == check_extract(demo)
    assert check_extract(demo, look=memory.check_tables) == first
    (demo / "kommentarer").mkdir(exist_ok=True)
    (demo / "kommentarer" / "9001.md").write_text("<b>nei</b>", encoding="utf-8")
    assert not check_extract(demo, look=memory.check_tables).ok
    assert len(looked) == 1
    with (demo / "kvp.csv").open("w", encoding="utf-8") as file:
        (demo / "kvp.parquet").unlink()
        file.write("person_id;enhetsnr;fom;tom\n1;0000;2022-01-01;\n")
    assert {problem.table for problem in check_extract(demo, look=memory.check_tables).problems} >= {"kvp"}
    assert len(looked) == 2


@pytest.mark.parametrize(
    ("name", "counts", "book"),
    [
        ("uttrekk.yml", True, True),
        ("kvp.parquet", True, True),
        ("kommentarer/9001.md", False, True),
        ("lokale_mal.csv", False, True),
        ("fasit/sann.csv", False, False),
    ],
)
def test_what_a_changed_file_concerns(demo: Path, name: str, counts: bool, book: bool) -> None:
    before = tables_digest(demo), everything_digest(demo)
    file = demo / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes((file.read_bytes() if file.is_file() else b"") + b"\n")
    assert (tables_digest(demo) != before[0], everything_digest(demo) != before[1]) == (counts, book)
