"""Tables made to do harm are refused with one clear sentence each, before they cost anything."""

import csv
import resource
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extracts import write_extract
from navbook.extract import check_extract
from navbook.extract.report import render
from sound_extract import sound_tables

ONE_OF_MANY = 1_000_000
GIGABYTE = 1024**3


def codes(folder: Path) -> list[tuple[str, str]]:
    """The table and code of every problem that makes the extract invalid."""
    report = check_extract(folder)
    assert not report.ok
    return [(problem.table, problem.code) for problem in report.problems]


@pytest.mark.parametrize(
    "number", ["../..", "..%2f.", "/etc", "9001/../../x", "90\x0001", "9001\n", "<b>1", "٩٠٠١", "9" * 100_000]
)
def test_a_number_that_is_no_office_number_is_refused_in_short(tmp_path: Path, number: str) -> None:
    folder = write_extract(tmp_path / "u", sound_tables("kontor"))
    row = {"enhetsnr": number, "navn": "NAV", "fylke_enhetsnr": "9900", "fylke_navn": "F", "gyldig_fom": None}
    pq.write_table(
        pa.Table.from_pylist([row | {"gyldig_tom": None, "etterfolger": None}]), folder / "kontor.parquet"
    )
    (folder / "kontor.csv").unlink(missing_ok=True)
    report = check_extract(folder)
    assert ("kontor", "not_four_digits") in codes(folder)
    told = [str(problem) for problem in report.problems]
    assert all(len(line) < 2_000 and "\x00" not in line for line in told)


def test_a_table_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "u", sound_tables("kontor"))
    secret = tmp_path / "hemmelig.csv"
    secret.write_text("person_id;dato\n1;2022-01-01\n", encoding="utf-8")
    (folder / "kontakt.csv").unlink()
    (folder / "kontakt.csv").symlink_to(secret)
    assert ("kontakt", "link") in codes(folder)


def test_a_small_file_that_unpacks_to_very_many_rows_costs_little(tmp_path: Path) -> None:
    """Two million contacts of one person in a few kilobytes; the check ends in bounded memory."""
    folder = write_extract(tmp_path / "u", sound_tables())
    write_many(folder / "kontakt.parquet", 2)
    (folder / "kontakt.csv").unlink(missing_ok=True)
    assert (folder / "kontakt.parquet").stat().st_size < 100_000
    done = subprocess.run(
        [sys.executable, "-m", "navbook.cli", "check", str(folder)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "more than 10,000 rows" in done.stdout
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < 5 * GIGABYTE


def test_more_rows_than_the_persons_can_have_are_not_even_read(tmp_path: Path) -> None:
    """Eleven million contacts: more than 10,000 for each of the few persons, as the file's own head says."""
    folder = write_extract(tmp_path / "u", sound_tables())
    write_many(folder / "kontakt.parquet", 11)
    (folder / "kontakt.csv").unlink(missing_ok=True)
    report = check_extract(folder)
    (problem,) = report.problems
    assert (problem.table, problem.code, problem.value) == ("kontakt", "too_many_rows", "11,000,000 rows")
    assert report.rows["kontakt"] == 11 * ONE_OF_MANY


def test_a_small_file_of_very_long_values_is_refused_unread(tmp_path: Path) -> None:
    """Eight values of five million letters, packed to a few kilobytes."""
    folder = write_extract(tmp_path / "u", sound_tables())
    write_many(folder / "kontakt.parquet", 1)
    (folder / "kontakt.csv").unlink(missing_ok=True)
    table = pq.read_table(folder / "kontakt.parquet").slice(0, 8)
    long = pa.array(["1" * 5_000_000] * 8)
    table = table.set_column(0, "person_id", long)
    pq.write_table(table, folder / "kontakt.parquet", use_dictionary=False, compression="zstd")
    assert (folder / "kontakt.parquet").stat().st_size < 100_000
    (problem,) = check_extract(folder).problems
    assert problem.code == "unreadable_file"
    assert "longer than any code, name or number" in problem.what


@pytest.mark.parametrize("table", ["kontor", "lokale_mal"])
def test_tables_that_are_held_in_memory_may_not_be_endless(tmp_path: Path, table: str) -> None:
    folder = write_extract(tmp_path / "u", sound_tables())
    (folder / f"{table}.csv").unlink(missing_ok=True)
    write_many(folder / f"{table}.parquet", 2)
    told = [str(problem) for problem in check_extract(folder).problems if problem.table == table]
    assert any("2,000,000 rows" in each and "more than navbook reads" in each for each in told)


def test_a_manifest_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    """Each line holds the one before it ten times: eleven lines make a hundred thousand million keys."""
    folder = write_extract(tmp_path / "u", sound_tables())
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{k}: &a{k} {{<<: [{', '.join([f'*a{k - 1}'] * 10)}]}}" for k in range(1, 12)]
    with (folder / "uttrekk.yml").open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(lines) + "\n")
    assert ("uttrekk.yml", "bad_manifest") in codes(folder)


def test_a_name_of_a_file_or_column_cannot_steer_the_terminal(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "u", sound_tables())
    (folder / "\x1b[31mrødt\r\n.csv").write_text("x", encoding="utf-8")
    head, *rows = (folder / "kontor.csv").read_text(encoding="utf-8").splitlines()
    lines = [head + ";\x1b[2Ktittel", *(row + ";1" for row in rows)]
    (folder / "kontor.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "uttrekk.yml").open("a", encoding="utf-8") as file:
        file.write('\n"\\e[2J": 1\n')
    told = render(check_extract(folder))
    assert all(each in told for each in ("rødt", "tittel", "[2J"))
    assert all(sign.isprintable() or sign == "\n" for sign in told)


HOSTILE = ["<script>alert(1)</script>", '=HYPERLINK("http://z";"w")', "../../../etc/passwd", "SP99"]


@pytest.mark.parametrize("parameter", HOSTILE)
def test_a_local_goal_for_no_parameter_of_the_letter_is_refused(tmp_path: Path, parameter: str) -> None:
    folder = write_extract(tmp_path / "u", sound_tables())
    with (folder / "lokale_mal.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [("enhetsnr", "ar", "parameter", "mal"), ("9001", "2022", parameter, "0,5")]
        csv.writer(file, delimiter=";").writerows(rows)
    assert "lokale_mal" in {problem.table for problem in check_extract(folder).problems}


def write_many(path: Path, millions: int) -> None:
    """Rows that are all alike, kept as one value and how often it stands."""
    columns = {
        "person_id": "1", "dato": "2022-01-01", "type": "DIALOG", "status": "FULLFORT",
        "fra_bruker": "false", "automatisk": "false",
    }  # fmt: skip
    table = pa.table({name: pa.array([value] * ONE_OF_MANY) for name, value in columns.items()})
    with pq.ParquetWriter(path, table.schema, compression="zstd") as writer:
        for _ in range(millions):
            writer.write_table(table)
