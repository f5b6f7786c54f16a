"""A workbook opens in LibreOffice with numbers as numbers, and a CSV file in a Norwegian one too; so does the
workbook of a single table that the browser writes.
"""

import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from navbook.edition import Edition
from navbook.edition.files import named_results
from navbook.edition.files.workbook import workbook
from navbook.runtime.paths import BOOK

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


SHOWN_TABLE = """<div class="nb-rull"><table class="nb-tabell"><caption>Ett krav: «Unge» &amp; eldre</caption>
<thead><tr><th>Tall</th><th>Antall</th><th>Endring</th><th>Andel</th></tr></thead>
<tbody><tr><th colspan="4">Innsats &lt;alle&gt;</th></tr>
<tr><th>Unge</th><td>1\u202f234</td><td>−5,5</td><td>47,1 (44,5–49,7)</td></tr>
<tr><th>=1+1</th><td>skjult</td><td>+3</td><td>0</td></tr></tbody></table></div>"""


@pytest.mark.browser
@pytest.mark.slow
def test_the_table_that_is_shown_is_downloaded_as_a_workbook(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.set_content(SHOWN_TABLE)
    page.add_script_tag(path=BOOK / "_static" / "nb-tabell.js")
    with page.expect_download() as download:
        page.get_by_role("button", name="Last ned tabellen som Excel").click()
    assert download.value.suggested_filename == "ett-krav-unge-eldre.xlsx"
    book = tmp_path / "tabell.xlsx"
    download.value.save_as(book)
    page.close()
    content = opened(book, tmp_path)
    assert numbers(content) == [1234, -5.5, 3, 0]
    texts = re.findall(r"<text:p>([^<]*)</text:p>", content)
    for shown in ("Tall", "Innsats &lt;alle&gt;", "47,1 (44,5–49,7)", "=1+1", "skjult"):
        assert shown in texts
    assert "table:formula" not in content
    assert 'table:name="Ett krav «Unge» &amp; eldre"' in content
