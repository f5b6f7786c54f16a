"""What the book says of the expected: on the pages of units, and in the chapter on the model."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from editions import MANIFEST, letter_in, small_register
from navbook import pages
from navbook.edition import Edition
from navbook.estimate import estimate
from navbook.estimate.casemix import fit_patterns
from navbook.gate import Source, write_edition
from navbook.indicators import REGISTRY
from navbook.indicators.casemix import TRAITS
from navbook.pages.chapters.casemix import casemix_chapter
from navbook.pages.sections.expected import deviation_word
from navbook.pages.text.casemix_text import REASONS
from navbook.pages.view.cells import Cell
from navbook.runtime.periods import month_range, parse_period
from patterns import counts_of, invented_patterns

MONTHS = month_range("2019-01", "2022-12")


def write(folder: Path, *, outcome: bool = True, known_education: bool = True) -> Edition:
    frame = invented_patterns(11, rows=1200, months=MONTHS)
    if not known_education:
        frame["utdanning"] = TRAITS["utdanning"].index("ukjent")
    casemix = fit_patterns(frame if outcome else frame.iloc[:0], MONTHS if outcome else ())
    letter, period = letter_in(2022), parse_period("2022")
    rows = estimate(
        counts_of(frame, MONTHS), small_register(), MANIFEST, letter, REGISTRY, period, None, casemix
    )
    written = write_edition(rows, Source(MANIFEST), REGISTRY, folder, folder.parent / f"{folder.name}-privat")
    return Edition(written.folder)


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Edition:
    return write(tmp_path_factory.mktemp("med"))


@pytest.fixture
def _editions(edition, monkeypatch):
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(edition.folder.parent))


@pytest.mark.usefixtures("_editions")
def test_an_office_shows_observed_expected_and_deviation_under_their_keys(edition):
    tall = edition.tall
    row = tall[(tall["niva"] == "kontor") & (tall["periode"] == "2022") & tall["forventet"].notna()].iloc[0]
    html = pages.kontor("2022", row["enhet"]).forventet().html
    assert f'data-indikator="{row["indikator"]}" data-gruppe="{row["gruppe"]}"' in html
    assert 'data-felt="avvik avvik_nedre avvik_ovre"' in html
    decimals = 0 if row["n"] < 200 else 1
    assert f"{abs(100 * row['avvik']):.{decimals}f}".replace(".", ",") in html
    assert "metode/forventet.html" in html


@pytest.mark.usefixtures("_editions")
def test_every_number_of_a_row_stands_under_its_name(edition):
    """What a reader of the row takes for the office's own share and change must be just that."""
    tall = edition.tall
    office = tall.loc[(tall["niva"] == "kontor") & tall["avvik"].notna(), "enhet"].iloc[0]
    html = pages.kontor("2022", office).forventet().html
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    named = re.sub(r'<(td|span)[^>]*data-felt="[^"]+"[^>]*>.*?</\1>', "", body, flags=re.DOTALL)

    assert "med_avvik_nedre" in body
    assert not re.search(r"\d", re.sub(r"<[^>]+>", "", named))


@pytest.mark.usefixtures("_editions")
def test_a_county_shows_the_country_beside_itself():
    assert "Hele landets avvik er" in pages.fylke("2022", "9700").forventet().html


def test_the_chapter_shows_every_group_with_enough_people_and_what_it_cannot_say(edition):
    chapter = pages.edition_chapters(edition)["metode/forventet"]
    for words in ("Treffer modellen?", "Hva modellen ikke kan si", "høyere", "AUC", "<svg"):
        assert words in chapter
    model = edition.further("modell")
    people = model.dropna(subset="n")
    assert (people["x"] >= 10).all()
    assert (people["n"] - people["x"] >= 10).all()
    assert {"uten_innsatsgruppe", "med_innsatsgruppe"} <= set(model["variant"])


def test_the_chapter_shows_no_group_where_the_country_has_hidden_figures(edition):
    model = edition.further("modell").copy()
    model = model[~model["del"].isin(["desil", "gruppe"])]
    model[["n", "x", "observert", "nedre", "ovre"]] = float("nan")
    chapter = casemix_chapter(SimpleNamespace(further={"modell": model}.__getitem__, area=edition.area), "")
    assert chapter.count("Tabellene vises ikke") == 2
    assert "skjult" in chapter
    assert "nan" not in chapter


def test_the_chapter_says_which_trait_its_models_do_without(edition, tmp_path):
    """Where nobody's education is known, it says so; where every trait is used, it says nothing."""
    assert "Ikke med i denne modellen" not in pages.edition_chapters(edition)["metode/forventet"]
    chapter = casemix_chapter(write(tmp_path / "utgaver", known_education=False), "")
    assert chapter.count("Ikke med i denne modellen: utdanning. Alle i uttrekket er like på dette") == 2


def test_the_chapter_says_why_there_is_no_model(tmp_path):
    chapter = pages.edition_chapters(write(tmp_path / "uten", outcome=False))["metode/forventet"]
    assert REASONS["ikke_i_uttrekket"] in chapter
    assert "Hva modellen ikke kan si" in chapter
    assert not re.search("nan", chapter)


@pytest.mark.usefixtures("_editions")
def test_an_office_without_anything_expected_says_so():
    assert "ingen forventede tall" in pages.kontor("2022", "9003").forventet().html


@pytest.mark.parametrize(
    ("n", "lower", "upper", "word"),
    [
        (200, 0.01, 0.10, "over det forventede"),
        (200, -0.10, -0.01, "under det forventede"),
        (200, -0.01, 0.01, "som forventet"),
        (200, 0.0, 0.10, "som forventet"),
        (29, 0.01, 0.10, "for få til å si noe"),
    ],
)
def test_the_word_follows_the_interval(n, lower, upper, word):
    cell = Cell("ota_arbs", "alle", "9001", "2022", n=n, avvik_nedre=lower, avvik_ovre=upper)
    assert deviation_word(cell) == word


@pytest.mark.parametrize(
    ("lower", "upper", "country", "word"),
    [
        (0.01, 0.10, 0.05, "over det forventede, men ikke klart mer enn hele landet"),
        (0.06, 0.10, 0.05, "over det forventede"),
        (-0.10, -0.01, -0.02, "under det forventede, men ikke klart mer enn hele landet"),
        (-0.01, 0.10, 0.05, "som forventet"),
    ],
)
def test_what_the_whole_country_does_is_not_laid_to_the_unit(lower, upper, country, word):
    cell = Cell("ota_arbs", "alle", "9001", "2022", n=200, avvik_nedre=lower, avvik_ovre=upper)
    assert deviation_word(cell, country) == word


def test_a_page_leaves_out_what_the_country_does_not_tell(edition, tmp_path, monkeypatch):
    shutil.copytree(edition.folder, tmp_path / "2022")
    file = tmp_path / "2022" / "innsats.csv"
    head, *lines = file.read_text(encoding="utf-8-sig").splitlines()
    place = head.split(";").index("landet")
    cells = [line.split(";") for line in lines]
    held_back = [";".join([*row[:place], "", *row[place + 1 :]]) for row in cells]
    file.write_text("\n".join([head, *held_back]) + "\n", encoding="utf-8-sig")
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(tmp_path))
    html = pages.fylke("2022", "9700").forventet().html
    assert "Hele landets avvik er" not in html
    assert "Når modellen også kjenner innsatsgruppen" in html
