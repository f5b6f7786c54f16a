"""A changed letter makes anew what is judged by it: no check, no count, no model."""

import re
import shutil
from pathlib import Path

import pytest

from extracts import write_extract
from navbook.extract import open_extract
from navbook.letters.load import LETTERS
from navbook.run.build_run import BuildRequest, start_run
from navbook.run.cache import Cache
from navbook.run.cache_keys import casemix_key, decision_key, estimate_key
from navbook.run.inputs import CODE_LISTS
from navbook.run.table_check import cached_table_check
from navbook.runtime.paths import PROJECT, own_files

READS_A_LETTER = re.compile(r"\b(letter_for|letter_years|load_letter)\b")


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which letters are found: a copy that may be changed."""
    folder = shutil.copytree(LETTERS, tmp_path / "letters")
    monkeypatch.setattr("navbook.letters.load.LETTERS", folder)
    return folder


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """An extract of counts with one office."""
    office = {"enhetsnr": "9001", "navn": "NAV Storvik", "fylke_enhetsnr": "9700", "fylke_navn": "NAV Nord"}
    count = {
        "indikator": "ota_arbs",
        "gruppe": "alle",
        "enhetsnr": "9001",
        "maned": "2022-01",
        "x": 5,
        "n": 9,
    }
    return write_extract(tmp_path / "uttrekk", {"kontor": [office], "tellinger": [count]})


def keys(extract: Path) -> list[str]:
    """The keys of the case mix, the estimates and the gate's decision."""
    with start_run(BuildRequest(extract, "2022")) as run, open_extract(extract) as opened:
        return [casemix_key(run), estimate_key(run, opened), decision_key(run, opened)]


@pytest.mark.parametrize(("year", "concerned"), [("2022", [1, 2]), ("2021", [1, 2]), ("2023", [])])
def test_a_letter_concerns_the_estimates_of_its_year_and_of_later_ones(
    year: str,
    concerned: list[int],
    extract: Path,
    letters: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An outcome of 2021 that is known late is shown in 2022, and is judged by the letter for 2021."""
    monkeypatch.chdir(tmp_path)
    later = (letters / "2022.yml").read_text(encoding="utf-8")
    (letters / "2023.yml").write_text(later.replace("year: 2022", "year: 2023", 1), encoding="utf-8")
    before = keys(extract)
    letter = letters / f"{year}.yml"
    text = letter.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^(\s+(?:- )?wording: )(.)", r"\1X\2", text, count=1)
    assert changed != text
    letter.write_text(changed, encoding="utf-8")
    after = keys(extract)
    assert [place for place in range(3) if before[place] != after[place]] == concerned


def test_local_targets_are_checked_again_when_a_letter_changes(
    extract: Path, letters: Path, tmp_path: Path
) -> None:
    """The parameter of a local target must be one of the letter's."""
    targets = "enhetsnr;ar;parameter;mal\n9001;2022;SP98;0.5\n"
    (extract / "lokale_mal.csv").write_text(targets, encoding="utf-8")
    cache = Cache(tmp_path / "cache")
    assert "unknown_parameter" in [problem.code for problem in cached_table_check(cache, extract).found]
    letter = letters / "2022.yml"
    text = letter.read_text(encoding="utf-8")
    letter.write_text(text.replace("id: SP01\n", "id: SP98\n", 1), encoding="utf-8")
    assert "unknown_parameter" not in [problem.code for problem in cached_table_check(cache, extract).found]


def test_what_comes_before_the_estimates_reads_no_letter_but_for_local_targets() -> None:
    rooms = [PROJECT / "src" / "navbook" / room for room in ("extract", "indicators", "statistics")]
    files = [path for room in rooms for path in room.rglob("*.py")]
    readers = [path.name for path in files if READS_A_LETTER.search(path.read_text(encoding="utf-8"))]
    assert len(files) > 50
    # the check of local targets, whose key has the letters
    assert readers == ["columns.py"]
    lists = own_files(*CODE_LISTS).values()
    assert [path for path in lists if path.is_relative_to(LETTERS)] == []
