"""An extract made to do harm: every text of it is shown as it stands, and nothing of it is run."""

import csv
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
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
# enhetsnr, ar, parameter, mal: the first is a goal, the others name no parameter of the letter
GOALS = (
    ("9001", "2022", "SP01", "0,415"),
    ("9002", "2022", "<script>window.ran=7</script>", "0,5"),
    ("9003", "2022", '=HYPERLINK("http://z";"w")', "0,5"),
    ("9004", "2022", "../../../etc/passwd", "0,5"),
)
COMMENT = "Vi er her. [klikk](javascript:window.ran=6) & 5 < 6 \\\\ $z$\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fiendtlig")
    kontor = [
        {"enhetsnr": nr, "navn": name, "fylke_enhetsnr": "9700", "fylke_navn": COUNTY}
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
        csv.writer(file, delimiter=";").writerows([("enhetsnr", "ar", "parameter", "mal"), *GOALS])
    (extract / "kommentarer").mkdir()
    (extract / "kommentarer" / "9001.md").write_text(COMMENT, encoding="utf-8")
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
    for told in (*NAMES.values(), COUNTY, SOURCE):
        assert " ".join(told.split()) in flat, told


def test_no_cell_of_a_published_csv_begins_as_a_formula(site: Path) -> None:
    for path in site.rglob("*.csv"):
        for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
            for cell in re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", line):
                text = cell.strip('"')
                number = re.fullmatch(r"-?\d+(?:,\d+)?", text)
                assert number or not text.startswith(("=", "+", "-", "@", "\t")), (path, html.escape(text))


def test_a_local_goal_that_names_no_parameter_of_the_letter_is_nowhere(site: Path) -> None:
    kept = Edition(site.parents[1] / "utgaver" / "2022").further("lokale_mal")
    assert kept[["enhet", "parameter", "mal"]].to_numpy().tolist() == [["9001", "SP01", 0.415]]
    told = [form for goal in GOALS[1:] for form in (goal[2], html.escape(goal[2]))]
    assert not [text for content in files(site) for text in told if text in content]


def files(site: Path) -> Iterator[str]:
    """Every published file as text."""
    for path in site.rglob("*"):
        if path.is_file() and "_static" not in path.parts:
            yield path.read_bytes().decode("utf-8", errors="replace")
