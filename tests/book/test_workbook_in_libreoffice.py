"""A workbook opens in LibreOffice with numbers as numbers, and a CSV file in a Norwegian one too."""

import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from navbook.edition import Edition
from navbook.edition.files import named_results
from navbook.edition.files.workbook import workbook

CELL = re.compile(r"<table:table-cell[^>]*>")
VALUE = re.compile(r'office:value="([^"]*)"')
# Text import: semicolon (59), double quote (34), UTF-8 (76), from row 1, language Norwegian bokmål.
NORWEGIAN_CSV = "Text - txt - csv (StarCalc):59,34,76,1,,1044,false,true"


def opened(file: Path, folder: Path, *options: str) -> str:
    """The content of a file as LibreOffice reads it: its flat XML."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: run tests/book/install_libreoffice.sh"
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [program, profile, "--headless", *options, "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=180)
    return (folder / f"{file.stem}.fods").read_text(encoding="utf-8")


def numbers(content: str) -> list[float]:
    """The numbers of all cells that hold one."""
    typed = [cell for cell in CELL.findall(content) if re.search(r'value-type="(float|percentage)"', cell)]
    return [float(found[1]) for cell in typed if (found := VALUE.search(cell))]


@pytest.mark.slow
def test_every_number_of_a_page_is_a_number_in_libreoffice(edition: Edition, tmp_path: Path) -> None:
    rows = named_results(edition).query("enhet == '9001'")
    fields = ["x", "n", "verdi", "nedre", "ovre", "basis_verdi", "endring", "endring_nedre", "endring_ovre"]
    fields += ["krav", "forventet", "avvik"]
    wanted = sorted(rows[fields].to_numpy().ravel()[~rows[fields].isna().to_numpy().ravel()].tolist())
    assert len(wanted) > 100
    book = tmp_path / "bok.xlsx"
    book.write_bytes(workbook(rows, "NAV Storvik", ["Periode: 2022"], datetime(2023, 8, 1)))
    assert sorted(numbers(opened(book, tmp_path))) == pytest.approx(wanted)
    lines = (edition.folder / "resultater.csv").read_bytes().splitlines(keepends=True)
    table = tmp_path / "tabell.csv"
    table.write_bytes(b"".join([lines[0], *(lines[k + 1] for k in rows.index)]))
    as_read = numbers(opened(table, tmp_path, f"--infilter={NORWEGIAN_CSV}"))
    assert {round(number, 6) for number in wanted} <= {round(number, 6) for number in as_read}
