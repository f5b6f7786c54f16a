"""Reading: CSV as spreadsheets make it, Parquet in whatever types a warehouse gives, one normal form out."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extracts import write_extract
from navbook.extract import check_extract, open_extract
from navbook.extract import tables as table_files
from sound_extract import sound_tables

HEAD = "person_id;fom;tom;stillingsprosent"
PLAIN = [("p1", date(2021, 1, 1), None, 62.5), ("p2", date(2021, 2, 1), date(2021, 3, 1), 100.0)]

# the same two rows of arbeidsforhold, as different programs write them
CSV = {
    "plain": f"{HEAD}\np1;2021-01-01;;62.5\np2;2021-02-01;2021-03-01;100\n".encode(),
    "excel: BOM, CRLF, decimal comma":
        f"\ufeff{HEAD}\r\np1;2021-01-01;;62,5\r\np2;2021-02-01;2021-03-01;100\r\n".encode(),
    "comma between columns":
        b"person_id,fom,tom,stillingsprosent\np1,2021-01-01,,\"62,5\"\np2,2021-02-01,2021-03-01,100.0\n",
    "trailing blanks": f"{HEAD} \np1 ;2021-01-01; ; 62,5\np2;2021-02-01 ;2021-03-01\t;100\u00a0\n".encode(),
    "quoted": f'{HEAD}\n"p1";"2021-01-01";"";"62,5"\n"p2";"2021-02-01";"2021-03-01";"100"\n'.encode(),
    "empty columns and rows at the end":
        f"{HEAD};;\np1;2021-01-01;;62.5;;\np2;2021-02-01;2021-03-01;100;;\n;;;;;\n".encode(),
    "columns in another order":
        b"stillingsprosent;tom;fom;person_id\n62,5;;2021-01-01;p1\n100;2021-03-01;2021-02-01;p2\n",
    "excel's line that names the delimiter":
        f"sep=;\r\n{HEAD}\r\np1;2021-01-01;;62,5\r\np2;2021-02-01;2021-03-01;100\r\n".encode(),
    "no line break at the end, midnight, 1e2":
        f"{HEAD}\np1;2021-01-01;;62.5\np2;2021-02-01 00:00:00;2021-03-01T00:00:00;1e2".encode(),
}  # fmt: skip

_DAYS = [date(2021, 1, 1), date(2021, 2, 1)]
PARQUET: dict[str, dict[str, Any]] = {
    "typed": {"fom": pa.array(_DAYS), "stillingsprosent": pa.array([62.5, 100.0])},
    "text": {"fom": pa.array(["2021-01-01", "2021-02-01 "]), "stillingsprosent": pa.array(["62,5", "100"])},
    "dictionary": {"fom": pa.array(["2021-01-01", "2021-02-01"]).dictionary_encode()},
    "timestamps": {"fom": pa.array([datetime(2021, 1, 1), datetime(2021, 2, 1)], pa.timestamp("ns"))},
    "decimals": {"stillingsprosent": pa.array([Decimal("62.5"), Decimal("100.0")])},
    "bytes": {"person_id": pa.array([b"p1", b"p2"])},
}


def arbeidsforhold(folder: Path) -> list[tuple[Any, ...]]:
    with open_extract(folder) as extract:
        frame = extract.table("arbeidsforhold").order_by("person_id").to_pyarrow()
    return [tuple(row.values()) for row in frame.to_pylist()]


def base(folder: Path) -> Path:
    return write_extract(folder, sound_tables("kontor") | {"arbeidsforhold": None})


@pytest.mark.parametrize("content", CSV.values(), ids=CSV.keys())
def test_csv_variants_read_the_same(tmp_path: Path, content: bytes) -> None:
    (base(tmp_path) / "arbeidsforhold.csv").write_bytes(content)
    assert arbeidsforhold(tmp_path) == PLAIN
    assert check_extract(tmp_path).ok


@pytest.mark.parametrize("columns", PARQUET.values(), ids=PARQUET.keys())
def test_parquet_types_read_the_same(tmp_path: Path, columns: dict[str, Any]) -> None:
    plain = {
        "person_id": pa.array(["p1", "p2"]),
        "fom": pa.array(_DAYS),
        "tom": pa.array([None, date(2021, 3, 1)]),
        "stillingsprosent": pa.array([62.5, 100.0]),
    }
    pq.write_table(pa.table(plain | columns), base(tmp_path) / "arbeidsforhold.parquet")
    assert arbeidsforhold(tmp_path) == PLAIN
    assert check_extract(tmp_path).ok


def of_persons(folder: Path, key: str, elsewhere: str) -> Path:
    """An extract in Parquet with a person of this key, who has a contact under the key `elsewhere`."""
    tables = {
        "person": [{"person_id": key}],
        "kontakt": [{"person_id": elsewhere, "dato": "2021-01-01"}],
    }
    return write_extract(folder, tables, fmt="parquet")


def test_a_key_is_taken_as_parquet_has_it(tmp_path: Path) -> None:
    # as a database pads it, in every table alike
    padded = of_persons(tmp_path / "padded", "p1  ", "p1  ")
    assert check_extract(padded).ok
    with open_extract(padded) as extract:
        assert extract.table("kontakt").person_id.to_pyarrow().to_pylist() == ["p1  "]


def test_a_key_padded_in_one_table_alone_is_refused_and_its_blanks_are_seen(tmp_path: Path) -> None:
    (problem,) = check_extract(of_persons(tmp_path / "mixed", "p1", "p1 ")).problems
    assert (problem.code, problem.keys) == ("unknown_person", ('"p1 "',))


def test_an_empty_key_is_none(tmp_path: Path) -> None:
    told = check_extract(of_persons(tmp_path / "empty", "p1", "")).problems
    assert [(problem.table, problem.column, problem.code) for problem in told] == [
        ("kontakt", "person_id", "empty")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_norwegian_letters_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    write_extract(tmp_path, sound_tables("person"))
    text = (tmp_path / "kontor.csv").read_text(encoding="utf-8").replace("Prøvedal", "Blåbærøy")
    (tmp_path / "kontor.csv").write_bytes(text.encode(encoding))
    with open_extract(tmp_path) as extract:
        assert extract.register.name_of("9001") == "NAV Blåbærøy"


@pytest.mark.parametrize("stored", [pa.array([7, 8]), pa.array([7.0, 8.0]), pa.array(["7", "8"])])
def test_an_integer_person_id_is_compared_by_its_digits(tmp_path: Path, stored: pa.Array) -> None:
    write_extract(tmp_path, {"person": [{"person_id": "7"}, {"person_id": "8"}]}, fmt="parquet")
    table = pq.read_table(tmp_path / "person.parquet").set_column(0, "person_id", stored)
    pq.write_table(table, tmp_path / "person.parquet")
    with open_extract(tmp_path) as extract:
        assert sorted(extract.table("person").person_id.to_pyarrow().to_pylist()) == ["7", "8"]


def test_other_names_of_codes_become_the_one_that_is_counted(tmp_path: Path) -> None:
    names = ["JOBBE_DELVIS", "SITUASJONSBESTEMT_INNSATS", "HAR_IKKE_GJELDENDE_14A_VEDTAK", "", "IKVAL"]
    tables = {
        "oppfolging": [
            {"person_id": f"p{n}", "fom": "2021-01-01", "innsatsgruppe": name} for n, name in enumerate(names)
        ],
        "tiltak": [
            {"person_id": "p0", "fom": "2021-01-01", "tiltakskode": code} for code in ("VTA", "AFT", "NYTT")
        ],
        "aktivitet": [{"person_id": "p0", "fom": "2021-01-01", "type": "STILLING"}],
    }
    with open_extract(write_extract(tmp_path, tables)) as extract:
        groups = extract.table("oppfolging").order_by("person_id").innsatsgruppe.to_pyarrow().to_pylist()
        tiltak = sorted(extract.table("tiltak").tiltakskode.to_pyarrow().to_pylist())
        assert groups == ["VARIG", "BFORM", None, None, "IKVAL"]
        assert tiltak == ["ARBFORB", "NYTT", "VASV"]
        assert extract.table("aktivitet").type.to_pyarrow().to_pylist() == ["JOBBSOEKING"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("TRUE", True), ("true", True), ("1", True), ("False", False), ("0", False), ("", False)],
)
def test_true_and_false(tmp_path: Path, text: str, value: bool) -> None:
    tables = sound_tables("kontor") | {
        "kontakt": [{"person_id": "p1", "dato": "2021-01-01", "fra_bruker": text}]
    }
    with open_extract(write_extract(tmp_path, tables)) as extract:
        assert extract.table("kontakt").fra_bruker.to_pyarrow().to_pylist() == [value]


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
def test_equal_rows_are_read_once_and_others_kept(tmp_path: Path, fmt: str) -> None:
    one = {"person_id": "p1", "dato": "2021-01-01"}
    rows = [one, one, one, one | {"type": "MOTE"}, one | {"person_id": "p2"}, one | {"status": None}]
    with open_extract(write_extract(tmp_path, {"kontakt": rows}, fmt=fmt)) as extract:
        assert extract.table("kontakt").count().execute() == 4


def test_optional_columns_and_tables_that_are_missing(tmp_path: Path) -> None:
    with open_extract(write_extract(tmp_path, sound_tables("kontor"))) as extract:
        assert extract.table("kontor").ansatte.to_pyarrow().to_pylist() == [None, None]
        assert "lonn" not in extract.table_names
        with pytest.raises(KeyError):
            extract.table("lonn")


DAMAGED = {
    "empty file": ("kontakt.csv", b""),
    "binary under the name of CSV": ("kontakt.csv", b"PK\x03\x04\x00\x00\x00\x00"),
    "UTF-16": ("kontakt.csv", "person_id;dato;type;status;fra_bruker;automatisk\n".encode("utf-16")),
    "garbage under the name of Parquet": ("kontakt.parquet", b"this is no Parquet at all"),
    "row with too few values":
        ("kontakt.csv", b"person_id;dato;type;status;fra_bruker;automatisk\np1;2021-01-01\n"),
    "column twice": ("kontakt.csv", b"person_id;dato;dato;type;status;fra_bruker;automatisk\n"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), DAMAGED.values(), ids=DAMAGED.keys())
def test_a_file_that_is_no_table_is_one_clear_problem(tmp_path: Path, name: str, content: bytes) -> None:
    write_extract(tmp_path, sound_tables("kontor") | {"kontakt": None})
    (tmp_path / name).write_bytes(content)
    assert [(p.table, p.code) for p in check_extract(tmp_path).problems] == [("kontakt", "unreadable_file")]


def test_a_parquet_file_damaged_in_the_middle(tmp_path: Path) -> None:
    rows = [{"person_id": f"p{n}", "dato": "2021-01-01"} for n in range(5000)]
    path = write_extract(tmp_path, {"kontakt": rows}, fmt="parquet") / "kontakt.parquet"
    content = bytearray(path.read_bytes())
    content[8:2000] = b"\xff" * 1992
    path.write_bytes(content)
    assert "unreadable_file" in {p.code for p in check_extract(tmp_path).problems}


def test_the_private_folder_is_closed_to_others_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_extract(tmp_path / "uttrekk", sound_tables("kontor"))
    monkeypatch.chdir(tmp_path)
    with open_extract("uttrekk") as extract:
        extract.table("kontakt")
        (scratch,) = (tmp_path / "privat").iterdir()
        assert (scratch.stat().st_mode & 0o777, (tmp_path / "privat").stat().st_mode & 0o777) == (
            0o700,
            0o700,
        )
    assert list((tmp_path / "privat").iterdir()) == []


def test_a_file_that_says_it_holds_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_files, "MAX_ROWS", 10)
    rows = [{"person_id": "p1", "dato": "2021-01-01"}] * 11
    write_extract(tmp_path, {"kontakt": rows}, fmt="parquet")
    (problem,) = check_extract(tmp_path).problems
    assert (problem.table, problem.code) == ("kontakt", "unreadable_file")
    assert "11 rows" in problem.what


@pytest.mark.parametrize("content", ["[" * 50_000, "a: &a [1]\nb: *c", "\x00", "- 1\n- 2", ""])
def test_a_manifest_that_is_no_manifest_is_one_clear_problem(tmp_path: Path, content: str) -> None:
    write_extract(tmp_path, sound_tables("kontor"))
    (tmp_path / "uttrekk.yml").write_text(content, encoding="utf-8")
    assert [p.code for p in check_extract(tmp_path).problems] == ["bad_manifest"]
