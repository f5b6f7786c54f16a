"""Tables made to do harm are refused with one clear sentence each, before they cost anything."""

import resource
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extracts import write_extract
from navbook.extract import check_extract
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


def test_a_table_that_is_a_link_out_of_the_extract_is_not_read(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "u", sound_tables("kontor"))
    secret = tmp_path / "hemmelig.csv"
    secret.write_text("person_id;dato\n1;2022-01-01\n", encoding="utf-8")
    (folder / "kontakt.csv").unlink()
    (folder / "kontakt.csv").symlink_to(secret)
    assert ("kontakt", "link_out") in codes(folder)


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
