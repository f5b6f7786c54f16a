"""The municipal side on an office's page: under the municipality's name, with what cannot be shown."""

import re

import pandas as pd
import pytest

from editions import make_small_edition
from navbook.edition import Edition
from navbook.edition.write import write_further
from navbook.extract import codes
from navbook.pages.sections.planning import local_goals_section, municipal_section
from navbook.pages.view import page_inputs, unit_view
from navbook.pages.view.municipal import municipalities_of
from navbook.runtime.paths import BOOK

MUNICIPALITIES = [
    ("9001", "8001", "Storvik", ""),
    ("9001", "8003", "Storby & omegn", "NAV Byhavn"),
    ("9004", "8003", "Storby & omegn", "NAV Storvik"),
]
FIGURES = [
    (office, number, "SOSIALHJELP", "Mottakere av økonomisk sosialhjelp", period, status, value)
    for office, number in (("9001", "8001"), ("9001", "8003"), ("9004", "8003"))
    for period, status, value in (
        [("2022", "vist", 1234.5), ("2021", "ikke_beregnbar", None)]
        if number == "8003"
        else [("2022", "skjult", None), ("2021", "vist", 20.0)]
    )
]
GOALS = [
    ("9001", "8001", "2022", "Flere i arbeid", "2022-10-01"),
    ("9001", "8001", "2022", "Kortere ventetid", ""),
]


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = make_small_edition(tmp_path_factory.mktemp("utgaver"))
    for name, rows, columns in (
        ("kommuner", MUNICIPALITIES, ["enhet", "kommunenr", "kommune_navn", "delt_med"]),
        (
            "kommunale_tall",
            FIGURES,
            ["enhet", "kommunenr", "tall", "tall_navn", "periode", "status", "verdi"],
        ),
        ("kommunale_mal", GOALS, ["enhet", "kommunenr", "ar", "kommunens_mal", "frist"]),
    ):
        write_further(name, pd.DataFrame(rows, columns=columns), folder)
    return Edition(folder)


def section(edition, office):
    view = unit_view(page_inputs(edition, "kontor", office), office, "kontor")
    return municipal_section(view).html


def test_the_view_of_an_office_with_two_municipalities(edition):
    first, second = municipalities_of(edition, "9001")
    assert (first.name, first.shared_with, second.shared_with) == ("Storvik", "", "NAV Byhavn")
    (figure,) = first.figures
    assert (figure.status, figure.value, figure.status_before, figure.before) == (
        "skjult",
        None,
        "vist",
        20.0,
    )
    assert [(goal.text, goal.deadline) for goal in first.goals] == [
        ("Flere i arbeid", "2022-10-01"),
        ("Kortere ventetid", ""),
    ]


def test_both_offices_of_a_municipality_show_the_same(edition):
    (of_second,) = municipalities_of(edition, "9004")
    assert of_second.figures == municipalities_of(edition, "9001")[1].figures


def test_the_section_names_the_municipality_and_says_what_is_not_shown(edition):
    html = section(edition, "9001")
    assert html.count("<h3>") == 2
    assert "Storby &amp; omegn" in html
    assert "Kommunen dekkes også av NAV Byhavn." in html
    assert re.search(r"1\s235", html)  # 1234.5, half up
    assert "skjult" in html
    assert "kan ikke beregnes" in html
    assert "«Flere i arbeid». Frist: 1. oktober 2022." in html


def test_an_office_without_municipalities_says_so(edition):
    assert "sier ikke hvilke kommuner" in section(edition, "9002")


def test_the_page_of_definitions_has_every_figure():
    text = (BOOK / "metode" / "kommune.md").read_text(encoding="utf-8")
    assert [name for name in codes.municipal_figures().values() if name not in text] == []


def test_the_section_of_local_goals_names_goal_figure_and_verdict(edition):
    """The small edition has goals of SP12 for 9001 (5.5 per cent) and of SP01 for 9004 (40 per cent)."""
    view = unit_view(page_inputs(edition, "kontor", "9001"), "9001", "kontor")
    html = local_goals_section(view).html
    assert "SP12" in html
    assert "5,5 %" in html
    assert set(view.goal_verdicts.values()) <= {"oppfylt", "ikke_oppfylt", "kan_ikke_avgjores", "for_fa"}
    without = unit_view(page_inputs(edition, "kontor", "9002"), "9002", "kontor")
    assert "ingen egne mål" in local_goals_section(without).html
