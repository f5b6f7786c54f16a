"""The planning sheet of an office: the office page's own figures, its plan, and room for the next one."""

import re

import pytest
from docx import Document

from editions import make_small_edition, write_small_edition
from navbook.book.documents import write_documents
from navbook.edition import Edition
from navbook.pages import edition_chapters
from navbook.pages.chapters.planning.plan_text import read_plan
from navbook.pages.sections import office
from navbook.pages.view import page_inputs, unit_view
from navbook.runtime.text_headings import unknown_plan_headings

PLAN = """# Plan for 2022

Planen ble behandlet i partnerskapsmøtet.

## Unge

Risiko: Flere unge uten aktivitet.
- **Tiltak:** Fast ungdomsteam
to dager i uken.
Ansvarlig: Ungdomsteamet
Frist: 1. juni

Tiltak: Samtale *tidlig*
Vi melder oss på nettverket.

Ellers som før.

## 2. Langtidsledige:

Tiltak: Gjennomgang av alle saker

## Lokaler

Vi flytter i <september>.
"""


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("utgaver")
    return Edition(write_small_edition(folder, "2022", plans={"9001": PLAN, "9002": "Kort."}).folder)


@pytest.fixture(scope="module")
def written(edition):
    return edition_chapters(edition)


def section(sheet: str, heading: str) -> str:
    return sheet.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_a_plan_is_read_by_its_form():
    plan = read_plan(PLAN)
    assert (plan.title, plan.before) == ("Plan for 2022", "Planen ble behandlet i partnerskapsmøtet.")
    assert list(plan.groups) == ["unge", "langtidsledige", "annet"]
    (young,) = plan.groups["unge"]
    assert young.measures == (
        {
            "Risiko": "Flere unge uten aktivitet.",
            "Tiltak": "Fast ungdomsteam to dager i uken.",
            "Ansvarlig": "Ungdomsteamet",
            "Frist": "1. juni",
        },
        {"Tiltak": "Samtale *tidlig* Vi melder oss på nettverket."},
    )
    assert young.text == "Ellers som før."
    (other,) = plan.groups["annet"]
    assert (other.heading, other.text, other.measures) == ("Lokaler", "Vi flytter i <september>.", ())


@pytest.mark.parametrize(
    "text", ["", "Bare ord.", "# Tittel", "## Unge\n\n- Tiltak\n\nFrist", "Frist: 1. mai", PLAN]
)
def test_no_word_of_a_plan_is_lost(text):
    plan = read_plan(text)
    kept = [plan.title, plan.before]
    for parts in plan.groups.values():
        for each in parts:
            kept += [each.heading, each.text]
            kept += [word for measure in each.measures for pair in measure.items() for word in pair]
    # the numbers in front of headings count for nothing
    words = set(re.findall(r"\w+", re.sub(r"(?m)^(#+) \d+\.", r"\1", text)))
    assert words <= set(re.findall(r"\w+", " ".join(kept)))


def test_a_heading_that_the_form_lacks_is_named():
    assert unknown_plan_headings(PLAN) == ["Lokaler"]
    assert unknown_plan_headings("# Plan\n\n## UNGE UNDER 30 ÅR\n\n### AAP:\n\n## Annet") == []


def test_each_office_with_a_page_has_a_sheet(written, edition, tmp_path):
    found = [name for name in written if name.startswith("plan/")]
    # 9783 is no local office and has no page
    assert found == ["plan/oversikt", *(f"plan/900{number}" for number in range(1, 7))]
    some = edition_chapters(edition, ["9002"])
    assert [name for name in some if name.startswith("plan/")] == ["plan/oversikt", "plan/9002"]
    assert "9001" not in some["plan/oversikt"]
    month = edition_chapters(Edition(make_small_edition(tmp_path, "2022-03")))
    assert not [name for name in month if name.startswith("plan/")]


def test_the_figures_are_those_of_the_office_page(written, edition):
    view = unit_view(page_inputs(edition, "kontor", "9001"), "9001", "kontor")
    sheet = written["plan/9001"]
    # raw HTML stands on one line in a chapter
    for part in (office.who(view), office.requirements(view)):
        assert " ".join(part.html.split()) in " ".join(sheet.split())


def test_a_measure_stands_under_the_figures_of_its_group(written):
    """The shares of 9001 rise by 4 points a year: 39,5 in 2021 and 43,5 in 2022."""
    said = section(written["plan/9001"], "Tiltakene i planen, og hvordan det har gått")
    young, long, other = said.split("<tbody>")[1:]
    assert 'data-indikator="ota_u30"' in young
    assert "<strong>43,5</strong>" in young
    assert '<td class="nb-tall" data-felt="basis_verdi">39,5</td>' in young
    assert '<span class="nb-vurdering nb-oppfylt">oppfylt</span>' in young
    assert "Fast ungdomsteam to dager i uken." in young
    assert "Samtale <em>tidlig</em>" in young
    assert 'data-indikator="langtid_aktivitet"' in long
    assert "Gjennomgang av alle saker" in long
    assert "data-indikator" not in other
    assert "Annet" in other
    assert "Lokaler" in other
    assert "Vi flytter i &lt;september&gt;." in other
    assert "«Plan for 2022». Skrevet av NAV Storvik. Boken har ikke endret teksten" in said


def test_a_plan_without_headings_stands_as_it_is_and_no_plan_gives_no_section(written):
    assert "Kort." in section(written["plan/9002"], "Tiltakene i planen, og hvordan det har gått")
    assert "Tiltakene i planen" not in written["plan/9004"]


def test_there_is_room_for_each_group_and_field(written):
    room = section(written["plan/9004"], "Risiko og tiltak framover")
    heads = re.findall(r'<th scope="col">(.*?)</th>', room)
    assert heads == ["Gruppe", "Risiko", "Tiltak", "Ansvarlig", "Frist"]
    names = re.findall(r'<th scope="row">(.*?)</th>', room)
    assert names == [
        "Unge under 30",
        "Født utenfor EØS",
        "Langtidsledige",
        "Mottakere av AAP",
        "Sykmeldte",
        "Annet",
    ]
    assert room.count("<td></td>") == 4 * len(names)


def test_the_sick_leave_target_stands_with_its_verdict(written):
    """The small edition has 5.5 per cent for SP12 of 9001, whose figure is too small to show."""
    goals = section(written["plan/9001"], "Egne mål")
    assert "5,5 %" in goals
    assert "vurderes ikke: tallet vises ikke for perioden" in goals
    assert "ingen egne mål" in section(written["plan/9002"], "Egne mål")


def test_a_hidden_office_says_so(written):
    assert "Hvor mange kontoret fulgte opp, er skjult." in written["plan/9003"]


def test_the_list_has_the_sheets_by_county_and_says_who_has_a_plan(written):
    listed = written["plan/oversikt"]
    assert '9001 <a href="9001.html">NAV Storvik</a> (med kontorets egen plan)' in listed
    assert '9004 <a href="9004.html">NAV Byhavn</a></li>' in listed
    assert listed.index("## NAV Nordfylket") < listed.index("9001.html") < listed.index("## NAV Sørfylket")


def test_the_document_of_a_sheet_has_its_tables_and_room_to_write(written, edition, tmp_path):
    (file,) = write_documents(edition, {"plan/9001": written["plan/9001"]}, tmp_path)
    made = Document(str(file))
    assert "Skriv ut" not in "\n".join(paragraph.text for paragraph in made.paragraphs)
    heads = [[cell.text for cell in table.rows[0].cells] for table in made.tables]
    # the strips are pictures, and have no column
    assert ["Krav i brevet", "2021", "2022 (95 % intervall)", "Fylket", "Landet", "Vurdering"] in heads
    assert heads[-1] == ["Gruppe", "Risiko", "Tiltak", "Ansvarlig", "Frist"]
    assert [cell.text for row in made.tables[-1].rows[1:] for cell in row.cells[1:]] == [""] * 24
    words = [line.strip() for row in made.tables[-2].rows for line in row.cells[0].text.splitlines()]
    place = words.index("Ansvarlig: Ungdomsteamet")
    assert words[place + 1 : place + 3] == [
        "Frist: 1. juni",
        "Tiltak: Samtale tidlig Vi melder oss på nettverket.",
    ]
    assert file.stat().st_size < 25_000
