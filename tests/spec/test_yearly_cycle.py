"""A made-up office through its year: plan, T1, T3, the sheet for the partnership meeting, and the next plan.

The small edition stands for the extract of each month of reporting. Its shares rise by 4 points a year, so
SP03 for people under 30 is 39,5 per cent in 2021 and 43,5 in 2022.
"""

import re
from pathlib import Path

import pytest

from editions import write_small_edition
from navbook.edition import Edition
from navbook.extract.files import PLANS, REPORTS
from navbook.extract.written_texts import check_texts, read_texts
from navbook.pages import edition_chapters
from without_protection import only_small_ones_hidden

OFFICE, COUNTY = "9001", "9700"
PLAN = """# Plan for 2022

## Unge under 30

Risiko: Flere unge blir gående uten aktivitet.
Tiltak: Fast ungdomsteam.
Ansvarlig: Ungdomsteamet
Frist: mars

## Langtidsledige

Tiltak: Gjennomgang av alle saker.
Frist: hver måned
"""
NEXT = PLAN.replace("2022", "2023").replace("Fast ungdomsteam.", "Ungdomsteamet går videre.")
TERTIAL = "# 2.3. Oppfølging av ledige\n\nKontorene i fylket har fått ungdomsteam.\n"
HAPPENED = "Tiltakene i planen, og hvordan det har gått"


def dropped(folder: Path, plan: str) -> dict[str, dict[str, str]]:
    """The texts as an office and its county put them in an extract, after the check."""
    for kind, unit, text in ((PLANS, OFFICE, plan), (REPORTS, COUNTY, TERTIAL)):
        (folder / kind).mkdir(parents=True)
        (folder / kind / f"{unit}.md").write_text(text, encoding="utf-8")
    problems = check_texts(folder, frozenset({OFFICE}), frozenset({COUNTY}))
    assert [problem.code for problem in problems if problem.severity == "invalid"] == []
    return {"plans": read_texts(folder, PLANS), "report_texts": read_texts(folder, REPORTS)}


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> dict[str, dict[str, str]]:
    """Period → the chapters of its edition, made from an extract with the texts of that time."""
    place = tmp_path_factory.mktemp("aret")
    plans = {"2022-T1": PLAN, "2022-T3": PLAN, "2022": PLAN}
    return {
        period: edition_chapters(
            Edition(
                write_small_edition(
                    place,
                    period,
                    **dropped(place / f"uttrekk-{period}", plan),
                    decided=only_small_ones_hidden,
                ).folder
            )
        )
        for period, plan in plans.items()
    }


def part(sheet: str, heading: str) -> str:
    return sheet.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def group(sheet: str, name: str) -> str:
    """The part of the table of measures that is about one group."""
    bodies = part(sheet, HAPPENED).split("<tbody>")[1:]
    (found,) = [body for body in bodies if f">{name}</th>" in body]
    return found


@pytest.mark.parametrize("period", ["2022-T1", "2022-T3"])
def test_in_each_tertial_the_measures_stand_beside_the_tertials_figures(year, period):
    """The report of the county has the county's words, and the sheet of the office its plan."""
    young = group(year[period][f"plan/{OFFICE}"], "Unge under 30")
    assert "<strong>Tiltak:</strong> Fast ungdomsteam." in young
    keys = f'data-indikator="ota_u30" data-gruppe="alle" data-enhet="{OFFICE}" data-periode="{period}"'
    assert keys in young
    assert "Kontorene i fylket har fått ungdomsteam." in year[period][f"rapport/{COUNTY}"]


def test_the_sheet_for_the_meeting_has_what_the_letter_and_the_partners_ask_for(year):
    """R14 and R15: goals, priorities, risk and measures in the partnership, on one sheet."""
    sheet = year["2022"][f"plan/{OFFICE}"]
    heads = re.findall(r"^## (.*)$", sheet, flags=re.MULTILINE)
    assert heads == [
        "Hvem kontoret følger opp",
        "Kravene i brevet",
        "Egne mål",
        "Kommunen",
        "Tiltakene i planen, og hvordan det har gått",
        "Risiko og tiltak framover",
    ]
    # its own target for sick leave: 5.5 per cent
    assert "5,5 %" in part(sheet, "Egne mål")


def test_next_years_plan_shows_what_happened_to_each_measure(year):
    sheet = year["2022"][f"plan/{OFFICE}"]
    young, long = group(sheet, "Unge under 30"), group(sheet, "Langtidsledige")
    row = re.search(r'<tr data-indikator="ota_u30".*?</tr>', young)[0]
    words = " ".join(re.sub("<[^>]*>", " ", row).split())
    assert words == "Unge under 30 til arbeid 39,5 43,5 (42,1–44,9) oppfylt"
    assert "Fast ungdomsteam." in young
    assert 'data-indikator="langtid_aktivitet"' in long
    assert "Gjennomgang av alle saker." in long
    assert part(sheet, "Risiko og tiltak framover").count("<td></td>") == 24


def test_the_next_plan_is_written_in_the_same_form(tmp_path):
    texts = dropped(tmp_path, NEXT)
    assert "Ungdomsteamet går videre." in texts["plans"][OFFICE]
