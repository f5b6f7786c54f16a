"""What a run remembers of earlier ones: only of the very same files, and never what another had."""

import ast
import pickle
from functools import partial
from pathlib import Path

import pytest

from navbook.extract import check_extract, open_extract
from navbook.extract.check import TableCheck, check_tables
from navbook.extract.demo import make_demo
from navbook.run.cache import Cache
from navbook.run.cache_keys import side_table_key
from navbook.run.inputs import all_inputs_digest, tables_digest
from navbook.run.table_check import cached_table_check
from navbook.runtime.paths import PROJECT


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
        before = side_table_key(opened, "lokale_mal")
        assert side_table_key(opened, "lokale_mal") == before
        with opened.files["lokale_mal"].open("ab") as file:
            file.write(b"\n")
        assert side_table_key(opened, "lokale_mal") != before


def spoilt(content: bytes) -> list[bytes]:
    """An entry that was damaged in one way or another."""
    middle = len(content) // 2
    flipped = bytearray(content)
    flipped[middle] ^= 1
    return [
        b"",
        b"\x80\x05halv",
        content[:middle],
        bytes(flipped),
        content.replace(b'"format": 1', b'"format": 9'),
        b"[" * 9000 + b"\n",
        b'{"key": "a"}\n',
        b"1\n",
        content + b"\0",
    ]


@pytest.mark.parametrize("way", range(9))
def test_a_damaged_entry_is_a_miss_and_reported_in_one_line(tmp_path: Path, way: int) -> None:
    lines: list[str] = []
    cache = Cache(tmp_path / "cache", lines.append)
    cache.get_or_compute("anslag", "a", lambda: [1])
    (entry,) = (tmp_path / "cache").iterdir()
    entry.write_bytes(spoilt(entry.read_bytes())[way])
    assert cache.get("anslag", "a") is None
    assert cache.get_or_compute("anslag", "a", lambda: [2]) == [2]
    assert len(lines) == 2
    assert str(entry) in lines[0]
    assert cache.get("anslag", "a") == [2]
    assert len(lines) == 2


class Bomb:
    """What an extract could bring in a pickle: it runs a command when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self._mark,)


def test_a_cache_that_an_extract_brings_runs_nothing_and_is_not_believed(tmp_path: Path) -> None:
    mark, folder = tmp_path / "merke", tmp_path / "cache"
    folder.mkdir()
    bomb = pickle.dumps("a") + pickle.dumps(Bomb(mark))
    for name in ("casemix.pickle", "casemix.data", "casemix.json"):
        (folder / name).write_bytes(bomb)
    assert Cache(folder).get_or_compute("casemix", "a", lambda: 1) == 1
    assert not mark.exists()


def test_an_entry_that_another_user_wrote_is_computed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "en"))
    Cache(tmp_path / "cache").put("anslag", "a", 1)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "to"))
    assert Cache(tmp_path / "cache").get("anslag", "a") is None
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "en"))
    assert Cache(tmp_path / "cache").get("anslag", "a") == 1


def test_the_source_reads_nothing_that_may_run_code() -> None:
    banned = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    found = set()
    for path in (PROJECT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {f"{path.name}: {name}" for name in names if name.partition(".")[0] in banned}
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("eval", "exec", "pd.read_pickle"):
                found.add(f"{path.name}: {ast.unparse(node.func)}")
            if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
                assert ast.unparse(node.value) == "False"
    assert not found


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
