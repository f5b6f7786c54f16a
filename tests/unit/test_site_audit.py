"""An audit that remembers passes over what it has seen, and over nothing else."""

from pathlib import Path

import pandas as pd
import pytest

from navbook.run.cache import Cache
from navbook.run.site_audit import refuse_disclosed_values
from navbook.runtime.errors import DisclosureRefused

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
    cache = Cache(tmp_path / "cache")
    assert refuse_disclosed_values(site, withheld(48717), cache) == 2
    assert refuse_disclosed_values(site, withheld(48717), cache) == 0
    (site / "to.html").write_text("<p>Et ord til</p>", encoding="utf-8")
    assert refuse_disclosed_values(site, withheld(48717), cache) == 1


def test_a_value_that_a_changed_file_tells_is_found_by_what_was_remembered(
    site: Path, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache")
    refuse_disclosed_values(site, withheld(48717), cache)
    (site / "to.html").write_text("<p>Det var 48717 av dem</p>", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DisclosureRefused, match=r"to\.html: .*ota_arbs"):
            refuse_disclosed_values(site, withheld(48717), cache)


def test_other_values_are_looked_for_in_every_file(site: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    (site / "to.html").write_text("<p>Det var 48717 av dem</p>", encoding="utf-8")
    assert refuse_disclosed_values(site, withheld(51239), cache) == 2
    with pytest.raises(DisclosureRefused):
        refuse_disclosed_values(site, withheld(48717), cache)
