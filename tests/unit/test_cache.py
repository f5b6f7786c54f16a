"""What a run remembers of earlier ones: only of the very same files, and never what another had."""

from functools import partial
from pathlib import Path

import pytest

from navbook.extract import check_extract, open_extract
from navbook.extract.check import TableCheck, check_tables
from navbook.extract.demo import make_demo
from navbook.run.cache import Cache
from navbook.run.cache_keys import local_targets_key
from navbook.run.inputs import all_inputs_digest, tables_digest
from navbook.run.table_check import cached_table_check


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return make_demo(tmp_path / "uttrekk", offices=2, people=200, fom="2022-01").folder


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    folder = tmp_path / "cache"
    folder.mkdir()
    return Cache(folder)


def test_a_result_is_made_once_for_each_key(cache: Cache) -> None:
    made: list[str] = []

    def make() -> list[str]:
        made.append("laget")
        return list(made)

    assert cache.get_or_compute("anslag", "a", make) == ["laget"]
    assert cache.get_or_compute("anslag", "a", make) == ["laget"]
    assert cache.get_or_compute("anslag", "b", make) == ["laget", "laget"]


def test_a_file_is_written_again_for_another_key_and_when_it_is_not_what_was_written(
    cache: Cache, tmp_path: Path
) -> None:
    file, times = tmp_path / "tabell", []

    def write() -> None:
        times.append(1)
        file.write_text("rett", encoding="utf-8")

    def wanted(key: str) -> int:
        cache.ensure_file("tabell", key, file, write)
        assert file.read_text(encoding="utf-8") == "rett"
        return len(times)

    assert [wanted("a"), wanted("a"), wanted("b")] == [1, 1, 2]
    file.write_text("endret", encoding="utf-8")
    assert wanted("b") == 3
    file.unlink()
    assert wanted("b") == 4


def test_the_offices_own_goals_are_read_again_when_their_file_has_changed(demo: Path) -> None:
    with open_extract(demo) as opened:
        before = local_targets_key(opened)
        assert local_targets_key(opened) == before
        with opened.files["lokale_mal"].open("ab") as file:
            file.write(b"\n")
        assert local_targets_key(opened) != before


@pytest.mark.parametrize("spoilt", [b"", b"\x80\x05halv"])
def test_a_spoilt_note_is_as_none(cache: Cache, tmp_path: Path, spoilt: bytes) -> None:
    cache.get_or_compute("anslag", "a", lambda: 1)
    cache.put("kontroll", "a", 1)
    for name in ("anslag.pickle", "kontroll.json"):
        (tmp_path / "cache" / name).write_bytes(spoilt)
    assert cache.get_or_compute("anslag", "a", lambda: 2) == 2
    assert cache.get("kontroll", "a") is None


def test_the_tables_are_checked_once_and_comments_every_time(
    demo: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []

    def look(folder: Path) -> TableCheck:
        looked.append(folder)
        return check_tables(folder)

    monkeypatch.setattr("navbook.run.table_check.check_tables", look)
    first = check_extract(demo, table_check=partial(cached_table_check, cache))
    assert first == check_extract(demo)
    assert check_extract(demo, table_check=partial(cached_table_check, cache)) == first
    (demo / "kommentarer").mkdir(exist_ok=True)
    (demo / "kommentarer" / "9001.md").write_text("<b>nei</b>", encoding="utf-8")
    assert not check_extract(demo, table_check=partial(cached_table_check, cache)).ok
    assert len(looked) == 1
    with (demo / "kvp.csv").open("w", encoding="utf-8") as file:
        (demo / "kvp.parquet").unlink()
        file.write("person_id;enhetsnr;fom;tom\n1;0000;2022-01-01;\n")
    found = check_extract(demo, table_check=partial(cached_table_check, cache)).problems
    assert "kvp" in {problem.table for problem in found}
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
    before = tables_digest(demo), all_inputs_digest(demo)
    file = demo / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes((file.read_bytes() if file.is_file() else b"") + b"\n")
    assert (tables_digest(demo) != before[0], all_inputs_digest(demo) != before[1]) == (counts, book)
