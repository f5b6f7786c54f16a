"""What a page claims is so: each claim is read from the page's text and derived again from the edition."""

import copy
import re
from html import unescape
from posixpath import dirname, join, normpath

import pandas as pd
import pyarrow as pa
import pytest

from editions import MANIFEST, letter_in, make_small_edition, register_of, series_counts
from navbook.edition import Edition
from navbook.edition.schema import REASON_COLUMNS
from navbook.estimate import estimate
from navbook.gate import Source, write_edition
from navbook.indicators import REGISTRY
from navbook.pages import edition_chapters
from navbook.pages.chapters.view import chapter_view
from navbook.pages.page_kinds import UnitPage
from navbook.pages.sections.indicator import indicator_view
from navbook.pages.subject_pages import ChapterPage, IndicatorPage
from navbook.pages.view import page_inputs, unit_view
from navbook.runtime.periods import month_range, parse_period

COUNTIES = ("9700", "9800")
OFFICES = ("9001", "9002", "9003", "9004", "9005", "9006")
UNITS = {"0000": "landet", **dict.fromkeys(COUNTIES, "fylke"), **dict.fromkeys(OFFICES, "kontor")}
CLEAR = ("oppfylt", "ikke_oppfylt")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return make_small_edition(tmp_path_factory.mktemp("utgaver"))


@pytest.fixture
def edition(written):
    """An edition whose rows a test may change."""
    return Edition(written)


def changed(edition):
    """The edition with its changed rows where the parts of it are taken from."""
    vars(edition)["arrow"] = pa.Table.from_pandas(edition.tall, preserve_index=False)
    vars(edition).pop("_places", None)
    return edition


def unit_page(edition, enhet):
    niva = UNITS[enhet]
    return UnitPage(unit_view(page_inputs(changed(edition), niva, enhet), enhet, niva))


def indicator_page(edition, indikator):
    part = page_inputs(changed(edition), "indikator", indikator)
    return IndicatorPage(indicator_view(part, indikator))


def chapter_page(edition, kapittel):
    return ChapterPage(chapter_view(page_inputs(changed(edition), "kapittel", kapittel), kapittel))


def text_of(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def sentences(html):
    return [sentence.strip() for sentence in re.split(r"(?<=[.!?]) ", text_of(html))]


def change(edition, where, **values):
    """Set columns of the rows of `tall` with these keys."""
    rows = pd.Series(True, index=edition.tall.index)
    for name, value in where.items():
        rows &= edition.tall[name] == value
    assert rows.any(), where
    for name, value in values.items():
        edition.tall.loc[rows, name] = value


# Funnels: who stands out


def outliers(edition, key):
    rows = edition.further("trakt")
    rows = rows[(rows["indikator"] == key[0]) & (rows["gruppe"] == key[1]) & (rows["enhet"] != "0000")]
    return {str(enhet) for enhet in rows.loc[rows["utslag"] != 0, "enhet"]}


@pytest.fixture
def with_outliers(edition):
    """An edition in whose every funnel two offices stand out, one in each county."""
    rows = edition.further("trakt")
    for enhet, side in (("9001", 1.0), ("9004", -1.0)):
        rows.loc[rows["enhet"] == enhet, "utslag"] = side
    return edition


def series_named(edition, item):
    """The series of the letter that a line of HTML begins with the name of."""
    view = unit_view(edition, "0000", "landet")
    names = {view.series_name(series): (series.indikator, series.gruppe) for series in view.letter_series}
    return names[unescape(re.search(r'indikator/\w+\.html">([^<]*)<', item)[1])]


NUMBERS = {"ett": 1, "to": 2, "tre": 3}


@pytest.mark.parametrize("enhet", ["0000", *COUNTIES])
def test_every_office_that_stands_out_in_a_funnel_is_accounted_for_below_it(with_outliers, enhet):
    html = unit_page(with_outliers, enhet).blant_kontorene().html
    items = re.findall(r"<li>(.*?)</li>", html, flags=re.S)
    county = with_outliers.enheter.set_index("enhet")["fylke"]
    assert items
    assert 'class="nb-stat' in html
    for item in items:
        named = set(re.findall(r"kontor/(\d{4})\.html", item))
        counted = re.search(r"I andre fylker skiller (\w+) kontor seg ut", item)
        elsewhere = NUMBERS[counted[1]] if counted else 0
        key = series_named(with_outliers, item)
        every = outliers(with_outliers, key)
        own = {office for office in every if enhet in ("0000", county[office])}
        assert named == own
        assert elsewhere == len(every - own)
        assert every
        assert ("Ingen av kontorene" in item) == (not own)


@pytest.mark.parametrize("enhet", ["0000", *COUNTIES])
def test_no_office_stands_out_only_where_the_funnel_has_no_outlier(edition, enhet):
    edition.further("trakt")["utslag"] = 0.0
    html = unit_page(edition, enhet).blant_kontorene().html
    assert "Ingen av kontorene skiller seg ut." in html
    assert "I andre fylker" not in html


# Links


@pytest.mark.parametrize("enhet", UNITS)
def test_no_page_links_to_itself(edition, enhet):
    change(edition, {}, status="skjult", vurdering=None)
    address = "landet.html" if enhet == "0000" else f"{UNITS[enhet]}/{enhet}.html"
    page = unit_page(edition, enhet)
    for section in ("kort_sagt", "resultater", "blant_kontorene", "enheter", "videre"):
        html = getattr(page, section)().html
        targets = {normpath(join(dirname(address), href)) for href in re.findall(r'href="([^"#]+)"', html)}
        assert address not in targets, section


@pytest.mark.parametrize(
    ("enhet", "where"), [("9003", "fylke/9700.html"), ("9700", "landet.html"), ("0000", "")]
)
def test_a_unit_that_shows_nothing_is_sent_to_the_sum_above_it(edition, enhet, where):
    change(edition, {"enhet": enhet}, status="skjult", vurdering=None)
    html = unit_page(edition, enhet).kort_sagt().html
    assert "Ingen av disse tallene kan vises" in html
    assert re.findall(r'href="\.\./([^"]+)"', html) == ([where] if where else [])


# Requirements that are not met


def unmet_offices(edition):
    """County → offices with a judged row that is not met in the period shown."""
    judged = {
        (series["indikator"], series["gruppe"])
        for row in edition.krav["rader"]
        for series in row["serier"]
        if series["vurderes"]
    }
    found = {county: set() for county in COUNTIES}
    names = edition.enheter.set_index("enhet")
    for row in edition.tall.to_dict("records"):
        shown = edition.utgave["perioder"][row["indikator"]]["vist"]
        key = (row["indikator"], row["gruppe"])
        office = row["niva"] == "kontor" and not row["enhet"].endswith("S")
        if office and key in judged and row["periode"] == shown and row["vurdering"] == "ikke_oppfylt":
            found[names.loc[row["enhet"], "fylke"]].add(row["enhet"])
    return found


@pytest.mark.parametrize("offices", [(), ("9001",), ("9001", "9002", "9004")])
def test_the_chapter_on_deviations_counts_the_offices_that_have_one(edition, offices):
    change(edition, {}, vurdering="kan_ikke_avgjores")
    for office in offices:
        change(
            edition, {"enhet": office, "indikator": "ota_arbs", "periode": "2022"}, vurdering="ikke_oppfylt"
        )
    chapter = edition_chapters(edition)["rapport/avvik"]
    (line,) = re.findall(r"<p>(?:Ingen NAV-kontor har|NAV-kontor med).*?</p>", chapter)
    counted = {
        county: NUMBERS[word] for word, county in re.findall(r"(\w+) i <a href=\"(\d{4})\.html\"", line)
    }
    derived = {county: len(offices) for county, offices in unmet_offices(edition).items() if offices}
    assert counted == derived
    assert ("Ingen NAV-kontor" in line) == (not derived)
    assert "Ingen krav har svaret «ikke oppfylt» for landet eller noe fylke" in chapter


# What is missing, and why


def without_row(edition, indikator):
    """The edition as if the letter did not name the indicator: no entry, no rows, no definition."""
    for name in ("rader", "katalog"):
        edition.krav[name] = [
            entry
            for entry in edition.krav[name]
            if not any(series["indikator"] == indikator for series in entry["serier"])
        ]
    vars(edition)["tall"] = edition.tall[edition.tall["indikator"] != indikator]
    vars(edition)["definisjoner"] = [record for record in edition.definisjoner if record["id"] != indikator]


def test_a_figure_that_the_letter_dropped_is_not_said_to_be_missing_in_the_extract(edition):
    without_row(edition, "formidlinger")
    view = chapter_view(changed(edition), "tiltak")
    page = ChapterPage(view)
    html = page.innsats_og_resultat().html + page.alle_tall().html
    assert "Ikke i brevet for 2022: Antall formidlinger" in text_of(html).replace("«", "").replace("»", "")
    assert not re.search(r"Ikke i uttrekket: [^.]*ormidling", html)


def test_a_figure_that_the_extract_lacks_is_said_to_be_missing_there(edition):
    change(edition, {"indikator": "formidlinger"}, status="ikke_i_uttrekket")
    page = ChapterPage(chapter_view(changed(edition), "tiltak"))
    assert re.search(r"Ikke i uttrekket: [^.]*ormidling", page.alle_tall().html)
    assert "Ikke i brevet" not in page.alle_tall().html


def test_a_page_of_a_goal_outside_the_table_does_not_deny_the_letter(edition):
    html = indicator_page(edition, "g07_vta_ordinaer").topplinje().html
    assert edition.krav["brev"] == 2022
    assert "Det finnes ikke noe brev" not in html


PLACES = {
    "ota_arbs": "Styringsparameter.",
    "g07_vta_ordinaer": "Utenfor styringsparameterne",
}


@pytest.mark.parametrize("indikator", PLACES)
def test_the_place_in_the_letter_is_the_letters_own(edition, indikator):
    assert PLACES[indikator] in indicator_page(edition, indikator).definisjon().html


def test_a_goal_that_a_letter_moves_into_its_table_is_a_styringsparameter_there(edition):
    row = copy.deepcopy(next(row for row in edition.krav["rader"] if row["id"] == "SP01"))
    row["id"] = "SP14"
    row["serier"] = [
        {"indikator": "g07_vta_ordinaer", "gruppe": "alle", "ordlyd": "", "maal": "andel"}
        | {"vurderes": True, "tillegg": False}
    ]
    edition.krav["rader"].append(row)
    assert "Styringsparameter." in indicator_page(edition, "g07_vta_ordinaer").definisjon().html
    definitions = edition_chapters(edition)["metode/definisjoner"]
    own = definitions[definitions.index('id="g07_vta_ordinaer"') :]
    assert own.index("Styringsparameter.") < own.index("Id og versjon")


# Reasons without a verdict

REASONS = {
    "basis_skjult": ("er skjult", "grunnlaget er skjult", "tallet for 2021"),
    "basis_ukjent": ("ikke er kjent", "grunnlaget er ikke kjent", "tallet for 2021"),
    "endret_definisjon": ("har en annen definisjon", "ny definisjon", "definisjonen er endret siden 2021"),
}


def without_base(edition, grunn):
    """Let the country's row of `ota_arbs` have no verdict for this reason."""
    key = {"indikator": "ota_arbs", "gruppe": "alle", "enhet": "0000", "periode": "2022"}
    without = {"basis_periode": None, "basis_verdi": float("nan"), "endring": float("nan")}
    change(edition, key, vurdering="uten_grunnlag", **without)
    reasons = pd.DataFrame([{**key, "niva": "landet", "grunn": grunn}])
    edition.further("grunner")
    vars(edition)["_further"]["grunner"] = reasons[list(REASON_COLUMNS)]


@pytest.mark.parametrize("grunn", REASONS)
def test_a_missing_base_is_the_reason_and_not_few_people(edition, grunn):
    """The edition says why a row cannot be compared; the page says the same in three places."""
    without_base(edition, grunn)
    clause, word, said = REASONS[grunn]
    page = unit_page(edition, "0000")
    assert f"ett kan ikke vurderes fordi det vi sammenligner med, {clause}" in page.kort_sagt().html.lower()
    (row,) = [
        row
        for row in re.findall(r'<tr class="nb-utsagn".*?</tr>', page.resultater().html, flags=re.S)
        if 'data-indikator="ota_arbs" data-gruppe="alle"' in row
    ]
    assert f"Kan ikke vurderes: {said}" in row
    assert "for få" not in row
    assert word in indicator_page(edition, "ota_arbs").enheter().html


def test_too_few_people_is_said_in_the_same_words_everywhere(edition):
    change(edition, {"indikator": "ota_arbs", "gruppe": "alle", "enhet": "0000"}, vurdering="for_fa")
    page = unit_page(edition, "0000")
    assert "ett bygger på for få personer" in page.kort_sagt().html.lower()
    assert "Kan ikke vurderes: tallet bygger på for få personer" in page.resultater().html


# Verdicts that need a qualification

KEY = {"indikator": "ota_arbs", "enhet": "0000", "periode": "2022"}


def decide(edition, alle, uten):
    change(edition, KEY | {"gruppe": "alle"}, vurdering=alle)
    change(edition, KEY | {"gruppe": "uten_permitterte"}, vurdering=uten)


@pytest.mark.parametrize(
    ("alle", "uten", "said"),
    [
        ("ikke_oppfylt", "kan_ikke_avgjores", "men uten permitterte kan det ikke avgjøres"),
        ("ikke_oppfylt", "oppfylt", "men uten permitterte er det oppfylt"),
        ("oppfylt", "ikke_oppfylt", "men uten permitterte er det ikke oppfylt"),
        ("kan_ikke_avgjores", "oppfylt", "men uten permitterte er det oppfylt"),
    ],
)
def test_another_answer_without_furloughed_stands_in_the_same_sentence(edition, alle, uten, said):
    """Footnote 18 says that the row without furloughed persons counts most."""
    decide(edition, alle, uten)
    html = unit_page(edition, "0000").kort_sagt().html
    verdicts = {"oppfylt": "Kravet er oppfylt", "ikke_oppfylt": "Kravet er ikke oppfylt"}
    beginning = verdicts.get(alle, "Kan ikke avgjøres")
    (sentence,) = [found for found in sentences(html) if said in found]
    assert sentence.startswith(beginning)
    assert "(fotnote 18)" in sentence
    assert "forbehold" in html


@pytest.mark.parametrize("answer", CLEAR)
def test_the_same_answer_without_furloughed_needs_no_qualification(edition, answer):
    decide(edition, answer, answer)
    html = unit_page(edition, "0000").kort_sagt().html
    assert "uten permitterte" not in html


@pytest.mark.parametrize(
    ("answer", "before", "now", "change_of_count", "said"),
    [
        ("ikke_oppfylt", 2400.0, 1800.0, -300.0, "men gruppen ble også mindre (fra 200 til 150"),
        ("oppfylt", 1800.0, 2400.0, 300.0, "men gruppen ble også større (fra 150 til 200"),
    ],
)
def test_a_count_of_another_group_size_is_qualified_in_the_same_sentence(
    edition, answer, before, now, change_of_count, said
):
    """A count falls with its group: whether the share did so too is said with it."""
    key = {"indikator": "langtid_aktivitet", "enhet": "0000"}
    change(edition, key | {"gruppe": "alle", "periode": "2021"}, n=before, status="vist")
    change(edition, key | {"gruppe": "alle", "periode": "2022"}, n=now, vurdering="kan_ikke_avgjores")
    change(edition, key | {"gruppe": "antall", "periode": "2022"}, vurdering=answer, endring=change_of_count)
    html = unit_page(edition, "0000").resultater().html
    (sentence,) = [found for found in sentences(html) if said in found]
    assert "for andelen kan det ikke avgjøres" in sentence
    assert sentence.startswith("Kravet er")


def test_a_count_whose_group_did_not_follow_needs_no_qualification(edition):
    key = {"indikator": "langtid_aktivitet", "enhet": "0000"}
    change(edition, key | {"gruppe": "alle", "periode": "2021"}, n=1800.0, status="vist")
    change(edition, key | {"gruppe": "alle", "periode": "2022"}, n=2400.0, vurdering="kan_ikke_avgjores")
    change(edition, key | {"gruppe": "antall", "periode": "2022"}, vurdering="ikke_oppfylt", endring=-300.0)
    assert "gruppen ble også" not in unit_page(edition, "0000").kort_sagt().html


# A period of an earlier year

LATE = "2021-07..2021-10"


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """Tertial 1 of 2022 without known outcomes: July to October 2021 is shown, 35 % after 40 % and 30 %."""
    parts = []
    for year, x in {2019: 300, 2020: 400, 2021: 350}.items():
        months = [month for month in month_range(f"{year}-01", f"{year}-12") if month <= "2021-10"]
        parts.append(series_counts("ota_arbs", "alle", months, {"9001": (x, 1000), "9002": (300, 900)}))
    period, register = parse_period("2022-T1"), register_of({"9001": "9700", "9002": "9700"})
    counts = pd.concat(parts, ignore_index=True)
    estimates = estimate(counts, register, MANIFEST, letter_in(2022), REGISTRY, period)
    folder = tmp_path_factory.mktemp("sen")
    written = write_edition(estimates, Source(MANIFEST), REGISTRY, folder, folder / "privat")
    return Edition(written.folder)


def test_a_late_period_is_worded_by_the_letter_of_its_own_year(late):
    """A fall is not what the letter for 2022 requires, but goes towards 2019 as that for 2021 does."""
    (row,) = late.tall[
        (late.tall["enhet"] == "9001") & (late.tall["periode"] == LATE) & (late.tall["gruppe"] == "alle")
    ].to_dict("records")
    assert row["vurdering"] == "oppfylt"
    page = UnitPage(unit_view(page_inputs(late, "kontor", "9001"), "9001", "kontor"))
    (sentence,) = re.findall(r'nb-oppfylt">([^<]*)<', page.resultater().html)
    requirement = next(rad["krav"] for rad in late.krav["andre_brev"][0]["rader"] if rad["id"] == "SP01")
    assert unescape(sentence).startswith(
        f"Vurdert etter brevet for 2021 («{requirement}»). Kravet er oppfylt"
    )
    assert "mot 2019-nivået" in sentence
    assert "vurderes det etter brevet for 2021" in page.topplinje().html
    assert "Brevene for 2021 og 2022 stiller krav til" in page.kort_sagt().html
    indicator = indicator_view(page_inputs(late, "indikator", "ota_arbs"), "ota_arbs")
    assert "oppfylt (brevet for 2021)" in IndicatorPage(indicator).enheter().html
    assert unescape(IndicatorPage(indicator).brevet().html).count(requirement) == 1
