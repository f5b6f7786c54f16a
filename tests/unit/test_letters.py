"""Letter files: which one is in force, what a new year takes, and what is said when a file is wrong."""

import re
import time
from pathlib import Path

import pytest

from navbook.indicators import REGISTRY
from navbook.letters import LetterError, letter_for, load_letter
from navbook.runtime.errors import NavbookError
from navbook.runtime.paths import PROJECT

GOALS = {f"g{k:02}" for k in range(1, 61)} | {f"f{k:02}" for k in range(1, 15)}
MADE_UP = """\
year: 2023
dated: 2023-03-01
title: Mål- og disponeringsbrev 2023
source: laget for testen
semantics:
  - {id: SEM9, text: Likt er ikke høyere.}
parameters:
  - id: SP01
    wording: Andel arbeidssøkere med overgang til arbeid
    gloss: Hvor mange som fikk jobb.
    english: Share moving to work
    population: Arbeidssøkere.
    baseline: Samme periode i 2022
    requirement: Skal øke sammenlignet med 2022
    rule: {kind: higher_than_base, semantics: [SEM9], text: Høyere enn i samme periode i 2022.}
    silent: Alt det andre.
    series:
      - {indikator: ota_arbs, gruppe: alle, wording: alle, judged: true}
catalogue:
  - id: G34
    omtale: Fylkene skal kjenne brukerne sine.
    what: Hvem brukerne er
    status: beregnet
    reason: Regnes av oppfolging.
    series:
      - {indikator: portefolje, gruppe: alle, wording: alle, maal: antall, supplement: true}
"""


def written(folder: Path, text: str = MADE_UP, name: str = "2023.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_year_has_its_own_letter() -> None:
    assert [letter.year for year in (2021, 2022) if (letter := letter_for(year))] == [2021, 2022]


def test_a_year_without_a_letter_has_the_latest_earlier_one(tmp_path: Path) -> None:
    written(tmp_path)
    later = letter_for(2031, tmp_path)
    assert later is not None
    assert later.year == 2023


def test_there_is_no_letter_before_the_first() -> None:
    assert letter_for(2020) is None


def test_2023_is_one_more_file(tmp_path: Path) -> None:
    written(tmp_path)
    letter = letter_for(2023, tmp_path)
    assert letter is not None
    assert [(owner.id, ref.indikator, ref.judged) for owner, ref in letter.series()] == [
        ("SP01", "ota_arbs", True),
        ("G34", "portefolje", False),
    ]
    assert letter.parameters[0].rule.base_months_back == 12


def test_the_edition_has_the_parameters_first_then_the_goals_and_the_deadlines_that_are_counted() -> None:
    letter = letter_for(2022)
    assert letter is not None
    owners = list(dict.fromkeys(owner.id for owner, _ in letter.series()))
    goals = ["G01", "G04", "G05", "G06", "G07", "G09", "G10", "G11", "G13", "G16", "G18", "G23", "G34", "G47"]
    deadlines = ["F01", "F02", "F05", "F06", "F09", "F10", "F14"]
    assert owners == [f"SP{k:02}" for k in range(1, 14)] + goals + deadlines


@pytest.mark.parametrize("year", [2021, 2022])
def test_what_the_catalogue_calls_counted_has_series_or_says_where_it_stands(year: int) -> None:
    letter = letter_for(year)
    assert letter is not None
    counted = {entry.id for entry in letter.catalogue if entry.status == "beregnet"}
    with_series = {entry.id for entry in letter.catalogue if entry.series and entry.id != "R05"}
    assert with_series == counted


@pytest.mark.parametrize("year", [2021, 2022])
def test_every_goal_of_the_registry_stands_in_the_letter_but_for_what_is_new_in_2022(year: int) -> None:
    letter = letter_for(year)
    assert letter is not None
    asked = {(ref.indikator, ref.gruppe) for _, ref in letter.series()}
    goals = {
        (indicator.id, group.id)
        for indicator in REGISTRY.values()
        if indicator.utenfor_styringsparametrene
        for group in indicator.grupper
        if group.gjentar is None
    }
    new = {("f05_avklart_12u", "alle"), ("f05_avklart_12u", "under30")} if year == 2021 else set()
    new |= {("g16_gradert_kurve", f"uke{weeks}") for weeks in (4, 8, 26) if year == 2021}
    # the other reading of 26 weeks, which a letter may name instead
    assert goals - asked == new | {("g18_dagpenger_slutt", "under_26")}


def test_series_that_are_new_in_2022_are_in_the_letter_of_2021_for_its_report_only() -> None:
    letter = letter_for(2021)
    assert letter is not None
    new = {"ota_u30", "ota_lg3", "langtid_aktivitet"}
    found = [(owner.id, ref.judged, ref.supplement) for owner, ref in letter.series() if ref.indikator in new]
    assert found == [("R05", False, True)] * 4


@pytest.mark.parametrize("year", [2021, 2022])
def test_the_books_own_supplements_are_not_counted_as_the_letters(year: int) -> None:
    letter = letter_for(year)
    assert letter is not None
    supplements = {(ref.indikator, ref.gruppe) for _, ref in letter.series() if ref.supplement}
    expected = {
        ("ota_arbs", "uten_permitterte"),
        ("aap_26u", "under30"),
        ("sykefravaer_etat", "egenmeldt"),
        ("sykefravaer_etat", "legemeldt"),
        ("u30_aktivitet", "IKVAL"),
        ("u30_kontakt30", "IKVAL"),
    }
    expected |= {("u30_aktivitet", f"{group}_smal") for group in ("IKVAL", "BFORM", "BATT")}
    expected |= {("u30_kontakt30", f"{group}_fra_bruker") for group in ("IKVAL", "BFORM", "BATT")}
    expected |= {("u30_8uker", group) for group in ("alle", "BFORM", "BATT")}
    portfolio = "alle IKVAL BFORM BATT VARIG under30 landgruppe3 langtid AAP arbeidssoker nedsatt"
    expected |= {("portefolje", group) for group in portfolio.split()}
    if year == 2022:
        expected.add(("ota_lg3", "fotnote5"))
    else:
        expected |= {("ota_u30", "alle"), ("ota_lg3", "alle")}
        expected |= {("langtid_aktivitet", "alle"), ("langtid_aktivitet", "antall")}
    assert {series for series in supplements if series[0][:3] not in GOALS} == expected


@pytest.mark.parametrize(
    ("replace", "by", "says"),
    [
        ("    silent: Alt det andre.\n", "", ["entry SP01", "field silent", "required"]),
        ("    silent:", "    stille:", ["entry SP01", "field stille", "not permitted"]),
        ("kind: higher_than_base", "kind: higher", ["entry SP01", "field rule.kind"]),
        ("kind: higher_than_base", "kind: fixed_limit", ["entry SP01", "field rule", "operator and limit"]),
        ("kind: higher_than_base", "kind: towards_level", ["entry SP01", "field rule", "level_year"]),
        ("judged: true", "judged: kanskje", ["entry SP01", "field series.0.judged"]),
        ("judged: true", "judged: false", ["entry SP01", "judged"]),
        ("id: SP01", "id: SP1", ["entry SP1", "field id"]),
        ("  - id: SP01\n    wording", "  - wording", ["entry 1 of parameters", "field id"]),
        ("dated: 2023-03-01", "dated: i fjor", ["the letter itself", "field dated"]),
        ("status: beregnet", "status: snart", ["entry G34", "field status"]),
        ("semantics: [SEM9]", "semantics: [SEM7]", ["SP01", "SEM7"]),
        ("portefolje, gruppe", "ota_arbs, gruppe", ["series ota_arbs/alle is repeated"]),
        ("year: 2023", "year: 2024", ["field year is 2024"]),
        ("title:", "year: 2022\ntitle:", ["the key year is given twice", "line"]),
        ("parameters:", "parameters: [", ["not valid YAML", "line"]),
        (MADE_UP, "", ["the letter itself"]),
    ],
)
def test_an_error_names_file_entry_and_field_in_one_line(
    tmp_path: Path, replace: str, by: str, says: list[str]
) -> None:
    assert replace in MADE_UP
    path = written(tmp_path, MADE_UP.replace(replace, by, 1))
    with pytest.raises(LetterError) as caught:
        load_letter(path)
    message = str(caught.value)
    assert "2023.yml" in message
    assert "\n" not in message
    for part in says:
        assert part in message


@pytest.mark.parametrize(
    "text",
    ["{" * 40_000, "[" * 40_000, "- " * 20_000, "a: &a [1]\nb: *a", "a: !!python/object:os.system x",
     "year: 2023-99-99", "x" * 1_000_001, "\x00", "year: " + "9" * 20_000],
)  # fmt: skip
def test_a_hostile_letter_file_is_refused_in_time(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    began = time.monotonic()
    with pytest.raises(LetterError, match=r"2023\.yml"):
        load_letter(path)
    assert time.monotonic() - began < 5


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path, MADE_UP.replace("dated: 2023-03-01", "dated: x").replace("status: beregnet", "status: y")
    )
    with pytest.raises(LetterError, match=r"field dated.*; entry G34, field status"):
        load_letter(path)


def test_a_wrong_letter_is_shown_to_the_user_as_invalid_input() -> None:
    assert issubclass(LetterError, NavbookError)
    assert LetterError.exit_code == 3


def test_a_missing_letter_file_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match=r"2019\.yml cannot be read"):
        load_letter(tmp_path / "2019.yml")


@pytest.mark.parametrize("name", ["2023.yaml", "nytt.yml"])
def test_a_letter_file_that_would_be_passed_over_is_an_error(tmp_path: Path, name: str) -> None:
    written(tmp_path, name=name)
    with pytest.raises(LetterError, match="not named after a year"):
        letter_for(2023, tmp_path)


def test_no_letter_year_or_requirement_stands_outside_the_letters() -> None:
    files = [*(PROJECT / "src").rglob("*.py"), *(PROJECT / "book").glob("*.md")]
    files += [*(PROJECT / "book" / "metode").glob("*.md"), *(PROJECT / "src").rglob("*.yml")]
    said = re.compile(
        r"[Bb]reve(?:t|ne) for \d{4}|sammenlignet med \d{4}|retning \d{4}|(?:6,1|5,0) prosent"
        r"|fotnote \d+ i brevet|nivået i \d{4}|\d{4}-nivået"
    )
    assert len(files) > 200
    found = [
        f"{path.relative_to(PROJECT)}: {match[0]}"
        for path in files
        for match in said.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
