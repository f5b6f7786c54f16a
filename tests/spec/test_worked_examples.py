"""The worked examples of the calculation notebooks: states and counts by hand, held against the program.

The numbers and the states in the YAML files are derived from section 2 of the contract, never from output.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from navbook.extract import check_extract, open_extract
from navbook.extract.codes import arbeidsrettede_aktivitetstyper
from navbook.indicators import CALCULATIONS, count_example, worked_example, write_example
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.registry import indicators_of
from navbook.indicators.states.intervals import with_spell
from navbook.indicators.states.sick_leave_cases import tilfeller
from navbook.indicators.states.states import States, states_of
from navbook.indicators.worked_examples.example import FOLDER, FollowedCase, WorkedExample

Rows = list[dict[str, Any]]


@pytest.fixture(params=CALCULATIONS)
def example(request: pytest.FixtureRequest) -> WorkedExample:
    return worked_example(request.param)


def test_every_calculation_notebook_has_an_example() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == set(CALCULATIONS)


def test_an_example_follows_two_or_three_cases_of_indicators_of_its_notebook(example: WorkedExample) -> None:
    assert len(example.tilfeller) in (2, 3)
    declared = {
        (indicator.id, group.id)
        for indicator in indicators_of(example.beregning)
        for group in indicator.grupper
    }
    named = {(part.indikator, group) for part in example.contributions() for group in part.grupper}
    assert named <= declared
    assert {part.indikator for part in example.contributions()} <= set(example.indikatorer)
    for case in example.tilfeller:
        assert case.dager
        assert case.bidrag, f"{case.hvem} ends without a number"
        assert all(len(state.tilstand) == len(example.kolonner) for state in case.dager)
        assert all(bool(part.grupper) == bool(part.kontor) for part in case.bidrag)


def test_some_case_counts_in_x_some_in_n_alone_and_the_months_are_known(example: WorkedExample) -> None:
    numbers = [(part.x, part.n) for part in example.contributions() if part.grupper]
    assert any(x for x, _ in numbers)
    assert any(n is None or x < n for x, n in numbers)


def test_the_program_counts_what_was_derived_by_hand(example: WorkedExample) -> None:
    counted = {
        (row["indikator"], row["gruppe"], row["enhetsnr"], row["maned"]): (row["x"], row["n"])
        for row in count_example(example).to_pylist()
        if row["x"] or row["n"]
    }
    assert counted == {key: value for key, value in example.expected.items() if any(value)}


def test_the_example_is_a_valid_extract(example: WorkedExample, tmp_path: Path) -> None:
    report = check_extract(write_example(example, tmp_path / "eksempel"))
    assert [problem for problem in report.problems if problem.severity == "invalid"] == []


def test_the_states_by_hand_are_those_of_the_program(example: WorkedExample, tmp_path: Path) -> None:
    with open_extract(write_example(example, tmp_path / "eksempel"), engine="duckdb") as extract:
        program = Program(states_of(extract))
        for case in example.tilfeller:
            for day in case.dager:
                states = [program.state(column, case, day.dag) for column in example.kolonner]
                assert states == list(day.tilstand), f"{case.hvem} {day.dag}"


class Program:
    """The state of a person on a day as the program has it, in the words of the examples."""

    def __init__(self, states: States) -> None:
        self.states = states
        self.known: dict[str, Rows] = {}

    def state(self, column: str, case: FollowedCase, day: date) -> str:
        found = STATES[column](self, case, day)
        if isinstance(found, bool):
            return "ja" if found else "nei"
        return "–" if found is None else str(found)

    def rows(self, name: str, table: Callable[[], Any], person: str, day: date) -> Rows:
        """The rows of a table that cover the day for the person, the latest first."""
        if name not in self.known:
            self.known[name] = self.states.extract.fetch(table()).to_pylist()
        rows = [row for row in self.known[name] if row["person_id"] == person]
        rows = [row for row in rows if row["fom"] <= day <= (row["tom"] or date.max)]
        return sorted(rows, key=lambda row: row["fom"], reverse=True)

    def stay(self, person: str, day: date) -> dict[str, Any]:
        found = self.rows("oppfolging", lambda: self.states.under_oppfolging, person, day)
        return found[0] if found else dict.fromkeys(("enhetsnr", "innsatsgruppe"))

    def covered(self, name: str, person: str, day: date) -> bool:
        return bool(self.rows(name, lambda: getattr(self.states, name), person, day))

    def day_of_spell(self, name: str, table: Callable[[], Any], person: str, day: date) -> int | None:
        """The day of the spell that holds the day, gaps inside it included; the first is 0."""
        if name not in self.known:
            self.known[name] = self.states.extract.fetch(table()).to_pylist()
        starts = {
            row["start"]
            for row in self.known[name]
            if row["person_id"] == person and row["start"] <= day <= row["slutt"]
        }
        return (day - starts.pop()).days if starts else None

    def sick_leave(self, case: FollowedCase, day: date) -> Rows:
        return self.rows("sykmelding", lambda: self.states.extract.rows("sykmelding"), case.hvem, day)


def status(program: Program, case: FollowedCase, day: date) -> str | None:
    stay = program.stay(case.hvem, day)
    return "nedsatt" if stay.get("nedsatt") else "arbeidssøker" if stay.get("arbeidssoker") else None


def age(_program: Program, case: FollowedCase, day: date) -> int:
    born = case.rader.get("person", ({"fodselsdato": date(1980, 6, 15)},))[0]["fodselsdato"]
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def days_as_jobseeker(program: Program, case: FollowedCase, day: date) -> int | None:
    if status(program, case, day) != "arbeidssøker":
        return None
    stays = program.states.under_oppfolging
    spells = with_spell(stays.filter(stays.arbeidssoker), SETTINGS.langtid_hull)
    first = program.day_of_spell("jobseeker", lambda: spells, case.hvem, day)
    return None if first is None else first + 1


def day_of_aap(program: Program, case: FollowedCase, day: date) -> int | None:
    spells = with_spell(program.states.aap, SETTINGS.aap_hull)
    return program.day_of_spell("aap-forløp", lambda: spells, case.hvem, day)


def day_of_sick_leave(program: Program, case: FollowedCase, day: date) -> int | None:
    cases = tilfeller(program.states, arbeidsgiver=True)
    return program.day_of_spell("tilfelle", lambda: cases, case.hvem, day)


def day_of_follow_up(program: Program, case: FollowedCase, day: date) -> int | None:
    spells = with_spell(program.states.under_oppfolging, SETTINGS.oppfolging_hull)
    return program.day_of_spell("oppfølging", lambda: spells, case.hvem, day)


def activity(program: Program, case: FollowedCase, day: date, types: frozenset[str]) -> bool:
    rows = program.rows("aktivitet", lambda: program.states.extract.rows("aktivitet"), case.hvem, day)
    return any(row["type"] in types and row["status"] in ("GJENNOMFORES", "FULLFORT") for row in rows)


def contact(_program: Program, case: FollowedCase, day: date) -> bool:
    return any(
        0 <= (day - row["dato"]).days < SETTINGS.kontakt_dager and row["status"] != "AVBRUTT"
        for row in case.rader.get("kontakt", ())
    )


def grade(program: Program, case: FollowedCase, day: date) -> str | None:
    grades = [row["grad"] for row in program.sick_leave(case, day)]
    return f"{min(grades):g}" if grades else None


def wage(_program: Program, case: FollowedCase, day: date) -> bool:
    return any(row["maned"] == f"{day:%Y-%m}" for row in case.rader.get("lonn", ()))


def registered(_program: Program, case: FollowedCase, day: date) -> str:
    rows = [row for row in case.rader["kandidatutfall"] if row["tidspunkt"] == day]
    return str(max(rows, key=lambda row: row["id"])["utfall"])


def working_days(case: FollowedCase, *columns: str) -> str:
    (row,) = case.rader["fravaer_ansatte"]
    return f"{sum(row[column] for column in columns):g}".replace(".", ",")


def hire(case: FollowedCase, column: str) -> bool:
    (row,) = case.rader["nyansettelse"]
    return bool(row[column])


STATES: dict[str, Callable[[Program, FollowedCase, date], Any]] = {
    "Kontor": lambda program, case, day: program.stay(case.hvem, day)["enhetsnr"],
    "Innsatsgruppe": lambda program, case, day: program.stay(case.hvem, day)["innsatsgruppe"],
    "Status": status,
    "Alder": age,
    "AAP": lambda program, case, day: program.covered("aap", case.hvem, day),
    "I arbeid": lambda program, case, day: program.covered("i_arbeid", case.hvem, day),
    "I tiltak": lambda program, case, day: program.covered("i_tiltak", case.hvem, day),
    "I aktivitet": lambda program, case, day: program.covered("dager_med_aktivitet", case.hvem, day),
    "I KVP": lambda program, case, day: bool(
        program.rows("kvp", lambda: program.states.extract.rows("kvp"), case.hvem, day)
    ),
    "Arbeidsrettet aktivitet": lambda program, case, day: activity(
        program, case, day, arbeidsrettede_aktivitetstyper()
    ),
    "Behandling": lambda program, case, day: activity(program, case, day, frozenset({"BEHANDLING"})),
    "Kontakt siste 30 dager": contact,
    "Dag i forløpet": day_of_aap,
    "Dag i tilfellet": day_of_sick_leave,
    "Dag i oppfølgingen": day_of_follow_up,
    "Dager som arbeidssøker": days_as_jobseeker,
    "Sykmeldt": lambda program, case, day: bool(program.sick_leave(case, day)),
    "Grad": grade,
    "Lønn i måneden": wage,
    "Registrert den dagen": registered,
    "Avtalte dagsverk": lambda _program, case, _day: working_days(case, "avtalte_dagsverk"),
    "Tapte dagsverk": lambda _program, case, _day: working_days(
        case, "egenmeldt_dagsverk", "legemeldt_dagsverk"
    ),
    "Fast stilling": lambda _program, case, _day: hire(case, "fast"),
    "I målgruppen": lambda _program, case, _day: hire(case, "i_malgruppe"),
}
