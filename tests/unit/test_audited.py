"""An audit that remembers passes over what it has seen, and over nothing else."""

from pathlib import Path

import pandas as pd
import pytest

from navbook.errors import DisclosureRefused
from navbook.run.cache import Memory
from navbook.run.site_audit import refuse_what_can_be_read

COLUMNS = ["indikator", "gruppe", "niva", "enhet", "periode", "felt", "verdi"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "html"
    folder.mkdir()
    for name in ("en", "to"):
        (folder / f"{name}.html").write_text(f"<p>Side {name}</p>", encoding="utf-8")
    return folder


def withheld(number: int) -> pd.DataFrame:
    return pd.DataFrame([("ota_arbs", "alle", "kontor", "9001", "2022", "n", number)], columns=COLUMNS)


def test_only_files_that_are_new_are_looked_through(site: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "cache")
    assert refuse_what_can_be_read(site, withheld(48717), memory) == 2
    assert refuse_what_can_be_read(site, withheld(48717), memory) == 0
    (site / "to.html").write_text("<p>Et ord til</p>", encoding="utf-8")
    assert refuse_what_can_be_read(site, withheld(48717), memory) == 1


def test_a_value_that_a_changed_file_tells_is_found_by_what_was_remembered(
    site: Path, tmp_path: Path
) -> None:
    memory = Memory(tmp_path / "cache")
    refuse_what_can_be_read(site, withheld(48717), memory)
    (site / "to.html").write_text("<p>Det var 48717 av dem</p>", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DisclosureRefused, match=r"to\.html: .*ota_arbs"):
            refuse_what_can_be_read(site, withheld(48717), memory)


def test_other_values_are_looked_for_in_every_file(site: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "cache")
    (site / "to.html").write_text("<p>Det var 48717 av dem</p>", encoding="utf-8")
    assert refuse_what_can_be_read(site, withheld(51239), memory) == 2
    with pytest.raises(DisclosureRefused):
        refuse_what_can_be_read(site, withheld(48717), memory)
