"""The counties' reports under the letter's own headings, and the requirements that are not met."""

import re
from datetime import date
from itertools import pairwise

import pytest

from editions import OFFICES, make_small_edition, small_counts, write_small_edition
from navbook.edition import Edition
from navbook.gate.metadata.letter import reporting
from navbook.indicators import REGISTRY
from navbook.letters import letter_for
from navbook.pages import edition_chapters
from without_protection import only_small_ones_hidden

NORTH, SOUTH = "9700", "9800"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Period → the chapters of its edition."""
    place = tmp_path_factory.mktemp("utgaver")
    made = {
        period: edition_chapters(Edition(make_small_edition(place, period))) for period in ("2021", "2022-T2")
    }
    falling = small_counts()
    late = falling["maned"] >= "2022-01"
    falling.loc[late, "x"] = (falling.loc[late, "x"] * 0.6).round()
    edition = Edition(write_small_edition(place, "2022", falling, decided=only_small_ones_hidden).folder)
    return made | {"2022": edition_chapters(edition), "edition": edition}


def headings(chapter: str) -> list[str]:
    return [line.lstrip("# ").replace("\\", "") for line in chapter.splitlines() if line.startswith("#")]


def rows(html: str) -> list[str]:
    """The rows of the tables; the sentence under a row is in a row of its own, which is left out."""
    every = re.findall(r"<tr[ >].*?</tr>", html, flags=re.DOTALL)
    return [row for row in every if 'class="nb-utsagn"' not in row]


def test_the_headings_are_the_letters_in_its_order():
    # section 4.2 of the letter for 2021; that each is word for word is checked with its other quotations
    sections = letter_for(2021).report.sections
    numbered = [section.heading.split()[0] for section in sections if section.heading[0].isdigit()]
    assert numbered == ["1.", "2.", "2.1.", "2.2.", "2.3.", "2.4.", "2.5."]
    assert [section.heading for section in sections if section.origin == "boken"] == [sections[-1].heading]
    place = {section.heading: (number, section.level) for number, section in enumerate(sections)}
    flere, dugnad = place["Flere i arbeid"], place["2.1. Inkluderingsdugnaden:"]
    assert dugnad == (flere[0] + 1, flere[1] + 1)
    aap = place["AAP-mottakere, herunder unge under 30 år:"]
    assert place["Samarbeidet med Arbeid og ytelser"] == (aap[0] + 2, aap[1] + 1)
    steps = [after.level - before.level for before, after in pairwise(sections)]
    assert max(steps) == 1
    assert sections[0].level == 2


def test_the_tables_of_a_report_are_numbered_without_gaps(written):
    for period in ("2021", "2022"):
        report = written[period][f"rapport/{NORTH}"]
        numbers = [int(found) for found in re.findall(r"<caption>Tabell (\d+):", report)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 5


def test_the_tables_of_reports_and_deviations_fit_a_phone(written):
    for address in (f"rapport/{NORTH}", "rapport/avvik"):
        shown = written["2022"][address]
        for caption in re.findall(r"<caption>((?:Tabell \d|Krav som).*?)</caption>", shown):
            assert f'nb-stabel"><caption>{caption}' in shown


def test_the_report_on_2021_has_figures_for_each_priority_group(written):
    report = written["2021"][f"rapport/{NORTH}"]
    groups = ("Ungdom,", "Innvandrere utenfor EØS", "Langtidsledige,", "Håndtering av kravene")
    places = [report.index(f"##### {group}") for group in groups]
    for begin, end in pairwise(places):
        assert re.search(r'<td[^>]* data-felt="verdi', report[begin:end])


def test_the_deadlines_are_those_of_the_letters():
    # R01 and R02: two weeks after the period, and no report on the second tertial
    due = {each.period: each.due for year in (2021, 2022) for each in letter_for(year).report.deadlines}
    assert due == {
        "2021-T1": date(2021, 5, 14),
        "2021-T3": date(2022, 1, 14),
        "2021": date(2022, 1, 14),
        "2022-T1": date(2022, 5, 13),
        "2022-T3": date(2023, 1, 16),
        "2022": date(2023, 1, 16),
    }


def test_what_stands_under_a_heading_is_known():
    entries = {entry.id for year in (2021, 2022) for entry in letter_for(year).catalogue}
    named = {name for section in letter_for(2021).report.sections for name in section.figures}
    groups = {f"{name}/{group.id}" for name in REGISTRY for group in REGISTRY[name].grupper}
    assert named <= set(REGISTRY) | groups | entries


def test_a_letter_without_headings_leaves_those_of_the_one_before_standing():
    assert reporting(2022)["overskrifter_fra"] == 2021
    assert reporting(2022)["deler"] == reporting(2021)["deler"]
    assert reporting(2020) == {"frister": [], "overskrifter_fra": None, "deler": []}


def test_every_county_has_a_report_with_the_letters_headings_in_order(written):
    for period in ("2021", "2022"):
        for county in (NORTH, SOUTH):
            found = headings(written[period][f"rapport/{county}"])
            wanted = [part["overskrift"] for part in reporting(2021)["deler"]]
            assert [line for line in found if line in wanted] == wanted


def test_the_report_shows_the_deadline_and_whose_headings_they_are(written):
    this_year, last_year = written["2022"][f"rapport/{NORTH}"], written["2021"][f"rapport/{NORTH}"]
    assert "16. januar 2023" in this_year
    assert "Brevet for 2022 lister ingen" in this_year
    assert "14. januar 2022" in last_year
    assert "lister ingen" not in last_year


def test_no_report_is_asked_for_on_the_second_tertial(written):
    assert "ingen frist for en rapport for 2. tertial 2022" in written["2022-T2"][f"rapport/{NORTH}"]


def test_the_county_stands_beside_the_country_and_the_words_are_left_to_the_county(written):
    report = written["2022"][f"rapport/{NORTH}"]
    assert "Personer under oppfølging" in report
    (row,) = [row for row in rows(report) if 'data-indikator="ota_u30"' in row and "Hele" not in row][:1]
    assert f'data-enhet="{NORTH}"' in row
    assert 'data-enhet="0000"' in row
    # headings without figures that only gather others: 2., Flere i arbeid, 2.2., the demands on activity
    assert report.count("Fylkets vurdering:") == len(reporting(2022)["deler"]) - 4


def test_the_deviations_are_the_requirements_not_met_in_number_order(written):
    tall = written["edition"].tall
    not_met = tall[(tall["vurdering"] == "ikke_oppfylt") & (tall["niva"] != "kontor")]
    not_met = not_met[not_met["periode"] == "2022"]
    page = written["2022"]["rapport/avvik"]
    shown = [
        tuple(re.search(rf'data-{name}="([^"]*)"', row)[1] for name in ("enhet", "indikator", "gruppe"))
        for row in rows(page)[1:]
    ]
    assert set(shown) == set(not_met[["enhet", "indikator", "gruppe"]].itertuples(index=False, name=None))
    assert [unit for unit, *_ in shown] == sorted(unit for unit, *_ in shown)
    assert "Brevet sier ikke hva som er et vesentlig avvik" in page
    assert not any(office in page for office in OFFICES)


def test_hidden_figures_are_no_deviations_and_an_office_stands_in_its_own_county_only(written):
    north = written["2022"][f"rapport/{NORTH}"].split("Avvik i fylket")[1]
    assert "9003" not in north  # too small to show
    assert "9004" not in north
    tall = written["edition"].tall
    of_office = (tall["enhet"] == "9001") & (tall["periode"] == "2022")
    shown = tall[of_office & (tall["vurdering"] == "ikke_oppfylt")]
    assert len(shown) == sum('data-enhet="9001"' in row for row in rows(north)) > 0


def test_only_years_and_tertials_are_reported_but_deviations_can_be_told_at_any_time(tmp_path):
    falling = small_counts()
    late = falling["maned"] >= "2022-01"
    falling.loc[late, "x"] = (falling.loc[late, "x"] * 0.6).round()
    edition = Edition(
        write_small_edition(tmp_path, "2022-03", falling, decided=only_small_ones_hidden).folder
    )
    made = edition_chapters(edition)
    assert [name for name in made if name.startswith("rapport/")] == ["rapport/avvik"]
    # no county reports on a month, so the offices stand here
    tall = edition.tall
    not_met = tall[(tall["vurdering"] == "ikke_oppfylt") & (tall["periode"] == "2022-03")]
    offices = not_met[(not_met["niva"] == "kontor") & ~not_met["enhet"].isin(["9783"])]
    page = made["rapport/avvik"]
    assert len(offices) > 0
    found = rows(page)
    assert all(
        sum(f'data-enhet="{n}"' in row for row in found) == (offices["enhet"] == n).sum() for n in OFFICES
    )
    assert "måneder på rad til og med mars 2022" in page
    assert 'href="../kontor/9001.html"' in page


def test_a_requirement_that_is_not_met_has_its_rule_and_since_when(written):
    north = written["2022"][f"rapport/{NORTH}"].split("Avvik i fylket")[1]
    assert "Krav: «Skal øke sammenlignet med 2021»." in north
    # every month of 2022 is 40 per cent lower, and the months of 2021 are higher than those of 2020
    assert "I tolv måneder på rad til og med desember 2022 var tallet ikke høyere" in north
    assert "Kravet er heller ikke oppfylt i 1. tertial 2022, 2. tertial 2022 og 3. tertial 2022." in north
    assert '<a href="../kontor/9001.html">9001 NAV Storvik</a>' in north
