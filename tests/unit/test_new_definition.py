"""A letter that means something else by a row than the letter before: its base is not compared with."""

from pathlib import Path

import pytest

from editions import make_small_edition, only_letters_of
from navbook.edition import Edition
from navbook.edition.schema import KRAV_GJELDER
from navbook.estimate.requirements import Letters, Requirement
from navbook.letters import letter_for
from navbook.letters.inherit import inherited
from navbook.pages import edition_chapters, fylke, indikator
from navbook.runtime.periods import parse_period

COMPARED = ("basis_periode", "basis_verdi", "endring", "endring_nedre", "endring_ovre")


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The letters of 2021 and 2022, of which the later one redefines SP01."""
    folder = only_letters_of((2021, 2022), tmp_path / "letters", monkeypatch)
    path = folder / "2022.yml"
    text = path.read_text(encoding="utf-8").replace("- id: SP01\n", "- id: SP01\n    ny_definisjon: true\n")
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("letters")
def test_only_the_redefined_row_loses_its_base_and_the_pages_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(tmp_path / "utgaver"))
    edition = Edition(make_small_edition(tmp_path / "utgaver", "2022"))
    rows = edition.tall[(edition.tall["periode"] == "2022") & (edition.tall["status"] == "vist")]
    redefined = rows[(rows["indikator"] == "ota_arbs") & (rows["gruppe"] == "alle")]
    assert len(redefined) > 3
    assert redefined[list(COMPARED)].isna().all(axis=None)
    assert set(redefined["vurdering"]) == {"uten_grunnlag"}
    others = rows[rows["indikator"] == "ota_nedsatt"]
    assert others["basis_verdi"].notna().all()
    assert "uten_grunnlag" not in set(others["vurdering"])
    reasons = edition.further("grunner")
    assert set(reasons.loc[reasons["indikator"] == "ota_arbs", "grunn"]) == {"endret_definisjon"}
    context = edition.further("tillegg")
    assert "ota_arbs" not in set(context.loc[context["periode"] == "2022", "indikator"])

    page = fylke("2022", "9700").resultater().html
    assert "Kan ikke vurderes: definisjonen er endret siden 2021." in page
    assert "ny definisjon" in indikator("2022", "ota_arbs").enheter().html
    chapter = edition_chapters(edition)["metode/fra-2021-til-2022"]
    assert chapter.count("mener noe annet med raden enn brevet før") == 1


@pytest.mark.usefixtures("letters")
def test_periods_of_one_letter_are_compared() -> None:
    requirement = Requirement(2022, KRAV_GJELDER, redefined=True)
    without_letter_of_its_own = Letters(2023, letter_for(2023))
    assert without_letter_of_its_own.comparable(requirement, parse_period("2022"))
    assert not Letters(2022, letter_for(2022)).comparable(requirement, parse_period("2021"))
    assert not Letters(2022, letter_for(2022)).comparable(requirement, parse_period("2020"))
    assert Letters(2022, letter_for(2022)).comparable(Requirement(2022, KRAV_GJELDER), parse_period("2021"))


def test_the_next_letter_does_not_inherit_that_a_row_is_new() -> None:
    before = {"parameters": [{"id": "SP01", "ny_definisjon": True, "wording": "Andel"}, {"id": "SP02"}]}
    after = inherited({"parameters": [{"id": "SP02", "ny_definisjon": True}]}, before)
    assert after["parameters"] == [{"id": "SP01", "wording": "Andel"}, {"id": "SP02", "ny_definisjon": True}]
