"""The data dictionary, the empty heads and the events: one description of the extract, kept in step."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from navbook.extract import codes
from navbook.letters import letter_for
from navbook.runtime.paths import DATA

CATALOGUE: dict[str, Any] = yaml.safe_load((DATA / "datakatalog.yml").read_text(encoding="utf-8"))
TABLES: list[dict[str, Any]] = CATALOGUE["tables"]
EVERY_TABLE: list[dict[str, Any]] = [*TABLES, *CATALOGUE["counts_only"], *CATALOGUE["side_tables"]]
COLUMNS = [(table["name"], column) for table in EVERY_TABLE for column in table["columns"]]

# The contract's tables, typed from it: columns in order, those after | optional.
CONTRACT = {
    "kontor": "enhetsnr navn fylke_enhetsnr fylke_navn gyldig_fom gyldig_tom etterfolger "
    "| arbeidsmarkedsregion ansatte ungdomsteam",
    "person": "person_id fodselsdato kjonn fodeland utdanning dodsdato utvandringsdato",
    "oppfolging": "person_id enhetsnr fom tom formidlingsgruppe innsatsgruppe arbeidssokerstatus permittert",
    "arbeidsforhold": "person_id fom tom stillingsprosent",
    "lonn": "person_id maned kroner",
    "tiltak": "person_id enhetsnr tiltakskode deltakerstatus fom tom",
    "aktivitet": "person_id type status fom tom",
    "kontakt": "person_id dato type status fra_bruker automatisk",
    "ytelse": "person_id ytelse fom tom | uker_igjen",
    "sykmelding": "person_id sykmelding_id enhetsnr arbeidsgiver grad type fom tom",
    "kandidatutfall": "id person_id kandidatliste_id utfall enhetsnr tidspunkt",
    "fravaer_ansatte": "enhetsnr maned avtalte_dagsverk egenmeldt_dagsverk legemeldt_dagsverk ansatte",
    "nyansettelse": "enhetsnr dato fast i_malgruppe",
    "serviceklage": "enhetsnr mottatt behandlet tema",
    "kvp": "person_id enhetsnr fom tom",
    "aktivitetskrav": "sykmelding_id vurdert",
    "tellinger": "indikator gruppe enhetsnr maned x n",
    "lokale_mal": "enhetsnr ar parameter mal",
    "kontor_kommune": "enhetsnr kommunenr kommune_navn gyldig_fom gyldig_tom",
    "kommunale_tall": "kommunenr maned tall verdi",
    "kommunale_mal": "kommunenr ar mal frist",
    "arbeidsmarked": "arbeidsmarkedsregion maned arbeidsstyrke helt_ledige | ledige_stillinger",
}
OPTIONAL = [
    "lonn",
    "sykmelding",
    "kandidatutfall",
    "fravaer_ansatte",
    "nyansettelse",
    "serviceklage",
    "kvp",
    "aktivitetskrav",
]


def test_the_tables_are_the_contracts_with_their_columns_in_order() -> None:
    described = {}
    for table in EVERY_TABLE:
        required = [c["name"] for c in table["columns"] if c["required"]]
        optional = [c["name"] for c in table["columns"] if not c["required"]]
        described[table["name"]] = " ".join([*required, "|", *optional] if optional else required)
    assert described == CONTRACT


def test_the_optional_tables_are_the_contracts() -> None:
    assert [table["name"] for table in TABLES if table["optional"]] == OPTIONAL


def test_the_manifest_is_the_contracts() -> None:
    names = ["kilde", "uttrekksdato", "dekker_fom", "dekker_tom", "syntetisk", "versjon", "omrade"]
    # further, for the pages on the publisher: not in the contract
    names += ["eier", "kontakt", "lisens", "nettadresse"]
    assert [field["name"] for field in CATALOGUE["manifest"]] == names


@pytest.mark.parametrize(
    ("table", "column"), COLUMNS, ids=lambda value: value if isinstance(value, str) else value["name"]
)
def test_a_column_is_fully_described(table: str, column: dict[str, Any]) -> None:
    assert set(column) - {"format"} == {
        "name",
        "type",
        "required",
        "empty",
        "codes",
        "beskrivelse",
        "description",
    }
    assert column["type"] in {"text", "code", "date", "month", "datetime", "boolean", "integer", "number"}
    assert column["beskrivelse"]
    assert column["description"]
    assert re.fullmatch(r"[a-z_]+", column["name"]), table
    if column["codes"]:
        assert column["type"] == "code"
        assert codes.accepted(column["codes"])


@pytest.mark.parametrize(
    "column",
    [
        "fom",
        "formidlingsgruppe",
        "tiltakskode",
        "deltakerstatus",
        "stillingsprosent",
        "utfall",
        "person_id",
        "enhetsnr",
    ],
)
def test_what_may_never_be_empty(column: str) -> None:
    assert {c["empty"] for _, c in COLUMNS if c["name"] == column} == {False}


@pytest.mark.parametrize(
    "column", ["tom", "innsatsgruppe", "fodeland", "arbeidssokerstatus", "etterfolger", "dodsdato"]
)
def test_what_may_be_empty(column: str) -> None:
    assert {c["empty"] for _, c in COLUMNS if c["name"] == column} == {True}


def heads(folder: Path) -> dict[str, list[str]]:
    return {
        path.stem: path.read_text(encoding="utf-8").rstrip("\n").split(";") for path in folder.glob("*.csv")
    }


def described(tables: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {table["name"]: [column["name"] for column in table["columns"]] for table in tables}


def test_there_is_an_empty_head_of_every_table() -> None:
    assert heads(DATA / "uttrekk") == described([*TABLES, *CATALOGUE["side_tables"]])


def test_there_are_heads_for_an_extract_of_counts_only() -> None:
    kontor = [table for table in TABLES if table["name"] == "kontor"]
    assert heads(DATA / "uttrekk_tellinger") == described([*CATALOGUE["counts_only"], *kontor])


@pytest.mark.parametrize("folder", ["uttrekk", "uttrekk_tellinger"])
def test_the_example_manifest_has_every_field(folder: str) -> None:
    example = yaml.safe_load((DATA / folder / "uttrekk.yml").read_text(encoding="utf-8"))
    assert list(example) == [field["name"] for field in CATALOGUE["manifest"]]
    assert example["dekker_fom"] <= example["dekker_tom"] <= example["uttrekksdato"]
    assert example["versjon"] == 1


def test_every_event_has_a_period_and_names_indicators_of_a_letter() -> None:
    with (DATA / "hendelser.csv").open(encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file, delimiter=";"))
    letter = letter_for(2022)
    assert letter is not None
    known = {ref.indikator for _, ref in letter.series()}
    assert len({event["id"] for event in events}) == len(events) == 13
    for event in events:
        assert list(event) == ["id", "fom", "tom", "navn", "gjelder"]
        assert date.fromisoformat(event["fom"]) <= date.fromisoformat(event["tom"])
        assert event["navn"]
        assert set(event["gjelder"].split()) <= known


def test_every_file_has_its_source_and_licence_in_the_readme() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for path in (DATA / "kodelister").glob("*.csv"):
        assert path.name in readme
    for name in ("datakatalog.yml", "hendelser.csv", "letters/2021.yml", "letters/2022.yml"):
        assert name in readme
    assert "Copyright NAV" in (DATA / "licenses" / "MIT-navikt.txt").read_text(encoding="utf-8")
