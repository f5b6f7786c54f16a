"""Contract 1, "What makes an extract invalid, what is only reported": one case per rule.

Each case breaks one thing in a sound extract, and says which table, column and rule the report must name.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extracts import write_extract
from navbook.extract import CheckReport, check_extract
from navbook.extract.report import render
from navbook.runtime.errors import InvalidExtract
from sound_extract import Rows, sound_tables


@dataclass(frozen=True)
class Case:
    """What is done to the sound extract, and what the report must name."""

    name: str
    table: str
    column: str
    code: str
    change: dict[str, Any] = field(default_factory=dict)
    add: dict[str, Any] | None = None
    value: str = ""
    remedy: str = ""


def broken(case: Case) -> dict[str, Rows]:
    """The sound tables with `change` made in the last row of the case's table, and the row `add` added."""
    tables = sound_tables(case.table)
    rows = tables[case.table]
    rows[-1] = rows[-1] | case.change
    if case.add is not None:
        rows.append(rows[-1] | case.add)
    return tables


INVALID = [
    Case("unknown innsatsgruppe", "oppfolging", "innsatsgruppe", "unknown_code",
         {"innsatsgruppe": "STOR"}, value="STOR"),
    Case("unknown formidlingsgruppe", "oppfolging", "formidlingsgruppe", "unknown_code",
         {"formidlingsgruppe": "X"}),
    Case("unknown arbeidssøkerstatus", "oppfolging", "arbeidssokerstatus", "unknown_code",
         {"arbeidssokerstatus": "X"}),
    Case("country as alpha-2", "person", "fodeland", "unknown_code", {"fodeland": "NO"}, value="NO"),
    Case("country as text", "person", "fodeland", "unknown_code", {"fodeland": "Norge"}),
    Case("unknown utdanning", "person", "utdanning", "unknown_code",
         {"utdanning": "PHD"}, remedy="GRUNNSKOLE"),
    Case("unknown kjønn", "person", "kjonn", "unknown_code", {"kjonn": "X"}, remedy="K, M"),
    Case("unknown type of aktivitet", "aktivitet", "type", "unknown_code", {"type": "KURS"}),
    Case("unknown status of aktivitet", "aktivitet", "status", "unknown_code", {"status": "FERDIG"}),
    Case("unknown type of kontakt", "kontakt", "type", "unknown_code", {"type": "BREV"}),
    Case("unknown status of kontakt", "kontakt", "status", "unknown_code", {"status": "BORTE"}),
    Case("unknown deltakerstatus", "tiltak", "deltakerstatus", "unknown_code", {"deltakerstatus": "PA"}),
    Case("unknown ytelse", "ytelse", "ytelse", "unknown_code", {"ytelse": "SU"}),
    Case("unknown type of sykmelding", "sykmelding", "type", "unknown_code", {"type": "HALV"}),
    Case("unknown utfall", "kandidatutfall", "utfall", "unknown_code", {"utfall": "KANSKJE"}),
    Case("codes in lower case", "oppfolging", "formidlingsgruppe", "unknown_code",
         {"formidlingsgruppe": "arbs"}),
    Case("empty fom", "oppfolging", "fom", "empty", {"fom": None}),
    Case("empty gyldig_fom", "kontor", "gyldig_fom", "empty", {"gyldig_fom": None}),
    Case("empty dato", "kontakt", "dato", "empty", {"dato": None}),
    Case("empty person_id", "ytelse", "person_id", "empty", {"person_id": None}),
    Case("empty formidlingsgruppe", "oppfolging", "formidlingsgruppe", "empty", {"formidlingsgruppe": None}),
    Case("empty stillingsprosent", "arbeidsforhold", "stillingsprosent", "empty", {"stillingsprosent": None}),
    Case("fom after tom", "oppfolging", "fom", "fom_after_tom", {"fom": "2023-05-02", "tom": "2023-05-01"},
         value="2023-05-02 > 2023-05-01"),
    Case("office closed before it opened", "kontor", "gyldig_fom", "fom_after_tom",
         {"gyldig_tom": "1999-12-31"}),
    Case("person not in person", "kontakt", "person_id", "unknown_person", {"person_id": "p9"}),
    Case("person_id that differs by a zero", "ytelse", "person_id", "unknown_person", {"person_id": "p01"}),
    Case("two rows of one person that differ", "person", "person_id", "contradiction", add={"kjonn": "M"}),
    Case("office not in kontor", "oppfolging", "enhetsnr", "unknown_office",
         {"enhetsnr": "9009"}, value="9009"),
    Case("office not in kontor, tiltak", "tiltak", "enhetsnr", "unknown_office", {"enhetsnr": "9009"}),
    Case("office not in kontor, staff", "nyansettelse", "enhetsnr", "unknown_office", {"enhetsnr": "9009"}),
    Case("successor not in kontor", "kontor", "etterfolger", "unknown_office", {"etterfolger": "9009"}),
    Case("successors in a circle", "kontor", "etterfolger", "successor_loop", {"etterfolger": "9002"}),
    Case("office twice on one day", "kontor", "gyldig_fom", "office_overlap",
         add={"gyldig_fom": "2021-06-30", "gyldig_tom": None}),
    Case("office number of three digits", "kontor", "enhetsnr", "not_four_digits", {"enhetsnr": "301"},
         remedy="spreadsheet"),
    Case("county number with a letter", "kontor", "fylke_enhetsnr", "not_four_digits",
         {"fylke_enhetsnr": "99A0"}),
    Case("tiltak completed without tom", "tiltak", "tom", "tom_missing", {"tom": None}, value="FULLF"),
    Case("same person, fom and office, other code", "oppfolging", "person_id, fom, enhetsnr", "contradiction",
         add={"innsatsgruppe": "BATT"}),
    Case("more lost days than agreed", "fravaer_ansatte", "avtalte_dagsverk", "x_over_n",
         {"avtalte_dagsverk": 12}),
    Case("grad above 100", "sykmelding", "grad", "out_of_range", {"grad": 120}),
]  # fmt: skip

UNREADABLE = [
    Case(
        "date in Norwegian order",
        "kontakt",
        "dato",
        "unreadable",
        {"dato": "01.02.2023"},
        value="01.02.2023",
    ),
    Case(
        "date that does not exist",
        "kontakt",
        "dato",
        "unreadable",
        {"dato": "2023-02-29"},
        value="2023-02-29",
    ),
    Case("date without zeros", "kontakt", "dato", "unreadable", {"dato": "2023-2-1"}),
    Case("date with a time", "kontakt", "dato", "unreadable", {"dato": "2023-02-01 08:30"}),
    Case("month by name", "lonn", "maned", "unreadable", {"maned": "jan.23"}),
    Case("month 13", "lonn", "maned", "unreadable", {"maned": "2023-13"}),
    Case("number with text", "lonn", "kroner", "unreadable", {"kroner": "30 000 kr"}),
    Case("number in words", "arbeidsforhold", "stillingsprosent", "unreadable", {"stillingsprosent": "full"}),
    Case(
        "true or false in Norwegian",
        "oppfolging",
        "permittert",
        "unreadable",
        {"permittert": "Ja"},
        value="Ja",
    ),
    Case("whole number with a fraction", "kandidatutfall", "id", "unreadable", {"id": "1,5"}),
    Case(
        "time with a zone", "kandidatutfall", "tidspunkt", "unreadable", {"tidspunkt": "2023-12-01T10:00:00Z"}
    ),
]

REPORTED = [
    Case("unknown tiltakskode", "tiltak", "tiltakskode", "unknown_tiltakskode",
         {"tiltakskode": "NYTT"}, value="NYTT"),
    Case("rows equal in all columns", "kontakt", "", "equal_rows", add={}),
    Case("overlapping oppfølging", "oppfolging", "fom", "overlap",
         add={"fom": "2023-12-10", "enhetsnr": "9002"}),
    Case("overlapping ytelse", "ytelse", "fom", "overlap", add={"fom": "2023-12-10"}),
    Case("overlapping tiltak of one kind", "tiltak", "fom", "overlap", add={"fom": "2023-11-15"}),
    Case("table that ends long before the cover", "kontakt", "dato", "ends_early", {"dato": "2023-09-01"}),
    Case("unknown column", "person", "sivilstand", "unknown_column", {"sivilstand": "GIFT"}),
    Case("one id for two outcomes", "kandidatutfall", "id", "repeated_id", add={"person_id": "p2"}),
]  # fmt: skip


def told(report: CheckReport) -> list[tuple[str, str, str, str]]:
    """What a report says, as (severity, table, column, code)."""
    return [(p.severity, p.table, p.column, p.code) for p in (*report.problems, *report.reported)]


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
def test_a_sound_extract_has_nothing_to_report(tmp_path: Path, fmt: str) -> None:
    report = check_extract(write_extract(tmp_path / "uttrekk", sound_tables(), fmt=fmt))
    assert (report.ok, told(report)) == (True, [])


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.name)
def test_makes_an_extract_invalid(tmp_path: Path, case: Case) -> None:
    report = check_extract(write_extract(tmp_path / "uttrekk", broken(case)))
    assert ("invalid", case.table, case.column, case.code) in told(report)
    problem = next(p for p in report.problems if p.code == case.code and p.column == case.column)
    assert case.value in problem.value
    assert case.remedy in problem.remedy
    assert problem.keys


@pytest.mark.parametrize("case", UNREADABLE, ids=lambda case: case.name)
def test_a_value_that_cannot_be_read_as_its_type_is_shown_as_it_stands(tmp_path: Path, case: Case) -> None:
    report = check_extract(write_extract(tmp_path / "uttrekk", broken(case)))
    assert told(report) == [("invalid", case.table, case.column, "unreadable")]
    assert case.value in report.problems[0].value


@pytest.mark.parametrize("case", REPORTED, ids=lambda case: case.name)
def test_is_reported_and_the_run_goes_on(tmp_path: Path, case: Case) -> None:
    report = check_extract(write_extract(tmp_path / "uttrekk", broken(case)))
    assert report.ok
    assert told(report) == [("reported", case.table, case.column, case.code)]
    assert case.value in report.reported[0].value


ALLOWED = [
    ("oppfolging", {"innsatsgruppe": "HAR_IKKE_GJELDENDE_14A_VEDTAK"}),
    ("oppfolging", {"innsatsgruppe": "TRENGER_VEILEDNING_NEDSATT_ARBEIDSEVNE"}),
    ("oppfolging", {"formidlingsgruppe": "RARBS"}),
    ("oppfolging", {"permittert": None}),
    ("person", {"fodeland": None}),
    ("person", {"fodeland": "XXK"}),
    ("tiltak", {"tiltakskode": "VTA-O"}),
    ("tiltak", {"deltakerstatus": "DELTAR", "tom": None}),
    ("aktivitet", {"type": "STILLING"}),
    ("kontakt", {"status": None}),
    ("kandidatutfall", {"tidspunkt": "2023-12-01"}),
]


@pytest.mark.parametrize(("table", "change"), ALLOWED, ids=lambda value: str(value))
def test_is_allowed(tmp_path: Path, table: str, change: dict[str, Any]) -> None:
    report = check_extract(write_extract(tmp_path / "uttrekk", broken(Case("", table, "", "", change))))
    assert told(report) == []


@pytest.mark.parametrize(
    "table", ["kontor", "person", "oppfolging", "arbeidsforhold", "tiltak", "aktivitet", "kontakt", "ytelse"]
)
def test_a_required_table_must_be_there(tmp_path: Path, table: str) -> None:
    report = check_extract(write_extract(tmp_path, sound_tables("kontor") | {table: None}))
    assert ("invalid", table, "", "no_table") in told(report)


def test_optional_tables_may_be_missing(tmp_path: Path) -> None:
    required = {
        "kontor",
        "person",
        "oppfolging",
        "arbeidsforhold",
        "tiltak",
        "aktivitet",
        "kontakt",
        "ytelse",
    }
    report = check_extract(
        write_extract(tmp_path, {k: v for k, v in sound_tables("kontor").items() if k in required})
    )
    assert told(report) == []


def test_a_required_column_must_be_there_and_its_rules_are_not_told_besides(tmp_path: Path) -> None:
    write_extract(tmp_path, sound_tables("kontor"))
    (tmp_path / "kontakt.csv").write_text("person_id;dato;type;status;automatisk\np1;2023-12-01;MOTE;;\n")
    report = check_extract(tmp_path)
    assert told(report) == [("invalid", "kontakt", "fra_bruker", "no_column")]


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
def test_every_problem_comes_at_once(tmp_path: Path, fmt: str) -> None:
    tables = sound_tables()
    for case in INVALID:
        if case.table in {"oppfolging", "ytelse", "person"} and case.change:
            tables[case.table].append(tables[case.table][0] | case.change)
    report = check_extract(write_extract(tmp_path, tables, fmt=fmt))
    codes = {(p.table, p.column, p.code) for p in report.problems}
    wanted = {
        (c.table, c.column, c.code) for c in INVALID if c.table in {"oppfolging", "ytelse"} and c.change
    }
    assert codes >= wanted
    with pytest.raises(InvalidExtract, match="problems make the extract invalid") as error:
        report.raise_if_invalid()
    assert error.value.exit_code == 3


def test_at_most_twenty_keys_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    rows = [{"person_id": "p1", "dato": "2023-12-01", "type": f"T{n}"} for n in range(30)]
    report = check_extract(write_extract(tmp_path, sound_tables("kontor") | {"kontakt": rows}))
    (problem,) = report.problems
    assert (problem.count, len(problem.keys)) == (30, 20)
    assert problem.keys[0] == "row 1 (p1)"


@pytest.mark.parametrize("rows", [10_000, 10_001])
def test_more_than_ten_thousand_rows_of_one_person(tmp_path: Path, rows: int) -> None:
    days = [date.fromordinal(date(1996, 1, 1).toordinal() + n) for n in range(rows)]
    kontakt = [{"person_id": "p1", "dato": day} for day in days]
    report = check_extract(
        write_extract(tmp_path, sound_tables("kontor") | {"kontakt": kontakt}, fmt="parquet")
    )
    assert [p.code for p in report.problems] == (["too_many_rows"] if rows > 10_000 else [])


def test_what_is_reported_becomes_counts_without_keys(tmp_path: Path) -> None:
    tables = broken(Case("", "tiltak", "", "", {"tiltakskode": "NYTT"}))
    quality = check_extract(write_extract(tmp_path, tables)).quality()
    assert quality.to_dict("records") == [
        {
            "kode": "unknown_tiltakskode",
            "tekst": "tiltak: the tiltakskode is not known; it counts as a tiltak",
            "enhetsnr": None,
            "antall": 1,
        }
    ]


def test_the_report_reads_as_text_with_place_value_and_remedy(tmp_path: Path) -> None:
    text = render(check_extract(write_extract(tmp_path, broken(INVALID[0]))))
    assert "oppfolging.innsatsgruppe: the code is not known" in text
    assert "value: STOR" in text
    assert "row 2 (p2)" in text
