"""The chapters: what is done beside how it went for the same group, with what the figures do not say."""

import re
from functools import cache

import pytest
import yaml

from editions import OFFICES, make_small_edition, small_counts, write_small_edition
from navbook import pages
from navbook.edition import Edition
from navbook.indicators import REGISTRY
from navbook.letters import letter_for
from navbook.pages.chapters.plan import chapter_plan
from navbook.pages.view.page_inputs import page_inputs
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import PROJECT
from without_protection import only_small_ones_hidden

SECTIONS = (
    "topplinje",
    "om_kapitlet",
    "innsats_og_resultat",
    "utvikling",
    "fylkene",
    "alle_tall",
    "brevet",
    "valg",
    "sier_ikke",
    "videre",
)
CHAPTERS = [chapter.id for chapter in chapter_plan()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("utgaver")
    for period in ("2021", "2022"):
        make_small_edition(place, period)
    few = small_counts()
    write_small_edition(place, "2022-T1", few[few["indikator"] == "ota_arbs"])
    return place


@pytest.fixture(autouse=True)
def _editions(folder, monkeypatch):
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(folder))


@cache
def sections(period: str, chapter: str) -> dict[str, str]:
    page = pages.kapittel(period, chapter)
    return {name: getattr(page, name)().html for name in SECTIONS}


def whole(period: str, chapter: str) -> str:
    return "".join(sections(period, chapter).values())


def test_the_eight_chapters_of_the_book_are_planned_and_stand_in_its_table_of_contents():
    assert [
        *("ungdom", "oppfolging", "aap", "langtidsledige", "landgruppe3", "sykefravaer", "tiltak", "etaten")
    ] == CHAPTERS
    toc = yaml.safe_load((PROJECT / "_toc.yml").read_text(encoding="utf-8"))
    files = [entry.get("file") for part in toc["parts"] for entry in part["chapters"]]
    assert [name.rpartition("/")[2] for name in files if name and "/kapittel/" in name] == CHAPTERS


@pytest.mark.parametrize("chapter", chapter_plan(), ids=CHAPTERS)
def test_a_chapter_names_only_what_the_letter_and_the_register_of_indicators_know(chapter):
    letters = [letter_for(2021), letter_for(2022)]
    entries = {entry.id for letter in letters for entry in letter.catalogue}
    assert {name.partition("/")[0] for name in chapter.names} <= set(REGISTRY) | entries
    assert set(chapter.grupper) <= {group.id for group in REGISTRY["portefolje"].grupper}
    assert set(chapter.brevet) <= entries
    assert set(chapter.begreper) <= {term.id for letter in letters for term in letter.definitions}
    assert chapter.sier_ikke


# product.md 13: the pairs that the readers ask for, as (process, outcome)
ASKED = [
    ("ungdom", "u30_kontakt30", "ota_u30"),
    ("ungdom", "u30_aktivitet", "ota_u30"),
    ("langtidsledige", "langtid_aktivitet", "ota_arbs"),
    ("sykefravaer", "F02", "gradert_12u"),
    ("landgruppe3", "g13_kontakt/landgruppe3", "ota_lg3"),
    ("landgruppe3", "g13_aktivitet/landgruppe3", "ota_lg3"),
]


@pytest.mark.parametrize(("chapter", "process", "outcome"), ASKED)
def test_process_stands_beside_outcome_for_the_same_group(chapter, process, outcome):
    (plan,) = [one for one in chapter_plan() if one.id == chapter]
    assert any(process in pair.innsats and outcome in pair.resultat for pair in plan.par)


def test_a_pair_has_the_process_over_the_outcome_each_with_its_interval():
    first = sections("2022", "ungdom")["innsats_og_resultat"].split("</table>")[0]
    order = re.findall(r'data-indikator="(\w+)"', first)
    assert order == ["u30_kontakt30", "u30_kontakt30", "ota_u30"]
    assert first.index("Underveis") < first.index("Hvordan det gikk")
    shares = re.findall(r'data-felt="verdi nedre ovre">(.*?)</td>', first)
    assert len(shares) == 3
    assert all(re.search(r"\(\d.*–\d.*\)", share) for share in shares)


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("period", ["2021", "2022", "2022-T1"])
def test_every_chapter_keeps_the_manners_of_a_page(period, chapter):
    html = whole(period, chapter)
    assert html.count('<figure class="nb-figur"') <= 4
    assert not re.search(r"\b(nan|None|NaT)\b", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
    assert not re.findall(r'(?:href|src)="(?:[a-z]+:|//|/)[^"]*"', html)
    captions = re.findall(r"<caption>(.*?)</caption>", html)
    assert len(captions) == len(set(captions))
    assert "rangere" in sections(period, chapter)["sier_ikke"]
    (plan,) = [one for one in chapter_plan() if one.id == chapter]
    empty = {name for name, part in sections(period, chapter).items() if not part.strip()}
    assert empty == (set() if plan.par else {"innsats_og_resultat"})


def test_the_chapter_on_follow_up_says_first_who_gets_it_and_how():
    told = pages.kapittel("2022", "oppfolging").kort_sagt().html
    lines = [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li>(.*?)</li>", told, flags=re.DOTALL)]
    starts = [
        "Har hatt kontakt siste 30 dager, etter innsatsgruppe: spesielt tilpasset innsats ",
        "Har hatt kontakt siste 30 dager, i prioriterte grupper: født utenfor EØS ",
        "Unge under 30 som har hatt kontakt siste 30 dager: ",
        "Har bare hatt dialogmeldinger, av dem med kontakt: ",
        "Hva slags kontakt, av alle under oppfølging (noen har hatt flere slag): ",
        "Er i arbeidsrettet aktivitet: ",
        "Fikk minst ett møte avbrutt, av dem med avtalt møte: ",
        "Hvem som skrev, av dem med dialogmeldinger (ofte begge): brukeren ",
    ]
    assert [line[: len(start)] for line, start in zip(lines, starts, strict=True)] == starts
    assert all(re.search(r"\d prosent[ .),]", line) for line in lines)


def test_a_line_of_the_summary_names_the_groups_that_are_hidden(tmp_path, monkeypatch):
    """A group that is withheld is told as withheld; it never leaves its line in silence."""
    counts = small_counts()
    few = (counts["indikator"] == "g13_aktivitet") & (counts["gruppe"] == "IKVAL")
    counts.loc[few, "x"] = 0
    write_small_edition(tmp_path, "2022", counts)
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(tmp_path))
    told = re.sub(r"<[^>]+>", "", pages.kapittel("2022", "oppfolging").kort_sagt().html)
    assert re.search(r"Er i arbeidsrettet aktivitet: .* prosent; standard innsats er skjult\.", told)


def test_what_has_no_months_is_shown_for_the_period_and_its_base():
    told = sections("2022", "oppfolging")["utvikling"]
    rows = re.findall(r'<tr data-indikator="(g13_\w+)".*?</tr>', told, flags=re.DOTALL)
    shown = set(rows)
    assert "ikke i uttrekket" not in told
    assert len(re.findall(r'data-felt="verdi nedre ovre">\d', told)) >= len(rows)
    assert shown == {
        "g13_aktivitet",
        "g13_bare_dialog",
        "g13_kontaktform",
        "g13_mote_avbrutt",
        "g13_initiativ",
    }


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_shows_the_country_and_the_counties_and_no_office(chapter):
    part = page_inputs(Edition(make_path("2022")), "kapittel", chapter)
    assert set(part.tall["enhet"]) == {"0000", "9700", "9800"}
    assert not set(re.findall(r'data-enhet="(\w+)"', whole("2022", chapter))) & set(OFFICES)


def make_path(period: str):
    return pages.kapittel(period, "aap").view.edition.folder


def test_what_the_extract_lacks_is_told_as_lacking_and_never_as_a_number():
    told = sections("2022-T1", "ungdom")
    assert "Ikke i uttrekket" in told["innsats_og_resultat"]
    assert "Unge i aktivitet" in told["alle_tall"].split("Ikke i uttrekket:")[1]
    assert not re.search(r'data-indikator="(?!portefolje)', "".join(told.values()))


def test_where_the_letter_is_silent_the_choice_of_the_book_is_printed():
    told = sections("2022", "aap")["valg"]
    assert letter_for(2022).parameters[7].silent in told
    assert REGISTRY["aap_26u"].valg[0] in told


def test_an_entry_of_the_letter_with_two_figures_is_shown_as_two():
    # G01 asks for the length of AAP and for the gaps in it
    told = sections("2022", "aap")["alle_tall"]
    heads = re.findall(r'<tr class="nb-gruppe">.*?href="../indikator/(g01_\w+)\.html"', told, flags=re.DOTALL)
    assert set(heads) == {"g01_aap_opphold", "g01_aap_varighet"}


def test_both_readings_of_landgruppe_3_stand_in_its_chapter():
    told = sections("2022", "landgruppe3")
    rows = re.findall(r'<tr data-indikator="ota_lg3" data-gruppe="(\w+)"', told["alle_tall"])
    assert rows == ["alle", "fotnote5"]
    assert "Europa utenfor EØS" in told["brevet"]  # D04, footnote 5
    assert "Øst-Europa (utenfor EU)" in told["brevet"]  # D05, footnote 19


def test_the_aap_decisions_that_end_soon_are_counted_month_by_month():
    told = sections("2022", "aap")["utvikling"]
    tall = Edition(make_path("2022")).tall
    ending = (tall["indikator"] == "f06_aap_utlop") & (tall["gruppe"] == "alle") & (tall["enhet"] == "0000")
    cases = {row.periode: f"{row.n:.0f}" for row in tall[ending].itertuples() if "-T" not in row.periode}
    shown = dict(
        re.findall(r'data-felt="n" data-indikator="f06_aap_utlop"[^>]*data-periode="([-\d]+)">(\d+)<', told)
    )
    assert len(shown) == 24
    assert shown == {month: cases[month] for month in shown}
    assert "Mange AAP-saker som ble forlenget under pandemien, løper ut (juni 2022)" in told


def test_complaints_are_counted_month_by_month():
    told = sections("2022", "etaten")["utvikling"]
    tall = Edition(make_path("2022")).tall
    received = (tall["indikator"] == "f10_serviceklager") & (tall["enhet"] == "0000")
    cases = {row.periode: f"{row.x:.0f}" for row in tall[received].itertuples() if "-T" not in row.periode}
    shown = dict(
        re.findall(
            r'data-felt="x" data-indikator="f10_serviceklager"[^>]*data-periode="(\d+-\d+)">(\d+)<', told
        )
    )
    assert len(shown) == 24
    assert shown == {month: cases[month] for month in shown}


def test_a_hidden_county_is_shown_as_hidden(tmp_path, monkeypatch):
    counts = small_counts(size=lambda office: 3 if office.startswith("900") and office < "9004" else 400)
    write_small_edition(
        tmp_path, "2022", counts[counts["enhetsnr"] != "9783"], decided=only_small_ones_hidden
    )
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(tmp_path))
    told = pages.kapittel("2022", "langtidsledige").fylkene().html
    (row,) = re.findall(r'<tr data-enhet="9700">.*?</tr>', told, flags=re.DOTALL)[:1]
    assert ">skjult<" in row


def test_an_unknown_chapter_is_wrong_use():
    with pytest.raises(UsageError, match="there is no chapter 'uforetrygd': use one of ungdom"):
        pages.kapittel("2022", "uforetrygd")
