"""Mistakes of real extracts: what would give wrong numbers without a word is refused or reported by name."""

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from extracts import COLUMNS, write_csv, write_extract
from navbook.extract import check_extract, codes, open_extract
from navbook.indicators import REGISTRY, count, forlop, uten_kontor
from sound_extract import sound_tables

Found = list[tuple[str, str, str, str]]


def found(folder: Path) -> Found:
    report = check_extract(folder)
    return [(p.severity, p.table, p.column, p.code) for p in (*report.problems, *report.reported)]


def changed(folder: Path, table: str, rows: list[dict[str, Any]], fmt: str = "csv") -> Path:
    return write_extract(folder / "uttrekk", sound_tables(table) | {table: rows}, fmt=fmt)


def one_more(table: str, **fields: Any) -> list[dict[str, Any]]:
    rows = sound_tables(table)[table]
    return [*rows, rows[0] | fields]


def counts_only(folder: Path, *rows: dict[str, Any]) -> Path:
    plain = {"indikator": "portefolje", "gruppe": "alle", "enhetsnr": "9001", "maned": "2021-01"}
    return write_extract(folder / "uttrekk", {"tellinger": [plain | row for row in rows]})


JUDGED = [
    ("person", {"person_id": "p9", "fodselsdato": "2068-05-05"}, "fodselsdato", "after_extract", "invalid"),
    ("person", {"person_id": "p9", "fodselsdato": "1900-01-01"}, "fodselsdato", "born_too_early", "invalid"),
    ("person", {"person_id": "p9", "dodsdato": "1979-01-01"}, "dodsdato", "before_birth", "invalid"),
    ("person", {"person_id": "p9", "dodsdato": "2024-01-01"}, "dodsdato", "after_extract", "invalid"),
    ("person", {"person_id": "p9", "utvandringsdato": "1979-01-01"}, "utvandringsdato", "before_birth",
     "invalid"),
    ("person", {"person_id": "p9", "utvandringsdato": "2024-01-01"}, "utvandringsdato", "after_extract",
     "reported"),
    ("person", {"person_id": "p9", "fodselsdato": "0080-05-05"}, "fodselsdato", "unreadable", "invalid"),
    ("kontakt", {"dato": "9999-12-31"}, "dato", "unreadable", "invalid"),
    ("lonn", {"maned": "9999-12"}, "maned", "unreadable", "invalid"),
    ("tiltak", {"fom": "1900-01-01"}, "fom", "row_before_birth", "reported"),
    ("kontakt", {"dato": "1970-05-05"}, "dato", "row_before_birth", "reported"),
    ("kontakt", {"dato": "2031-01-15", "status": "FULLFORT"}, "dato", "after_extract", "reported"),
    ("nyansettelse", {"dato": "2202-05-01"}, "dato", "after_extract", "reported"),
    ("serviceklage", {"mottatt": "2023-05-01", "behandlet": "2023-04-01"}, "behandlet", "fom_after_tom",
     "reported"),
    ("ytelse", {"uker_igjen": -3}, "uker_igjen", "negative", "reported"),
    ("kontor", {"enhetsnr": "9099", "ansatte": 1.012}, "ansatte", "not_whole", "reported"),
    ("fravaer_ansatte", {"maned": "2023-11", "ansatte": 20.5}, "ansatte", "not_whole", "reported"),
    ("arbeidsforhold", {"stillingsprosent": -1}, "stillingsprosent", "negative", "invalid"),
    ("arbeidsforhold", {"stillingsprosent": 5_000}, "stillingsprosent", "out_of_range", "reported"),
    ("sykmelding", {"sykmelding_id": "s2", "grad": 0.5}, "grad", "wrong_scale", "invalid"),
    ("lokale_mal", {"enhetsnr": "9001", "ar": 2022, "parameter": "SP12", "mal": 5.8}, "mal", "wrong_scale",
     "invalid"),
    ("lokale_mal", {"enhetsnr": "9001", "ar": 2022, "parameter": "SP99", "mal": 0.1}, "parameter",
     "unknown_parameter", "invalid"),
    ("lokale_mal", {"enhetsnr": "9001", "ar": 2015, "parameter": "SP12", "mal": 0.1}, "parameter",
     "unknown_parameter", "reported"),
    ("lokale_mal", {"enhetsnr": "9001", "ar": 2022, "parameter": "SP12", "mal": -0.1}, "mal", "negative",
     "invalid"),
    ("lokale_mal", {"enhetsnr": "9876", "ar": 2022, "parameter": "SP12", "mal": 0.1}, "enhetsnr",
     "unknown_office", "invalid"),
    ("lonn", {"maned": "2023-11", "kroner": 1e300}, "kroner", "too_large", "invalid"),
    ("kontor", {"enhetsnr": "9003", "navn": "NAV BlÃ¥bÃ¦r"}, "navn", "damaged_letters", "invalid"),
    ("kontor", {"enhetsnr": "0000"}, "enhetsnr", "reserved_number", "invalid"),
    ("kontor", {"enhetsnr": "9003", "fylke_enhetsnr": "9001"}, "fylke_enhetsnr", "county_is_office",
     "invalid"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "fields", "column", "code", "severity"), JUDGED)
def test_a_value_is_judged_and_not_only_typed(
    tmp_path: Path, table: str, fields: dict[str, Any], column: str, code: str, severity: str
) -> None:
    rows = one_more(table, **fields) if table != "lokale_mal" else [fields]
    assert (severity, table, column, code) in found(changed(tmp_path, table, rows))


def test_a_goal_for_a_number_of_cases_may_be_above_1(tmp_path: Path) -> None:
    goal = {"enhetsnr": "9001", "ar": 2022, "parameter": "SP06", "mal": 120}
    assert found(changed(tmp_path, "lokale_mal", [goal])) == []


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
def test_grades_that_are_all_shares_are_refused_though_each_could_be_a_per_cent(
    tmp_path: Path, fmt: str
) -> None:
    rows = [row | {"grad": 1.0} for row in sound_tables("sykmelding")["sykmelding"]]
    assert found(changed(tmp_path, "sykmelding", rows, fmt)) == [
        ("invalid", "sykmelding", "grad", "wrong_scale")
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"x": "1.012"}, "not_whole"),
        ({"x": 0.5, "n": 1}, "not_whole"),
        ({"x": 1e308}, "too_large"),
        ({"x": 1, "maned": "2030-01"}, "after_extract"),
        ({"x": 1, "indikator": "Portefolje"}, "unknown_series"),
        ({"x": 1, "gruppe": "Alle"}, "unknown_series"),
    ],
)
def test_counts_are_whole_persons_of_a_known_series(tmp_path: Path, row: dict, code: str) -> None:
    assert code in {code for *_, code in found(counts_only(tmp_path, row))}


def test_dagsverk_may_have_a_fraction(tmp_path: Path) -> None:
    row = {"indikator": "sykefravaer_etat", "gruppe": "sum", "x": 16.25, "n": 400.5}
    assert check_extract(counts_only(tmp_path, row)).ok


def test_numbers_that_all_look_like_thousands_are_reported(tmp_path: Path) -> None:
    rows = [{"person_id": "p1", "maned": f"2023-{m:02d}", "kroner": f"{20 + m}.500"} for m in (10, 11, 12)]
    assert ("reported", "lonn", "kroner", "thousands") in found(changed(tmp_path, "lonn", rows))


def test_a_row_after_a_death_is_reported_in_each_table(tmp_path: Path) -> None:
    tables = sound_tables("tiltak")
    dead = {"fodselsdato": "1980-01-01", "dodsdato": "1990-01-01"}
    tables["person"] = [row | dead for row in tables["person"]]
    seen = found(write_extract(tmp_path / "uttrekk", tables))
    for table in ("oppfolging", "tiltak"):
        assert ("reported", table, "fom", "row_after_death") in seen


def test_an_assessment_long_before_the_certificate_is_reported(tmp_path: Path) -> None:
    tables = sound_tables()
    tables["aktivitetskrav"][0]["vurdert"] = "2011-01-01"
    folder = write_extract(tmp_path / "uttrekk", tables)
    assert ("reported", "aktivitetskrav", "vurdert", "assessed_early") in found(folder)


def test_positions_and_days_lost_as_shares_are_reported(tmp_path: Path) -> None:
    row = sound_tables("arbeidsforhold")["arbeidsforhold"][0]
    half = [row | {"stillingsprosent": share} for share in (0.5, 0.8, 1)]
    assert ("reported", "arbeidsforhold", "stillingsprosent", "wrong_scale") in found(
        changed(tmp_path / "jobs", "arbeidsforhold", half)
    )
    month = sound_tables("fravaer_ansatte")["fravaer_ansatte"][0]
    days = [
        month | {"maned": f"2023-{m:02}", "egenmeldt_dagsverk": 0.01, "legemeldt_dagsverk": 0.05}
        for m in (10, 11, 12)
    ]
    assert ("reported", "fravaer_ansatte", "egenmeldt_dagsverk", "wrong_scale") in found(
        changed(tmp_path / "days", "fravaer_ansatte", days)
    )


def test_the_list_of_series_is_that_of_the_declarations() -> None:
    declared = {
        f"{indicator.id}/{group.id}": indicator.maleenhet
        for indicator in REGISTRY.values()
        for group in indicator.grupper
    }
    assert codes.series_units() == declared


KEYS = [
    ("fravaer_ansatte", {"legemeldt_dagsverk": 11}, "contradiction"),
    ("sykmelding", {"grad": 40}, "contradiction"),
    ("sykmelding", {"person_id": "p2", "fom": "2023-11-01"}, "contradiction"),
    ("aktivitetskrav", {"sykmelding_id": "0s1"}, "unknown_certificate"),
]


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
@pytest.mark.parametrize(("table", "fields", "code"), KEYS)
def test_keys_are_unique_and_tied(
    tmp_path: Path, table: str, fields: dict[str, Any], code: str, fmt: str
) -> None:
    tables = sound_tables()
    tables[table] = one_more(table, **fields)
    folder = write_extract(tmp_path / "uttrekk", tables, fmt=fmt)
    assert code in {code for severity, _, _, code in found(folder) if severity == "invalid"}


def with_persons(folder: Path, keys: pa.Array, table: str = "person") -> Path:
    """The sound extract whose person has these keys, from a file of that type."""
    path = write_extract(folder / "uttrekk", sound_tables("person")) / f"{table}.csv"
    path.unlink()
    size = len(keys)
    columns: dict[str, pa.Array] = {
        name: pa.array([None] * size, pa.date32() if kind == "date" else pa.string())
        for name, kind in COLUMNS["person"].items()
    }
    columns |= {"person_id": keys, "fodselsdato": pa.array([date(1980, 1, 1)] * size)}
    pq.write_table(pa.table(columns), path.with_suffix(".parquet"))
    return path.parent


@pytest.mark.parametrize(
    "keys",
    [
        pa.array([2.0**53 + 2, 1.0]),
        pa.array([2.0**24, 1.0], pa.float32()),
    ],
    ids=["double", "float"],
)
def test_a_float_key_that_cannot_be_exact_is_refused(tmp_path: Path, keys: pa.Array) -> None:
    assert ("invalid", "person", "person_id", "unreadable") in found(with_persons(tmp_path, keys))


def test_a_key_of_another_type_is_one_clear_problem(tmp_path: Path) -> None:
    keys = pa.array([UUID(int=n).bytes for n in (1, 2)], pa.binary(16))
    folder = with_persons(tmp_path, pa.ExtensionArray.from_storage(pa.uuid(), keys))
    (problem,) = check_extract(folder).problems
    assert (problem.table, problem.column) == ("person", "person_id")
    assert "UUID" in problem.what


def test_int96_is_refused_as_a_zoned_time_is(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "uttrekk", sound_tables("kandidatutfall"), fmt="parquet")
    path = folder / "kandidatutfall.parquet"
    table = pq.read_table(path)
    place = table.schema.get_field_index("tidspunkt")
    table = table.set_column(
        place, "tidspunkt", pa.array([datetime(2023, 3, 31, 22, 30)], pa.timestamp("ns"))
    )
    pq.write_table(table, path, use_deprecated_int96_timestamps=True)
    (problem,) = check_extract(folder).problems
    assert (problem.column, problem.code) == ("tidspunkt", "unreadable")
    assert "INT96" in problem.what


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
@pytest.mark.parametrize(
    ("table", "column"),
    [("kontor", "gyldig_tom"), ("oppfolging", "tom"), ("person", "dodsdato"), ("ytelse", "tom")],
)
def test_an_open_end_written_as_9999_is_read_as_open(
    tmp_path: Path, table: str, column: str, fmt: str
) -> None:
    tables = sound_tables(table)
    tables[table] = [row | {column: "9999-12-31"} for row in tables[table][:1]] + tables[table][1:]
    folder = write_extract(tmp_path / "uttrekk", tables, fmt=fmt)
    assert [p for p in found(folder) if p[0] == "invalid"] == []
    with open_extract(folder) as extract:
        assert extract.table(table)[column].isnull().any().execute()
        count(extract)


def test_a_month_without_a_row_anywhere_is_reported(tmp_path: Path) -> None:
    days = [f"2023-{month:02d}-{day:02d}" for month in range(1, 13) if month != 5 for day in (3, 9, 15, 21)]
    rows = [{"person_id": "p1", "dato": day} for day in days]
    report = check_extract(changed(tmp_path, "kontakt", rows))
    (gap,) = [p for p in report.reported if p.code == "month_missing"]
    assert (gap.table, gap.keys) == ("kontakt", ("2023-05",))


def test_a_monthly_table_that_starts_late_is_reported(tmp_path: Path) -> None:
    row = {"enhetsnr": "9001", "avtalte_dagsverk": 200, "egenmeldt_dagsverk": 1, "legemeldt_dagsverk": 2}
    rows = [row | {"maned": f"2023-{month:02d}", "ansatte": 10} for month in range(1, 13)]
    assert ("reported", "fravaer_ansatte", "maned", "starts_late") in found(
        changed(tmp_path, "fravaer_ansatte", rows)
    )


def test_a_column_without_any_value_is_reported_in_a_table_of_many_rows(tmp_path: Path) -> None:
    rows = [{"person_id": "p1", "dato": f"2023-12-{1 + n % 28:02d}", "fra_bruker": None} for n in range(300)]
    rows = [row | {"type": ("DIALOG", "MOTE")[n % 2], "automatisk": True} for n, row in enumerate(rows)]
    assert ("reported", "kontakt", "fra_bruker", "empty_column") in found(changed(tmp_path, "kontakt", rows))


HEAD = "enhetsnr;navn;fylke_enhetsnr;fylke_navn;gyldig_fom;gyldig_tom;etterfolger"
OFFICE = "9001;NAV Blåbærøy;9901;NAV Prøvefylke;2006-01-01;;"
OTHER = "9002;NAV Ørnefjell;9901;NAV Prøvefylke;2006-01-01;;"


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (f"{HEAD}\n{OFFICE}\n".encode() + f"{OTHER}\n".encode("latin-1"), "not UTF-8", "line 3"),
        (f"{HEAD}\n{OFFICE}\n".encode("cp850"), "neither UTF-8 nor Latin-1", "line 2"),
        (f"{HEAD}\r\n{OFFICE}\r\n{OTHER}\n".encode(), "CRLF", "line 3"),
        (f"Kontor per 1. juli\n{HEAD}\n{OFFICE}\n{OTHER}\n".encode(), "that is line 2", "line 1"),
        (f"a;b;c\n{OFFICE}\n".encode(), "none of the column names", "line 1"),
        (f"{HEAD}\n{OFFICE}\n".encode("utf-16"), "UTF-16", ""),
    ],
)
def test_a_file_that_is_not_plain_csv_is_refused_by_file_line_and_reason(
    tmp_path: Path, content: bytes, reason: str, line: str
) -> None:
    folder = write_extract(tmp_path / "uttrekk", sound_tables("person"))
    (folder / "kontor.csv").write_bytes(content)
    (problem,) = [p for p in check_extract(folder).problems if p.code == "unreadable_file"]
    assert problem.what.startswith("kontor.csv: ")
    assert reason in problem.what
    assert line in "; ".join(problem.keys)
    assert problem.remedy


def test_latin1_throughout_is_still_read(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "uttrekk", sound_tables("person"))
    (folder / "kontor.csv").write_bytes(f"{HEAD}\n{OFFICE}\n{OTHER}\n".encode("latin-1"))
    assert check_extract(folder).ok
    with open_extract(folder) as extract:
        assert extract.register.name_of("9002") == "NAV Ørnefjell"


def test_a_damaged_parquet_file_is_told_with_the_engines_reason(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "uttrekk", sound_tables("person"))
    (folder / "kontakt.csv").unlink()
    (folder / "kontakt.parquet").write_bytes(b"PAR1 and no more")
    (problem,) = check_extract(folder).problems
    assert "kontakt.parquet" in problem.what
    assert "(" in problem.what
    assert str(tmp_path) not in problem.what


def test_hidden_files_of_the_system_are_passed_over(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "uttrekk", sound_tables("person"))
    (folder / "kommentarer").mkdir()
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (folder / name).write_bytes(b"\0")
        (folder / "kommentarer" / name).write_bytes(b"\0")
    assert found(folder) == []


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
def test_a_folder_with_the_signs_of_a_pattern_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fmt: str
) -> None:
    folder = write_extract(tmp_path / "a [2022]*?" / "uttrekk", sound_tables("person"), fmt=fmt)
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("NAVBOOK_TILSTANDER", str(folder.parent))
    assert check_extract("uttrekk").ok
    for _ in range(2):  # the second finds the shared states of the first
        with open_extract("uttrekk") as extract:
            assert count(extract).num_rows > 0


def test_results_without_rows_keep_their_types(tmp_path: Path) -> None:
    tables = sound_tables("person") | {"oppfolging": []}
    with open_extract(write_extract(tmp_path / "uttrekk", tables)) as extract:
        empty = forlop(extract)
        assert (empty.num_rows, empty.schema.field("maned").type) == (0, pa.string())
        assert uten_kontor(extract).empty or uten_kontor(extract)["maned"].dtype == "str"


def test_one_who_waits_for_a_tiltak_may_lack_a_last_day(tmp_path: Path) -> None:
    rows = one_more("tiltak", deltakerstatus="VENTELISTE", tom=None)
    assert check_extract(changed(tmp_path, "tiltak", rows)).ok


def test_a_key_given_twice_in_the_manifest_is_refused(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "uttrekk", sound_tables("person"))
    manifest = folder / "uttrekk.yml"
    manifest.write_text(manifest.read_text() + yaml.safe_dump({"dekker_tom": date(2023, 11, 30)}))
    (problem,) = check_extract(folder).problems
    assert "dekker_tom is given twice" in problem.what


def test_a_row_less_table_of_every_kind_gives_counts(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "uttrekk", sound_tables())
    for name in COLUMNS:
        if name in ("kontor", "tellinger"):
            continue
        copy = tmp_path / name
        shutil.copytree(folder, copy)
        write_csv(copy / f"{name}.csv", name, [])
        if name in ("person", "sykmelding"):  # others refer to them
            continue
        assert check_extract(copy).ok, name
