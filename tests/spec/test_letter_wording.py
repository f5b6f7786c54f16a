"""The styringsparametere as the two letters word them, and the rule each is judged by.

Every expected text here is typed from the letters, not read from `data/letters/`.
"""

import pytest

from navbook.letters import Letter, Styringsparameter, letter_for

BOTH_YEARS = {
    "SP01": "Andel arbeidssøkere med overgang til arbeid",
    "SP02": "Andel personer med nedsatt arbeidsevne med overgang til arbeid",
    "SP05": "Overgang til arbeid fra tiltak fordelt på",
    "SP06": "Antall formidlinger totalt og fordelt på",
    "SP07": "Andel med gradert sykmelding ved passering 12 uker",
    "SP08": "Andel AAP-mottakere som er i arbeid eller tiltak på 26 ukers-tidspunktet",
    "SP09": "Andel brukere under 30 år med arbeidsrettet aktivitet fordelt på",
    "SP11": "Andel brukere under 30 år som har hatt dialog, møte eller samtale med NAV siste 30 dager "
    "fordelt på",
    "SP12": "Sum egenmeldt og legemeldt sykefravær i gjennomsnitt for året for etaten "
    "(den enkelte enhet setter sitt sykefraværs mål basert på lokal situasjon)",
}
WORDING = {
    2021: BOTH_YEARS
    | {
        "SP13": "Andel nyrekrutterte til fast stilling som er personer med nedsatt funksjonsevne "
        "eller med hull i CVen (inkluderingsdugnadens mål)",
    },
    2022: BOTH_YEARS
    | {
        "SP03": "Andel unge under 30 år med overgang til arbeid",
        "SP04": "Andel innvandrere med bakgrunn fra land utenfor EØS-området med overgang til arbeid",
        "SP10": "Andel og antall langtids arbeidssøkere i arbeidsrettet aktivitet",
        "SP13": "Andel nyrekrutterte til fast stilling som er personer med nedsatt funksjonsevne "
        "eller med hull i CV-en («inkluderingsdugnadens» mål)",
    },
}
A, B = "situasjonsbestemt innsatsbehov", "spesielt tilpasset innsatsbehov"

FOOTNOTES_2022 = {
    "SP01": (
        18,
        "Det er høy overgang til arbeid pga. de permitterte. Kravet bør særlig ses i forhold til "
        "ikke-permitterte arbeidssøkere.",
    ),
    "SP04": (
        19,
        "Personer fra Asia, Afrika, Amerika (utenom USA og Canada), Øst-Europa (utenfor EU), "
        "Oseania (utenom Australia og New Zealand) (landgruppe 3)",
    ),
}
FOOTNOTE_5 = (
    "SSBs kategori landgruppe 3: Dvs. innvandrere fra Afrika, Asia inkl. Tyrkia, Sør- og Mellom-Amerika, "
    "Oceania unntatt Australia og New Zealand samt fra Europa utenfor EØS."
)


def letter(year: int) -> Letter:
    found = letter_for(year)
    assert found is not None
    return found


def parameter(year: int, identity: str) -> Styringsparameter:
    return next(row for row in letter(year).parameters if row.id == identity)


@pytest.mark.parametrize("year", [2021, 2022])
def test_every_parameter_stands_in_the_letters_own_words(year: int) -> None:
    assert {row.id: row.wording for row in letter(year).parameters} == WORDING[year]


@pytest.mark.parametrize(("year", "count"), [(2021, 15), (2022, 19)])
def test_the_table_asks_for_15_series_in_2021_and_19_in_2022(year: int, count: int) -> None:
    assert len(letter(year).own_series()) == count


@pytest.mark.parametrize("year", [2021, 2022])
@pytest.mark.parametrize(
    ("identity", "rows"),
    [
        ("SP05", [("BFORM", A), ("BATT", B)]),
        ("SP06", [("alle", "totalt"), ("BFORM", A), ("BATT", B)]),
        ("SP09", [("BFORM", A), ("BATT", B)]),
        ("SP11", [("BFORM", A), ("BATT", B)]),
    ],
)
def test_divided_parameters_have_the_letters_rows(
    year: int, identity: str, rows: list[tuple[str, str]]
) -> None:
    own = [(ref.gruppe, ref.wording) for ref in parameter(year, identity).series if not ref.supplement]
    assert own == rows


def test_2021_asks_for_movement_towards_the_level_of_2019() -> None:
    rows = [row for row in letter(2021).parameters if row.id not in ("SP12", "SP13")]
    assert {row.requirement for row in rows} == {"Skal bevege seg i retning 2019-nivået"}
    assert {(row.rule.kind, row.rule.level_year, row.rule.base_months_back) for row in rows} == {
        ("towards_level", 2019, 12)
    }


def test_2022_asks_for_an_increase_on_the_same_period_of_2021() -> None:
    rows = [row for row in letter(2022).parameters if row.id not in ("SP12", "SP13")]
    assert letter(2022).header == "Resultatene sammenlignes med samme periode i 2021."
    assert {row.requirement for row in rows} == {"Skal øke sammenlignet med 2021"}
    assert {(row.rule.kind, row.rule.base_months_back, row.rule.polarity) for row in rows} == {
        ("higher_than_base", 12, 1)
    }


@pytest.mark.parametrize("year", [2021, 2022])
@pytest.mark.parametrize(
    ("identity", "requirement", "operator", "limit"),
    [("SP12", "< 6,1 %", "<", 0.061), ("SP13", "> 5,0 %", ">", 0.05)],
)
def test_two_parameters_have_a_fixed_limit_and_no_base_year(
    year: int, identity: str, requirement: str, operator: str, limit: float
) -> None:
    row = parameter(year, identity)
    assert row.requirement == requirement
    assert (row.rule.kind, row.rule.operator, row.rule.limit) == ("fixed_limit", operator, limit)
    assert row.rule.level_year is None


def test_low_sick_leave_is_good_and_everything_else_is_good_when_high() -> None:
    polarity = {row.id: row.rule.polarity for year in (2021, 2022) for row in letter(year).parameters}
    assert {identity for identity, sign in polarity.items() if sign == -1} == {"SP12"}


def test_sp10_is_judged_as_share_and_as_number() -> None:
    judged = [(ref.gruppe, ref.maal) for ref in parameter(2022, "SP10").series if ref.judged]
    assert judged == [("alle", "andel"), ("antall", "antall")]
    assert "SEM3" in parameter(2022, "SP10").rule.semantics


def test_footnotes_18_and_19_stand_at_their_parameters_in_2022_and_nowhere_in_2021() -> None:
    found = {
        row.id: [(n.number, n.text) for n in row.footnotes]
        for row in letter(2022).parameters
        if row.footnotes
    }
    assert found == {identity: [note] for identity, note in FOOTNOTES_2022.items()}
    assert not any(row.footnotes for row in letter(2021).parameters)


@pytest.mark.parametrize("year", [2021, 2022])
def test_footnote_5_is_the_same_in_both_letters(year: int) -> None:
    noted = [definition.ordlyd for definition in letter(year).definitions if definition.footnote == 5]
    assert noted == [[FOOTNOTE_5]]


@pytest.mark.parametrize(
    ("year", "judged"),
    [
        (2021, {"alle": True, "uten_permitterte": False}),
        (2022, {"alle": True, "uten_permitterte": True}),  # footnote 18 points the requirement at them
    ],
)
def test_the_letter_of_2022_also_judges_those_who_were_not_laid_off(
    year: int, judged: dict[str, bool]
) -> None:
    assert {ref.gruppe: ref.judged for ref in parameter(year, "SP01").series} == judged


def test_the_youth_guarantee_changed_its_event() -> None:
    guarantee = {
        year: next(row for row in letter(year).catalogue if row.id == "F01") for year in (2021, 2022)
    }
    assert guarantee[2021].ordlyd == [
        "unge ledige og personer med nedsatt arbeidsevne under 30 år, senest innen åtte uker, skal tilbys "
        "en individuelt tilpasset arbeidsrettet oppfølging"
    ]
    assert guarantee[2022].ordlyd == [
        "Ledige og personer med nedsatt arbeidsevne under 30 år skal senest innen åtte uker tilbys "
        "en individuelt tilpasset arbeidsrettet aktivitet"
    ]


@pytest.mark.parametrize("year", [2021, 2022])
def test_the_letters_were_dated_when_the_year_had_begun(year: int) -> None:
    assert letter(year).dated.isoformat() == {2021: "2021-03-15", 2022: "2022-02-28"}[year]


ONLY_2021 = {"F04", "G03", "G24", "G33", "G50", "R01", "R03", "R04", "R05", "R06", "R11", "R12"}
ONLY_2022 = {"F05", "F07", "F12", "F13", "G02", "G14", "G16", "G17", "G20", "G27", "G29", "G35", "G36"}
ONLY_2022 |= {"G37", "G38", "G48", "G58", "R02", "R14", "R15"}
OF_NO_LETTER = {"G42", "G43", "G44", "G45", "G60"}


def test_the_catalogue_holds_every_deadline_goal_and_report_of_its_year() -> None:
    every = (
        {f"F{k:02}" for k in range(1, 15)}
        | {f"G{k:02}" for k in range(1, 61)}
        | {f"R{k:02}" for k in range(1, 16)}
    ) - OF_NO_LETTER
    assert {row.id for row in letter(2021).catalogue} == every - ONLY_2022
    assert {row.id for row in letter(2022).catalogue} == every - ONLY_2021
