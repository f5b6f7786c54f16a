"""A made-up letter for 2023 goes from its file to the book, and the pages are read.

The letter drops a row, adds one, rewords one, gives one another number and moves its limit.
"""

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from editions import NAMES, OFFICES, small_counts
from extracts import write_extract
from navbook.cli import main
from navbook.letters.load import LETTERS

pytestmark = pytest.mark.slow

ROWS = "".join(
    f"  - {{id: SP{number:02}, baseline: Samme periode i 2022, requirement: Skal øke sammenlignet med 2022,\n"
    "     rule: {text: Resultatet skal være høyere enn i samme periode i 2022.}}\n"
    for number in range(2, 12)
)
LETTER = f"""\
year: 2023
arver: 2022
dated: 2023-03-01
title: Mål- og disponeringsbrev 2023
source: oppdiktet brev til en test
header: Resultatene sammenlignes med samme periode i 2022.
changes:
  - {{topic: Sykefravær, before: under 6.1 prosent, now: under 5.5 prosent}}
report:
  deadlines: [{{period: 2023-T1, due: 2023-05-12, name: 1. tertial}}]
semantics:
  - {{id: SEM2, text: Kravet for 2023 er en økning fra samme periode i 2022.}}
parameters:
  - {{id: SP01, wording: Andel ledige som kommer i jobb, baseline: Samme periode i 2022,
     requirement: Skal øke sammenlignet med 2022,
     rule: {{text: Resultatet skal være høyere enn i samme periode i 2022.}}}}
{ROWS}
  - {{id: SP13, utgar: true}}
  - {{id: SP15, tidligere: SP12, requirement: '< 5,5 %', rule: {{limit: 0.055, text: 'Under 5,5 prosent.'}}}}
  - id: SP14
    etter: SP06
    wording: Andel sykmeldte uten arbeidsgiver som er avklart
    gloss: Hvor mange som er avklart.
    english: Share assessed
    population: Sykmeldte uten arbeidsgiver.
    baseline: 'Ingen: kravet er en fast grense'
    requirement: '> 90,0 %'
    rule: {{kind: fixed_limit, operator: '>', limit: 0.9, text: 'Over 90,0 prosent.'}}
    silent: Alt annet.
    series:
      - {{indikator: f05_avklart_12u, gruppe: alle, wording: alle, judged: true}}
catalogue:
  - {{id: F05, utgar: true}}
  - {{id: G61, omtale: Brevet nevner noe nytt., what: Det nye målet, status: finnes ikke i uttrekket,
     reason: Ikke her.}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The book of the first tertial of 2023, with the letter in force."""
    folder = tmp_path_factory.mktemp("brev")
    letters = shutil.copytree(LETTERS, folder / "letters", ignore=shutil.ignore_patterns("2023.yml"))
    (letters / "2023.yml").write_text(LETTER, encoding="utf-8")
    offices = [
        {"enhetsnr": number, "navn": NAMES[number], "fylke_enhetsnr": county, "fylke_navn": NAMES[county]}
        for number, (county, _) in OFFICES.items()
    ]
    counts = small_counts("2021-01", "2023-04").drop(columns="forelopig")
    counts = counts.astype(object).where(counts.notna(), None)
    cover = {"dekker_fom": "2021-01-01", "dekker_tom": "2023-12-31", "uttrekksdato": "2024-01-31"}
    extract = write_extract(
        folder / "uttrekk", {"kontor": offices, "tellinger": counts.to_dict("records")}, cover, "parquet"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("navbook.letters.load.LETTERS", letters)
        patch.chdir(folder)
        arguments = ["build", str(extract), "--period", "2023-T1", "--office", "9001", "--workers", "1"]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        yield folder / "_build" / "html"


def words(site: Path, address: str) -> str:
    """What a page says, without its markup."""
    text = (site / f"{address}.html").read_text(encoding="utf-8")
    body = re.search(r"<article.*?</article>", text, re.DOTALL)
    assert body is not None
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", body[0])))


def test_the_letter_is_printed_as_it_is(site: Path) -> None:
    page = words(site, "metode/brevet")
    assert "svarer på brevet for 2023, datert 1. mars 2023" in page
    assert "SP01: Andel ledige som kommer i jobb" in page
    assert "SP14: Andel sykmeldte uten arbeidsgiver som er avklart" in page
    assert page.index("SP06: ") < page.index("SP14: ") < page.index("SP07: ")
    assert "SP15: Sum egenmeldt og legemeldt sykefravær" in page
    assert "« < 5,5 % »" in page or "«< 5,5 %»" in page
    assert "SP12: " not in page
    assert "SP13: " not in page
    assert "Brevet nevner noe nytt." in page
    assert "«Brevet nevner noe nytt.»" not in page


def test_the_change_from_the_letter_before_is_listed(site: Path) -> None:
    page = words(site, "metode/fra-2022-til-2023")
    assert "SP15 (før SP12)" in page
    assert "Før: «Andel arbeidssøkere med overgang til arbeid»" in page
    assert "ikke i brevet for 2022" in page  # SP14
    assert "ikke i brevet for 2023" in page  # SP13
    assert "G61: Det nye målet" in page.partition("Nye mål og frister i 2023")[2]
    assert "F05: " in page.partition("Mål og frister som ikke er med i 2023")[2]
    assert "under 5.5 prosent" in page


def test_every_page_answers_to_the_new_letter(site: Path) -> None:
    pages = ("kontor/9001", "fylke/9700", "landet", "indikator/ota_arbs", "indikator/sykefravaer_etat")
    for address in pages:
        page = words(site, address)
        assert "mål- og disponeringsbrevet for 2023" in page, address
        assert "sammenlignet med 2021" not in page, address
        assert "6,1 %" not in page, address
        assert "ikke ferdig lagt inn" not in page, address
    assert "Andel ledige som kommer i jobb" in words(site, "kontor/9001")
    assert "Skal øke sammenlignet med 2022" in words(site, "indikator/ota_arbs")
    assert "< 5,5 %" in words(site, "indikator/sykefravaer_etat")
    assert "> 90,0 %" in words(site, "indikator/f05_avklart_12u")


def test_the_report_has_the_new_deadline(site: Path) -> None:
    assert "Frist for 1. tertial: 12. mai 2023." in words(site, "rapport/9700")
