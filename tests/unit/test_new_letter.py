"""A new letter: what a file inherits, what is checked against its year, and `navbook nytt-aar`."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from editions import only_letters_of
from navbook.cli import main
from navbook.gate.metadata.letter import requirements, transitions
from navbook.letters import Letter, LetterError, letter_for, write_new_letter
from navbook.letters.load import LETTERS
from navbook.runtime.errors import UsageError

HEAD = """\
year: 2023
arver: 2022
dated: 2023-02-28
title: Mål- og disponeringsbrev 2023
source: laget for testen
header: Resultatene sammenlignes med samme periode i 2022.
semantics:
  - {id: SEM2, text: Kravet for 2023 er en økning fra samme periode i 2022.}
"""
# every row that is compared with a year must name the new one
ROWS = "".join(
    f"  - {{id: SP{number:02}, baseline: Samme periode i 2022, requirement: Skal øke sammenlignet med 2022,\n"
    "     rule: {text: Høyere enn i samme periode i 2022.}}\n"
    for number in range(1, 12)
)
COMPLETE = f"{HEAD}parameters:\n{ROWS}"


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which letters are found: a copy with the first two letters."""
    return only_letters_of([2021, 2022], tmp_path / "letters", monkeypatch)


def of_2023(folder: Path, text: str) -> Letter:
    (folder / "2023.yml").write_text(text, encoding="utf-8")
    letter = letter_for(2023)
    assert letter is not None
    assert letter.year == 2023
    return letter


def ids(letter: Letter) -> list[str]:
    return [row.id for row in letter.parameters]


def test_what_is_not_written_is_as_in_the_letter_before(letters: Path) -> None:
    letter, before = of_2023(letters, COMPLETE), letter_for(2022)
    assert before is not None
    assert [row.wording for row in letter.parameters] == [row.wording for row in before.parameters]
    assert letter.catalogue == before.catalogue
    assert letter.parameters[0].rule.kind == "higher_than_base"
    assert letter.unconfirmed() == []
    # the date, the deadlines, the changes and the headings are those of one letter only
    assert letter.report.deadlines == []
    assert letter.changes == []
    assert letter.report.sections == []


def test_a_row_is_dropped_added_reworded_and_renumbered(letters: Path) -> None:
    new = (
        "  - {id: SP14, etter: SP02, wording: Ny rad, gloss: x, english: x, population: x, baseline: x,\n"
        "     requirement: '> 3,0 %', silent: x,\n"
        "     rule: {kind: fixed_limit, operator: '>', limit: 0.03, text: 'Over 3,0 prosent.'},\n"
        "     series: [{indikator: g06_kvp, gruppe: ny, wording: Ny rad, judged: true}]}\n"
    )
    changes = (
        "  - {id: SP13, utgar: true}\n"
        "  - {id: SP15, tidligere: SP12, wording: Sykefraværet, requirement: '< 5,5 %',\n"
        "     rule: {limit: 0.055, text: 'Under 5,5 prosent.'}}\n"
    )
    letter = of_2023(letters, COMPLETE + new + changes)
    assert ids(letter) == ["SP01", "SP02", "SP14", *(f"SP{k:02}" for k in range(3, 12)), "SP15"]
    sick = letter.parameters[-1]
    assert (sick.rule.limit, sick.rule.operator, sick.rule.polarity) == (0.055, "<", -1)
    assert [(ref.gruppe, ref.wording) for ref in sick.series] == [
        ("sum", "Sykefraværet"),
        ("egenmeldt", "egenmeldt"),
        ("legemeldt", "legemeldt"),
    ]
    last = transitions()[-1]
    rows = {row["id"]: [side and side["id"] for side in (row["fra"], row["til"])] for row in last["rader"]}
    assert rows["SP15"] == ["SP12", "SP15"]
    assert rows["SP14"] == [None, "SP14"]
    assert rows["SP13"] == ["SP13", None]
    assert "SP12" not in rows


def test_goals_that_come_and_go_are_in_the_transition(letters: Path) -> None:
    goals = (
        "catalogue:\n"
        "  - {id: G20, utgar: true}\n"
        "  - {id: G61, omtale: Noe nytt., what: Det nye,\n"
        "     status: finnes ikke i uttrekket, reason: Ikke her.}\n"
    )
    of_2023(letters, COMPLETE + goals)
    last = transitions()[-1]
    assert last["nye_mal"] == [{"id": "G61", "hva": "Det nye"}]
    assert last["utgatte_mal"] == [{"id": "G20", "hva": "Antall avtaler per fylke"}]


def test_words_of_our_own_replace_the_letters_and_the_other_way_round(letters: Path) -> None:
    letter = of_2023(letters, f"{COMPLETE}catalogue:\n  - {{id: G20, omtale: Avtaler med virksomheter.}}\n")
    entry = next(entry for entry in letter.catalogue if entry.id == "G20")
    assert (entry.ordlyd, entry.omtale) == ([], "Avtaler med virksomheter.")


SP11 = "  - {id: SP11,"
SP04 = "  - {id: SP04, baseline"


@pytest.mark.parametrize(
    ("replace", "by", "says"),
    [
        ("dated: 2023", "dated: 2022", "dated is 2022-02-28"),
        ("disponeringsbrev 2023", "disponeringsbrev 2022", "title does not name 2023"),
        ("laget for testen", "brevet for 2022", "source names 2022"),
        ("periode i 2022.\nsem", "periode i 2021.\nsem", "header names 2021"),
        ("fra samme periode i 2022", "fra samme periode i 2021", "SEM2, field text names 2021"),
        ("sammenlignet med 2022", "sammenlignet med 2021", "SP01, field requirement names 2021"),
        ("baseline: Samme periode i 2022", "baseline: Hele 2021", "SP01, field baseline names 2021"),
        ("Høyere enn i samme periode i 2022", "Høyere enn i 2021", "SP01, field rule.text names 2021"),
        (SP11, f"  - {{id: SP12, requirement: '< 5,5 %'}}\n{SP11}", "SP12, field rule.limit is 0.061"),
        (SP11, f"  - {{id: SP12, rule: {{limit: 0.055}}}}\n{SP11}", "does not name the limit 5,5"),
        (SP11, f"  - {{id: SP99, tidligere: SP98}}\n{SP11}", "has no SP98"),
        (SP11, f"  - {{id: SP10}}\n{SP11}", "SP10 is repeated"),
        (SP04, f"{SP04[:-8]}silent: Se fotnote 23., baseline", "refers to footnote 23"),
        ("header:", "report: {deadlines: [{period: 2022-T1, due: 2023-05-12, name: x}]}\nheader:", "2022-T1"),
        ("arver: 2022", "arver: 2023", "arver is 2023"),
        ("arver: 2022", "arver: 2019", "2019.yml cannot be read"),
    ],
)
def test_every_field_is_checked_against_its_year(letters: Path, replace: str, by: str, says: str) -> None:
    assert replace in COMPLETE
    with pytest.raises(LetterError, match=re.escape(says)):
        of_2023(letters, COMPLETE.replace(replace, by, 1))


def test_a_new_year_is_written_from_last_years_with_every_entry_to_be_decided(letters: Path) -> None:
    path, before, undecided = write_new_letter(2023)
    letter, old = letter_for(2023), letter_for(2022)
    assert letter is not None
    assert old is not None
    assert (path, before) == (letters / "2023.yml", 2022)
    assert len(path.read_text(encoding="utf-8").splitlines()) < 200
    everything = [*old.parameters, *old.catalogue, *old.definitions, *old.semantics]
    assert letter.unconfirmed() == [
        "dated",
        "header",
        "changes",
        "deadlines",
        *(entry.id for entry in everything),
    ]
    assert [line.partition(":")[0] for line in undecided] == letter.unconfirmed()
    assert (letter.year, letter.dated, letter.parameters[0].requirement) == (
        2023,
        None,
        "Skal øke sammenlignet med 2021",
    )
    krav = requirements(letter, 2023)
    assert (krav["brev"], krav["arver"], krav["gjenbrukt"]) == (2023, 2022, False)
    named = ["datoen", "linjen over tabellen", "endringene", "fristene"]
    assert krav["uavklart"] == [*named, *(entry.id for entry in everything)]


@pytest.mark.usefixtures("letters")
def test_an_entry_that_is_confirmed_is_checked() -> None:
    path = write_new_letter(2023).path
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^  - \{id: SP01, .*\n", "", text), encoding="utf-8")
    with pytest.raises(LetterError, match="SP01, field requirement names 2021: 2023 is compared with 2022"):
        letter_for(2023)


@pytest.mark.usefixtures("letters")
def test_a_letter_file_is_never_overwritten() -> None:
    with pytest.raises(UsageError, match="exists"):
        write_new_letter(2022)
    with pytest.raises(UsageError, match="no letter before 2019"):
        write_new_letter(2019)


def test_the_command_lists_what_must_be_decided(letters: Path) -> None:
    result = CliRunner().invoke(main, ["nytt-aar", "2023"])
    assert result.exit_code == 0, result.output
    assert (letters / "2023.yml").is_file()
    assert "SP04: Andel innvandrere med bakgrunn" in result.output
    again = CliRunner().invoke(main, ["nytt-aar", "2023"])
    assert again.exit_code == UsageError.exit_code


def test_an_installed_navbook_writes_no_letter_into_itself(monkeypatch, tmp_path):
    """Outside a project folder the only place for letters is the package's own folder."""
    from navbook.runtime import paths

    package = tmp_path / "site-packages" / "navbook"
    letters = package / "project" / "data" / "letters"
    shutil.copytree(LETTERS, letters)
    monkeypatch.setattr(paths, "PACKAGE", package)
    monkeypatch.setattr(paths, "PROJECT", package / "project")
    monkeypatch.setattr("navbook.letters.load.LETTERS", letters)
    monkeypatch.chdir(tmp_path)
    before = sorted(letters.iterdir())
    result = CliRunner().invoke(main, ["nytt-aar", "2023"])
    assert result.exit_code == 2
    assert "`navbook ny DIR`" in result.output
    assert sorted(letters.iterdir()) == before
