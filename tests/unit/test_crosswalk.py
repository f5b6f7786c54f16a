"""The chapter from one letter to the next, made from the letters themselves (`letters.md` 1.6)."""

import json
from itertools import pairwise

import pytest

from editions import make_small_edition
from navbook.edition import Edition
from navbook.gate.metadata.letter import transitions
from navbook.letters import letter_years
from navbook.pages import edition_chapters

ADDRESS = "metode/fra-2021-til-2022"


@pytest.fixture(scope="module", params=["2020", "2022"])
def chapter(request, tmp_path_factory):
    edition = Edition(make_small_edition(tmp_path_factory.mktemp("utgaver"), request.param))
    return edition_chapters(edition)[ADDRESS]


def first_transition():
    return transitions()[0]


def test_every_letter_but_the_first_has_a_transition():
    assert [(each["fra"], each["til"]) for each in transitions()] == list(pairwise(letter_years()))
    assert (first_transition()["fra"], first_transition()["til"]) == (2021, 2022)


def test_three_parameters_are_new_and_none_is_gone():
    each = first_transition()
    new = [row["id"] for row in each["rader"] if row["fra"] is None]
    assert sorted(new) == ["SP03", "SP04", "SP10"]
    assert not [row["id"] for row in each["rader"] if row["til"] is None]


def test_the_baseline_moves_from_a_level_to_the_year_before():
    each = first_transition()
    first = next(row for row in each["rader"] if row["id"] == "SP01")
    assert first["fra"]["krav"] == "Skal bevege seg i retning 2019-nivået"
    assert first["til"]["krav"] == "Skal øke sammenlignet med 2021"
    assert first["fra"]["fotnoter"] == []
    assert [note["nr"] for note in first["til"]["fotnoter"]] == [18]


def test_the_chapter_stands_in_every_edition_with_every_change_and_row(chapter):
    each = first_transition()
    assert chapter.startswith("# Fra brevet for 2021 til brevet for 2022")
    for change in each["endringer"]:
        assert change["topic"] in chapter
    for row in each["rader"]:
        assert row["id"] in chapter
    assert chapter.count("ikke i brevet for 2021") == 3


def test_the_one_wording_that_differs_is_shown_as_it_was(chapter):
    # SP13: a hyphen and quotation marks were put in
    assert "Før: «Andel nyrekrutterte til fast stilling" in chapter
    assert chapter.count("Før: «") == 1


def test_it_says_that_no_line_crosses_a_changed_definition(chapter):
    assert "ingen linje trekkes over en endret definisjon" in chapter


def test_goals_that_only_one_of_the_letters_has_are_listed(chapter):
    new, gone = (
        chapter.partition(f"## {title}")[2].partition("\n## ")[0]
        for title in ("Nye mål og frister i 2022", "Mål og frister som ikke er med i 2022")
    )
    # dialogmøte 3 and the reuse of freed time are gone; 12 weeks and the plan are new
    assert [name for name in ("F04", "G33", "F05", "G36") if f">{name}:" in gone] == ["F04", "G33"]
    assert [name for name in ("F04", "G33", "F05", "G36") if f">{name}:" in new] == ["F05", "G36"]


def test_what_was_dropped_or_changed_is_listed(chapter):
    for topic in (
        "Dialogmøte 3",
        "Tid på AAP",
        "Behandling og aktivitet samtidig",
        "Sykmeldte uten arbeidsgiver",
    ):
        assert topic in chapter


def test_pages_name_what_is_still_of_the_letter_before(tmp_path):
    folder = make_small_edition(tmp_path, "2022")
    path = folder / "krav.json"
    krav = json.loads(path.read_text(encoding="utf-8"))
    krav |= {"arver": 2021, "uavklart": ["datoen", "SP01", "SP04", "G01"], "datert": None}
    path.write_text(json.dumps(krav), encoding="utf-8")
    chapters = edition_chapters(Edition(folder))
    assert (
        "Dette er fortsatt fra brevet for 2021: SP01 og SP04, og 2 andre punkter" in chapters["rapport/9700"]
    )
    letter = chapters["metode/brevet"]
    assert "svarer på brevet for 2022. Det som står" in letter
    assert "står som i brevet for 2021: datoen, SP01, SP04, G01." in letter
