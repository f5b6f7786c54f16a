"""An extract made to do harm: every text of it is shown as it stands, and nothing of it is run."""

import csv
import html
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser

from extracts import write_extract
from navbook.edition import Edition
from navbook.runtime.periods import month_range
from whole_way import done

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NAMES = {
    "9001": "<script>window.ran=1</script>",
    "9002": '"><img src=x onerror=window.ran=2>',
    "9003": "{{ periode }} {raw}`x` [her](javascript:window.ran=3) $x^2$ \\alpha",
    "9004": '=HYPERLINK("http://x";"y") & \'æøå\' |a|b| `kode` **fet**',
}
COUNTY = "NAV </title><svg onload=window.ran=4> & *Fylket*"
SOURCE = "Kilde </script><script>window.ran=5</script> {{ kilde }} & $y$"
GOAL = ("9001", "2022", "SP01", "0,415")
MUNICIPALITY = "=cmd|'/C calc'!A0 {{x}} [her](http://evil.example) |a|"
REGION = "=cmd|A1 {{region}} [her](javascript:window.ran=7) &lt;b&gt; $r$"
SIDE_TABLES = {
    "kontor_kommune": [
        ("enhetsnr", "kommunenr", "kommune_navn", "gyldig_fom", "gyldig_tom"),
        *((nr, f"80{place:02}", MUNICIPALITY, "2015-01-01", "") for place, nr in enumerate(NAMES)),
    ],
    "kommunale_mal": [
        ("kommunenr", "ar", "mal", "frist"),
        (
            "8000",
            "2022",
            '=HYPERLINK("http://evil.example";"k") &lt;script&gt;window.ran=8 {{mal}}',
            "2022-12-31",
        ),
        ("8001", "2022", "+cmd|A0 [k](javascript:window.ran=9) `x` $z$", ""),
    ],
    "arbeidsmarked": [
        ("arbeidsmarkedsregion", "maned", "arbeidsstyrke", "helt_ledige"),
        *((REGION, month, 9000, 200) for month in month_range("2021-01", "2022-12")),
    ],
}
# a code block that would end a block of raw HTML, and a heading that the page has itself
WRITTEN = """Foran.

## Les videre

```
```{raw} html
<script>window.ran=10</script>
```

&lt;img src=x onerror=window.ran=11&gt; |=cmd|
"""
COMMENT = "Vi er her. [klikk](javascript:window.ran=6) & 5 < 6 \\\\ $z$\n"

# parts of Office files that do something: formulas, links, fields, embedded objects, links to other files
ACTIVE = (
    "<f[ >]|<hyperlink |<w:hyperlink|w:instrText|w:fldSimple|w:object|w:altChunk|ddeLink|TargetMode=.External"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fiendtlig")
    kontor = [
        {
            "enhetsnr": nr,
            "navn": name,
            "fylke_enhetsnr": "9700",
            "fylke_navn": COUNTY,
            "arbeidsmarkedsregion": REGION,
        }
        for nr, name in NAMES.items()
    ]
    counts = [
        {
            "indikator": "ota_arbs",
            "gruppe": "alle",
            "enhetsnr": nr,
            "maned": month,
            "x": 40 + k,
            "n": 90 + 10 * k,
        }
        for k, nr in enumerate(NAMES)
        for month in month_range("2021-01", "2022-12")
    ]
    extract = write_extract(folder / "uttrekk", {"kontor": kontor, "tellinger": counts}, {"kilde": SOURCE})
    with (extract / "lokale_mal.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("enhetsnr", "ar", "parameter", "mal"), GOAL])
    for name, rows in SIDE_TABLES.items():
        with (extract / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    for kind, unit, text in (
        ("kommentarer", "9001", COMMENT),
        ("kommentarer", "9002", WRITTEN),
        ("planer", "9001", WRITTEN),
        ("rapport", "9700", WRITTEN),
    ):
        (extract / kind).mkdir(exist_ok=True)
        (extract / kind / f"{unit}.md").write_text(text, encoding="utf-8")
    done("build", extract, "--period", "2022", "--workers", 2, cwd=folder)
    return folder / "_build" / "html"


def test_no_script_runs_and_every_text_is_shown_as_it_stands(site: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    seen = ""
    for path in sorted(each for each in site.rglob("*.html") if "_static" not in each.parts):
        page.goto(path.as_uri())
        assert page.evaluate("window.ran") is None, path
        assert page.locator("a[href^='javascript'], img[src='x'], [onerror], [onload]").count() == 0, path
        seen += page.locator("body").inner_text()
    context.close()
    flat = " ".join(seen.split())
    for told in (*NAMES.values(), COUNTY, SOURCE, REGION):
        assert " ".join(told.split()) in flat, told


def test_no_cell_of_a_published_csv_begins_as_a_formula(site: Path) -> None:
    for path in site.rglob("*.csv"):
        for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
            for cell in re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", line):
                text = cell.strip('"')
                number = re.fullmatch(r"-?\d+(?:,\d+)?", text)
                assert number or not text.startswith(("=", "+", "-", "@", "\t")), (path, html.escape(text))


def test_no_workbook_or_document_holds_a_formula_a_link_or_a_field(site: Path) -> None:
    found = [*site.rglob("*.xlsx"), *site.rglob("*.docx")]
    assert {path.suffix for path in found} == {".xlsx", ".docx"}
    for path in found:
        with zipfile.ZipFile(path) as archive:
            for part in archive.namelist():
                text = archive.read(part).decode("utf-8", errors="replace")
                assert not re.search(ACTIVE, text), (path, part)


def test_the_document_of_the_report_holds_all_that_the_county_wrote(site: Path) -> None:
    (path,) = (site / "data" / "rapport").glob("*.docx")
    words = " ".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert "<script>window.ran=10</script>" in words
    assert "<img src=x onerror=window.ran=11> |=cmd|" in words
    assert "Avvik i fylket" in words


def test_a_local_goal_is_kept(site: Path) -> None:
    kept = Edition(site.parents[1] / "utgaver" / "2022").further("lokale_mal")
    assert kept[["enhet", "parameter", "mal"]].to_numpy().tolist() == [["9001", "SP01", 0.415]]
