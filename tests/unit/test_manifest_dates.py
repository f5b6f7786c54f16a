"""The dates of `uttrekk.yml`: a year that no extract can have is refused by name."""

from pathlib import Path

import pytest

from extracts import write_extract
from navbook.extract import check_extract
from sound_extract import sound_tables


@pytest.mark.parametrize(
    ("key", "day"),
    [("dekker_tom", "9999-12-31"), ("dekker_fom", "0001-01-01"), ("uttrekksdato", "9999-12-31")],
)
def test_a_year_that_no_extract_has_is_a_problem_of_its_key(
    key: str, day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    extract = write_extract(tmp_path / "uttrekk", sound_tables())
    file = extract / "uttrekk.yml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(key)]
    file.write_text("\n".join([*lines, f"{key}: {day}"]) + "\n", encoding="utf-8")
    report = check_extract(extract)
    assert not report.ok
    assert key in str(report)
