"""The page of an office: its first screen says what the table says, and empty parts leave."""

import re
from html import unescape

import pytest

from editions import make_small_edition
from navbook import pages
from navbook.edition import Edition
from navbook.pages.charts import Axis, Strip, strip_svg
from navbook.pages.page_kinds import OfficePage
from navbook.pages.sections.office.changes import strength
from navbook.pages.view import Cell, page_inputs, unit_view

COUNTY = {"9001": "9700", "9004": "9800"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("utgaver")
    make_small_edition(place)
    return place


@pytest.fixture(autouse=True)
def _editions(folder, monkeypatch):
    monkeypatch.setenv("NAVBOOK_UTGAVER", str(folder))


@pytest.fixture
def edition(folder):
    """An edition whose rows a test may change."""
    return Edition(folder / "2022")


def office(edition, enhet="9001"):
    return OfficePage(unit_view(edition, enhet, "kontor"))


def change(edition, where, **values):
    rows = edition.tall["periode"] == "2022"
    for name, value in where.items():
        rows &= edition.tall[name] == value
    assert rows.any(), where
    for name, value in values.items():
        edition.tall.loc[rows, name] = value


def undecided(edition):
    """An edition in which no requirement of the office has a clear verdict."""
    judged = edition.tall["vurdering"].isin(["oppfylt", "ikke_oppfylt"]) & (edition.tall["enhet"] == "9001")
    edition.tall.loc[judged, "vurdering"] = "kan_ikke_avgjores"
    return edition


def text_of(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def row_of(html, indikator, gruppe):
    (found,) = re.findall(rf'<tr data-indikator="{indikator}" data-gruppe="{gruppe}".*?</tr>', html, re.S)
    return found


def cells(row):
    return dict(re.findall(r'<td[^>]*data-felt="([^"]*)"[^>]*>(.*?)</td>', row, re.S))


# What stands beside the office's own figures


def test_a_page_reads_what_its_county_and_the_country_show(folder):
    edition = Edition(folder / "2022")
    view = unit_view(page_inputs(edition, "kontor", "9001"), "9001", "kontor")
    tall = edition.tall.set_index(["enhet", "indikator", "gruppe", "periode"])
    for enhet in ("9700", "0000"):
        shown = view.cell_of(enhet, "ota_arbs", "alle")
        assert shown.verdi == tall.loc[(enhet, "ota_arbs", "alle", "2022"), "verdi"]
    assert not view.cell_of("9004", "ota_arbs", "alle").shown


def test_of_other_units_a_page_reads_only_the_periods_that_the_book_shows(folder):
    part = page_inputs(Edition(folder / "2022"), "kontor", "9001")
    others = part.tall[part.tall["enhet"] != "9001"]
    assert set(others["enhet"]) >= {"9700", "0000"}
    assert set(others["periode"]) == {"2022"}
    assert len(set(part.tall.loc[part.tall["enhet"] == "9001", "periode"])) > 12


# The strip of requirements


def test_every_shown_requirement_is_one_row_with_county_country_and_a_verdict(folder):
    edition = Edition(folder / "2022")
    html = pages.kontor("2022", "9001").krav().html
    own = edition.tall[(edition.tall["enhet"] == "9001") & (edition.tall["periode"] == "2022")]
    status = own.set_index(["indikator", "gruppe"])["status"]
    judged = [
        (series["indikator"], series["gruppe"])
        for row in edition.krav["rader"]
        for series in row["serier"]
        if series["vurderes"] and not series["tillegg"]
    ]
    shown = [key for key in judged if status.get(key) == "vist"]
    assert re.findall(r'<tr data-indikator="(\w+)" data-gruppe="(\w+)"', html) == shown
    row = row_of(html, "ota_arbs", "alle")
    assert 'data-enhet="9700"' in row
    assert 'data-enhet="0000"' in row
    assert text_of(cells(row)["vurdering"]) == "oppfylt"


def test_the_strip_is_drawn_on_one_axis_of_per_cents():
    # 10 and 330 are the places of 0 and 100 per cent
    svg = strip_svg(Strip(50.0, lower=40.0, upper=60.0, before=25.0, county=75.0, country=100.0))
    assert 'class="nb-s-na" d="M170 8h0"' in svg
    assert 'class="nb-s-intervall" d="M138 8l64 0"' in svg
    assert 'class="nb-s-for" cx="90.0"' in svg
    assert 'class="nb-s-fylket" d="M250 4l0 8"' in svg
    assert 'class="nb-s-landet" d="M330 1l0 14"' in svg


def test_what_is_not_known_is_not_drawn():
    svg = strip_svg(Strip(50.0))
    assert not re.search(r"nb-s-(intervall|for|fylket|landet|forventet)", svg)


def test_ticks_are_round_numbers_and_few():
    assert Axis(0, 100, 0, 1).ticks(5) == [0, 25, 50, 75, 100]
    assert Axis(33, 61, 0, 1).ticks() == [35, 40, 45, 50, 55, 60]
    assert Axis(-20, 100, 0, 100).at(40) == 50


def test_what_is_withheld_is_one_sentence_with_every_name():
    html = pages.kontor("2022", "9001").krav().html
    (said,) = re.findall(r'<p class="nb-skjult-sagt">(.*?)</p>', html)
    assert "skjult for å verne enkeltpersoner: " in said
    assert "Nyansatte i målgruppen" in said
    assert "skjult" not in re.sub(r'<p class="nb-skjult-sagt">.*?</p>', "", html)


def test_an_office_with_most_rows_withheld_has_its_countys_figures_beside(folder):
    html = pages.kontor("2022", "9003").krav().html
    assert len(re.findall(r'class="nb-skjult-sagt"', html)) == 1
    row = row_of(html, "ota_arbs", "alle")
    tall = Edition(folder / "2022").tall.set_index(["enhet", "indikator", "gruppe", "periode"])
    share = tall.loc[("9700", "ota_arbs", "alle", "2022"), "verdi"]
    assert f"{100 * share:.1f}".replace(".", ",") in row
    assert 'data-enhet="9700"' in row


# What has changed


def test_the_changes_are_the_strongest_clear_verdicts_and_at_most_three(edition):
    undecided(edition)
    for indikator, endring in (
        ("ota_arbs", 0.02),
        ("ota_u30", 0.30),
        ("ota_nedsatt", -0.20),
        ("aap_26u", 0.10),
    ):
        change(
            edition,
            {"enhet": "9001", "indikator": indikator, "gruppe": "alle"},
            vurdering="oppfylt" if endring > 0 else "ikke_oppfylt",
            endring=endring,
            endring_nedre=endring - 0.01,
            endring_ovre=endring + 0.01,
        )
    items = re.findall(r"<li[^>]*>(.*?)</li>", office(edition).endringer().html, re.S)
    assert len(items) == 4
    assert items[0].startswith("Andelen unge under 30 som kom i arbeid, økte")
    assert items[1].startswith("Andelen med nedsatt arbeidsevne som kom i arbeid, gikk ned")
    assert items[1].endswith("og kravet er ikke oppfylt.")
    assert items[2].startswith("Andelen AAP-mottakere")
    assert "ett klart utslag til" in items[3]


def test_a_qualification_stands_in_the_same_sentence(edition):
    undecided(edition)
    change(edition, {"enhet": "9001", "indikator": "ota_arbs", "gruppe": "alle"}, vurdering="oppfylt")
    first = re.findall(r"<li[^>]*>(.*?)</li>", office(edition).endringer().html, re.S)[0]
    assert re.search(r"kravet er oppfylt, men uten permitterte kan det ikke avgjøres.*fotnote 18\)\.$", first)


def test_without_a_clear_verdict_the_page_says_that_it_is_a_full_answer(edition):
    html = office(undecided(edition)).endringer().html
    assert "Det er et fullgodt svar" in html


def test_the_first_screen_counts_the_verdicts_that_the_table_shows(edition):
    page = office(undecided(edition))
    shown = re.findall(r'<span class="nb-vurdering nb-(\w+)">', page.krav().html)
    said = text_of(page.endringer().html)
    number = int(re.search(r"(\d+) kan ikke avgjøres", said)[1])
    assert number == shown.count("kan_ikke_avgjores") > 12


def test_the_strength_of_a_change_is_its_size_in_half_widths():
    cell = Cell("a", "b", "9001", "2022", endring=0.10, endring_nedre=0.05, endring_ovre=0.15)
    assert strength(cell) == pytest.approx(2.0)
    assert strength(Cell("a", "b", "9001", "2022")) == 0.0


# The other parts


def test_a_requirement_folds_out_to_its_counts_its_reason_and_its_definition():
    html = pages.kontor("2022", "9001").resultatene().html
    folded = re.findall(r"<details.*?</details>", html, re.S)
    of_sp01 = next(part for part in folded if 'data-indikator="ota_arbs"' in part)
    assert "Fra 2021 til 2022 økte andelen fra" in of_sp01
    assert "Kravet er oppfylt" in of_sp01
    assert "«Andel arbeidssøkere med overgang til arbeid»" in of_sp01
    assert "«Skal øke sammenlignet med 2021»" in of_sp01
    assert 'data-felt="n"' in of_sp01
    assert 'href="../indikator/ota_arbs.html"' in of_sp01
    assert len(folded) == len(re.findall(r"<summary>", html))


def test_effort_stands_over_result_for_each_group():
    html = pages.kontor("2022", "9001").grupper().html
    (young,) = re.findall(r"<caption[^>]*>Unge under 30: innsats og resultat.*?</table>", html, re.S)
    done, went = young.split(">Resultat<")
    assert {"u30_aktivitet", "u30_kontakt30"} <= set(re.findall(r'data-indikator="(\w+)"', done))
    assert re.findall(r'<tr data-indikator="(\w+)"', went) == ["ota_u30"]


def test_the_chart_of_a_group_draws_the_levels_of_both_years_and_names_its_events():
    html = pages.kontor("2022", "9004").grupper().html
    assert html.count("<figure") <= 5
    (svg,) = re.findall(r"<figure[^>]*data-indikator=\"ota_u30\".*?</figure>", html, re.S)
    assert len(re.findall(r'class="nb-l-nivaa nb-l-(?:egen|basis)"', svg)) == 2
    assert ">Pandemien<" in svg
    assert "aria-label=" in svg


def test_three_questions_come_from_the_pages_own_signals(edition):
    undecided(edition)
    change(
        edition,
        {"enhet": "9001", "indikator": "ota_u30", "gruppe": "alle"},
        vurdering="ikke_oppfylt",
        endring=-0.2,
        endring_nedre=-0.3,
        endring_ovre=-0.1,
    )
    asked = re.findall(r"<li>(.*?)\n", office(edition).til_samtalen().html)
    assert len(asked) == 3
    assert asked[0].startswith("Andelen unge under 30 som kom i arbeid, gikk ned.")


def test_what_the_figures_do_not_say_is_four_lines():
    html = pages.kontor("2022", "9001").sier_ikke().html
    assert html.count("<li>") == 4
    assert "rangere" in html


def test_a_part_with_nothing_to_tell_is_empty(edition):
    change(edition, {"enhet": "9001"}, status="skjult", vurdering=None)
    page = office(edition)
    empty = {
        name for name in vars(OfficePage) if not name.startswith("_") and getattr(page, name)().html == ""
    }
    assert empty >= {"hvem", "endringer", "resultatene", "grupper", "forventet_og_observert"}
    assert "Ingen av de 19 tallene" in page.krav().html


def test_an_office_without_words_of_its_own_has_no_part_for_them():
    assert pages.kontor("2022", "9002").egne_ord().html == ""
    assert "Skrevet av NAV Storvik" in pages.kontor("2022", "9001").egne_ord().html


def test_figures_that_no_office_has_are_one_sentence_and_no_row(edition):
    html = office(edition).andre_tall().html
    left_out = [
        (definition["id"], group["id"])
        for definition in edition.definisjoner
        for group in definition.get("grupper") or []
        if "kontor" in (group.get("ikke_for") or {})
    ]
    assert ("g13_kontakt", "IKVAL") in left_out
    for indikator, gruppe in left_out:
        assert f'data-indikator="{indikator}" data-gruppe="{gruppe}"' not in html
    assert 'data-indikator="g13_kontakt" data-gruppe="BATT"' in html
    assert text_of(html).count("Noen tall står bare på sidene for fylkene og for alle kontorene samlet.") == 1
