"""Pages made from a small edition: what an office, a county, the country and an indicator show."""

import re
from functools import cache

import pytest

from editions import OFFICES, make_small_edition, small_counts, write_small_edition
from navbook import pages
from navbook.edition import Edition
from navbook.pages.page_kinds import UnitPage
from navbook.pages.sections.header import older_periods
from navbook.pages.sections.results import results
from navbook.pages.sections.summary import summary
from navbook.pages.view.unit_view import unit_view
from navbook.runtime.errors import UsageError
from without_protection import only_small_ones_hidden

UNIT_SECTIONS = (
    "topplinje",
    "kort_sagt",
    "hvem_vi_er_til_for",
    "resultater",
    "andre_tall",
    "innsats_og_resultat",
    "tertialer",
    "utvikling",
    "enheter",
    "egne_ord",
    "sier_ikke",
    "videre",
)
INDICATOR_SECTIONS = ("topplinje", "definisjon", "brevet", "utvikling", "enheter", "sier_ikke", "videre")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("utgaver")
    for period in ("2020", "2021", "2022", "2022-T1"):
        make_small_edition(place, period)
    return place


@pytest.fixture(autouse=True)
def _editions(folder, monkeypatch):
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(folder))


@cache
def whole(kind: str) -> str:
    page = EVERY_PAGE[kind]()
    names = UNIT_SECTIONS if isinstance(page, UnitPage) else INDICATOR_SECTIONS
    return "".join(getattr(page, name)().html for name in names)


def rows(html: str) -> list[str]:
    return re.findall(r"<tr[ >].*?</tr>", html, flags=re.DOTALL)


EVERY_PAGE = {
    "office": lambda: pages.kontor("2022", "9001"),
    "office too small to show": lambda: pages.kontor("2022", "9003"),
    "county": lambda: pages.fylke("2022", "9700"),
    "country": lambda: pages.landet("2022"),
    "indicator": lambda: pages.indikator("2022", "ota_arbs"),
    "stock": lambda: pages.indikator("2022", "u30_kontakt30"),
    "count": lambda: pages.indikator("2022", "portefolje"),
    "a tertial": lambda: pages.kontor("2022-T1", "9001"),
    "before the first letter": lambda: pages.kontor("2020", "9001"),
    "the letter of 2021": lambda: pages.kontor("2021", "9001"),
}


@pytest.mark.parametrize("kind", EVERY_PAGE)
def test_every_page_names_its_edition_and_says_what_it_does_not_say(kind):
    page = EVERY_PAGE[kind]()
    assert "uttrekk fra 1. august 2023" in page.topplinje().html
    assert "syntetiske tall" in page.topplinje().html
    assert "rangere" in page.sier_ikke().html


@pytest.mark.parametrize("kind", EVERY_PAGE)
def test_every_page_keeps_its_budget_of_figures(kind):
    assert whole(kind).count('<figure class="nb-figur') <= 4


@pytest.mark.parametrize("kind", EVERY_PAGE)
def test_no_page_shows_a_missing_value_as_computers_write_it(kind):
    assert not re.search(r"\b(nan|None|NaT|&lt;NA)\b", re.sub(r"<svg.*?</svg>", "", whole(kind)))


@pytest.mark.parametrize("kind", EVERY_PAGE)
def test_no_page_loads_or_links_outside(kind):
    assert not re.findall(r'(?:href|src)="(?:[a-z]+:|//|/)[^"]*"', whole(kind))


@pytest.mark.parametrize("kind", EVERY_PAGE)
def test_no_two_tables_of_a_page_have_one_caption(kind):
    captions = re.findall(r"<caption>(.*?)</caption>", whole(kind))
    assert len(set(captions)) == len(captions) > 0


def test_an_office_that_shows_nothing_is_told_where_its_people_are_counted(tmp_path, monkeypatch):
    counts = small_counts(size=lambda office: 0 if office == "9003" else OFFICES[office][1])
    write_small_edition(tmp_path, "2022", counts, decided=only_small_ones_hidden)
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(tmp_path))
    told = pages.kontor("2022", "9003").kort_sagt().html
    assert "Ingen av disse tallene kan vises uten at de kan røpe enkeltpersoner" in told
    assert '<a href="../fylke/9700.html">siden for NAV Nordfylket</a>' in told
    assert "Ingen av endringene" not in told


def test_a_fixed_limit_is_not_told_as_an_increase():
    told = pages.indikator("2022", "sykefravaer_etat").brevet().html
    assert "faste grenser" in told
    assert "økning" not in told
    assert "økning fra samme periode i 2021" in pages.indikator("2022", "ota_arbs").brevet().html


def test_the_summary_counts_every_requirement_once_in_words():
    html = pages.kontor("2022", "9001").kort_sagt().html
    (told,) = re.findall(r"<li>Brevet stiller krav til (.*?) tall for kontoret\. (.*?)</li>", html)
    numbers = [
        "ingen",
        "ett",
        "to",
        "tre",
        "fire",
        "fem",
        "seks",
        "sju",
        "åtte",
        "ni",
        "ti",
        "elleve",
        "tolv",
    ]
    answers = re.sub(r"\([^)]*\)", "", told[1]).lower()
    counts = [numbers.index(word) for word in re.findall(rf"\b({'|'.join(numbers)})\b", answers)]
    total = int(told[0]) if told[0].isdigit() else numbers.index(told[0])
    assert sum(counts) == total


@pytest.fixture
def without_wages(folder):
    """The office's view of an extract that cannot tell who went from tiltak to work."""
    edition = Edition(folder / "2022")
    missing = edition.tall["indikator"] == "tiltak_ota"
    edition.tall.loc[missing, "status"] = "ikke_i_uttrekket"
    return unit_view(edition, "9001", "kontor")


def test_what_the_extract_lacks_stands_on_one_line_under_the_letters_words(without_wages):
    html = results(without_wages).html
    (line,) = [row for row in rows(html) if "SP05" in row]
    assert "Overgang til arbeid fra tiltak" in line
    assert "ikke i uttrekket" in line
    assert 'data-indikator="tiltak_ota"' not in html


def test_the_summary_says_how_many_requirements_the_extract_lacks(without_wages):
    assert "to er ikke i uttrekket" in summary(without_wages).html


def test_the_results_stand_under_the_letters_exact_words_with_its_requirement():
    html = pages.kontor("2022", "9001").resultater().html
    assert "Andel arbeidssøkere med overgang til arbeid</a>" in html
    assert "«Skal øke sammenlignet med 2021»" in html


def test_a_verdict_is_told_twice_under_its_numbers():
    numbers, told = (
        row
        for row in rows(pages.kontor("2022", "9001").resultater().html)
        if 'data-indikator="ota_arbs" data-gruppe="alle"' in row
    )
    assert 'data-felt="verdi"' in numbers
    assert "Fra 2021 til 2022 økte andelen fra" in told
    assert "Kravet er oppfylt" in told


def test_an_offices_own_goal_stands_beside_the_letters():
    sentence = "Kontorets eget mål for 2022: under 5,5 prosent."
    assert sentence in pages.kontor("2022", "9001").resultater().html
    assert "eget mål" not in pages.kontor("2022", "9004").resultater().html


def test_the_letter_of_2021_is_read_towards_2019():
    html = pages.kontor("2021", "9001").resultater().html
    assert "«Skal bevege seg i retning 2019-nivået»" in html
    assert "2019-nivået er" in html


def test_a_year_before_the_first_letter_has_numbers_and_no_requirement():
    page = pages.kontor("2020", "9001")
    assert "ikke noe brev for dette året" in page.topplinje().html
    assert 'data-indikator="ota_arbs"' in page.andre_tall().html
    assert "Kravet" not in whole("before the first letter")


def test_a_stock_is_printed_as_its_monthly_mean(folder):
    tall = Edition(folder / "2022").tall
    key = (tall["indikator"] == "portefolje") & (tall["gruppe"] == "alle") & (tall["periode"] == "2022")
    (total,) = tall.loc[key & (tall["enhet"] == "9001"), "x"]
    assert total == 12 * 400
    assert (
        "I snitt fulgte kontoret opp 400 personer hver måned" in pages.kontor("2022", "9001").kort_sagt().html
    )


def test_a_hidden_row_shows_no_number(folder):
    tall = Edition(folder / "2022").tall
    of_office = tall[(tall["enhet"] == "9003") & (tall["periode"] == "2022") & (tall["status"] == "skjult")]
    left_out = {
        (definition["id"], group["id"])
        for definition in Edition(folder / "2022").definisjoner
        for group in definition.get("grupper") or []
        if "kontor" in (group.get("ikke_for") or {})
    }
    assert {("portefolje", "arbeidssoker"), ("portefolje", "VARIG")} <= left_out
    hidden = {
        f'data-indikator="{i}" data-gruppe="{g}"'
        for i, g in of_office[["indikator", "gruppe"]].to_numpy()
        if (i, g) not in left_out
    }
    page = pages.kontor("2022", "9003")
    html = page.hvem_vi_er_til_for().html + page.resultater().html + page.andre_tall().html
    found = [row for row in rows(html) for key in hidden if key in row]
    assert len(found) == len(hidden) > 10
    for row in found:
        values = re.sub(r"<[^>]*>", " ", "".join(re.findall(r"<td.*?</td>", row)))
        assert "skjult" in values
        assert not re.search(r"\d", values), row


def test_an_office_without_months_has_no_figure():
    assert "<figure" not in pages.kontor("2022", "9003").utvikling().html


def test_offices_stand_in_number_order_with_the_special_units_last():
    html = pages.fylke("2022", "9700").enheter().html
    units = re.findall(r'<tr data-enhet="(\w+)"', html)
    assert units[:4] == ["9001", "9002", "9003", "9700S"]
    assert "Enheter utenom NAV-kontor" in html
    assert "9700S.html" not in html


def test_an_indicator_page_lists_counties_and_leaves_offices_to_their_pages():
    """A page that listed every office would grow with the country, and the book with its square."""
    units = re.findall(r'data-enhet="(\w+)"', pages.indikator("2022", "ota_arbs").enheter().html)
    assert list(dict.fromkeys(units)) == ["0000", "9700", "9800"]


def test_process_stands_beside_outcome_for_the_same_group():
    html = pages.kontor("2022", "9001").innsats_og_resultat().html
    (young,) = re.findall(
        r"<caption>Innsats og resultat: Unge under 30 til arbeid.*?</table>", html, re.DOTALL
    )
    done, went = young.split("Hvordan det gikk")
    assert {"u30_aktivitet", "u30_kontakt30"} <= set(re.findall(r'data-indikator="(\w+)"', done))
    assert re.findall(r'data-indikator="(\w+)"', went) == ["ota_u30"]


def test_an_offices_words_are_marked_as_its_own():
    html = pages.kontor("2022", "9001").egne_ord().html
    assert "Skrevet av NAV Storvik" in html
    assert "<strong>mars</strong>" in html


def test_an_older_period_is_told_in_one_sentence_on_top(folder):
    edition = Edition(folder / "2022")
    edition.utgave["perioder"]["ota_arbs"] = {"vist": "2021-07..2022-06", "basis": "2020-07..2021-06"}
    told = older_periods(unit_view(edition, "9001", "kontor"))
    assert told.count("<p") == 1
    assert "juli 2021–juni 2022 for Arbeidssøkere til arbeid." in told


def test_a_page_of_a_known_period_says_nothing_of_older_ones():
    assert "siste kjente periode" not in pages.kontor("2022", "9001").topplinje().html


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: pages.kontor("2022", "1234"), "no kontor '1234'"),
        (lambda: pages.kontor("2022", "9700"), "no kontor '9700'"),
        (lambda: pages.kontor("2022", "9700S"), "no kontor '9700S'"),
        (lambda: pages.fylke("2022", "9001"), "no fylke '9001'"),
        (lambda: pages.indikator("2022", "ota"), "no indicator 'ota'"),
        (lambda: pages.kontor("2022", "9001", "en"), "not written in 'en'"),
        (lambda: pages.landet("2030"), "no edition '2030'"),
    ],
)
def test_what_the_edition_lacks_is_a_clear_error(ask, message):
    with pytest.raises(UsageError, match=message):
        ask()


def test_a_goal_outside_the_table_stands_under_the_letters_words_and_is_not_judged():
    page = pages.indikator("2022", "f09_serviceklager_frist")
    said = page.brevet().html
    assert "F09 «Serviceklagene skal behandles innen tre uker.»" in said
    assert "så boken vurderer det ikke" in said
    assert "Utenfor styringsparameterne: brevet nevner det" in page.definisjon().html
    assert "Styringsparameter." in pages.indikator("2022", "gradert_12u").definisjon().html


def test_goals_outside_the_table_stand_by_name_in_the_letters_order():
    html = pages.kontor("2022", "9004").andre_tall().html
    assert 'href="../indikator/g01_aap_varighet.html?kontor=9004">Lenge på AAP: Ett år eller mer</a>' in html
    found = [
        html.index(f'data-indikator="{id}"') for id in ("g01_aap_varighet", "u30_8uker", "f10_serviceklager")
    ]
    assert found == sorted(found)


def test_every_definition_says_all_that_a_reader_must_know(folder):
    definitions = Edition(folder / "2022").definisjoner
    told = pages.edition_chapters(Edition(folder / "2022"))["metode/definisjoner"]
    heads = (
        "Hvem det gjelder", "Teller", "Nevner", "Dato", "Opplysninger fra", "Kjent", "Register", "Grupper",
        "Hva boken har valgt", "Hva tallet ikke måler", "Endringer mellom år", "Plass i brevet",
        "Definisjonens grunnlag", "Kilde", "Id og versjon",
    )  # fmt: skip
    for head in heads:
        assert told.count(f">{head}<") == len(definitions), head


def test_the_chapters_of_the_edition_define_every_indicator(folder):
    edition = Edition(folder / "2022")
    chapters = pages.edition_chapters(edition)
    of_words = {"metode/definisjoner", "metode/brevet", "metode/fra-2021-til-2022", "metode/datakvalitet"}
    of_words |= {"metode/forventet", "metode/laering", "metode/skjult"}
    of_counties = {"rapport/avvik", "rapport/oversikt", "rapport/9700", "rapport/9800"}
    sheets = {"plan/oversikt", *(f"plan/{number}" for number in OFFICES if number != "9783")}
    assert set(chapters) == of_words | of_counties | sheets
    for definition in edition.definisjoner:
        assert f'<span id="{definition["id"]}"></span>' in chapters["metode/definisjoner"]
    for row in edition.krav["rader"]:
        assert f"### {row['id']}" in chapters["metode/brevet"]
    assert "Oppfølging: rader som er helt like" in chapters["metode/datakvalitet"]
