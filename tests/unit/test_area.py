"""The name of the top level: the country, or the part of it that an extract covers."""

from datetime import date

import pytest

from editions import NORTH, OFFICES, SOUTH, register_of
from navbook.edition.area import Area, area_name
from navbook.estimate.units import roll_up
from navbook.extract.manifest import NAME, read_manifest
from navbook.runtime.periods import parse_period


@pytest.mark.parametrize(
    ("heading", "name", "subject", "whole", "genitive", "whole_genitive", "where"),
    [
        ("Hele landet", "landet", "Landet", "hele landet", "landets", "hele landets", "i landet"),
        ("Rogaland", "Rogaland", "Rogaland", "hele Rogaland", "Rogalands", "hele Rogalands", "i Rogaland"),
        # names that end in s, x or z take an apostrophe alone (Språkrådet)
        ("Troms", "Troms", "Troms", "hele Troms", "Troms'", "hele Troms'", "i Troms"),
    ],
)
def test_the_forms_of_the_name(heading, name, subject, whole, genitive, whole_genitive, where):
    area = Area(heading)
    assert (area.name, area.subject, area.whole) == (name, subject, whole)
    assert (area.genitive, area.whole_genitive, area.where) == (genitive, whole_genitive, where)


@pytest.mark.parametrize(
    ("omrade", "counties", "expected"),
    [
        (None, ["Nordfylket", "Sørfylket"], "Hele landet"),
        (None, ["Nordfylket"], "Nordfylket"),
        ("Vestlandet", ["Nordfylket", "Sørfylket"], "Vestlandet"),
        ("Vestlandet", ["Nordfylket"], "Vestlandet"),
        ("region Vest", ["Nordfylket"], "Region Vest"),
    ],
)
def test_the_setting_comes_before_the_register(omrade, counties, expected):
    assert area_name(omrade, counties) == expected


def test_the_register_decides_on_the_counties_of_the_period():
    """One county is named; an office of another county that no longer counts does not make it a country."""
    counties = {office: county for office, (county, _) in OFFICES.items()}
    both = roll_up(register_of(counties), counties, parse_period("2022"))
    north = {office: county for office, county in counties.items() if county == NORTH}
    one = roll_up(register_of(north), north, parse_period("2022"))
    assert (both.area, one.area) == ("Hele landet", "NAV Nordfylket")
    assert roll_up(register_of(counties), counties, parse_period("2022"), "Midten").area == "Midten"
    assert SOUTH not in one.frame["enhet"].tolist()


MANIFEST = {
    "kilde": "Prøve",
    "uttrekksdato": date(2023, 1, 31),
    "dekker_fom": date(2019, 1, 1),
    "dekker_tom": date(2022, 12, 31),
}


def write(folder, line):
    given = "".join(f"{key}: {value}\n" for key, value in MANIFEST.items())
    (folder / NAME).write_text(f"{given}syntetisk: true\nversjon: 1\n{line}", encoding="utf-8")
    return read_manifest(folder)


def test_an_extract_may_name_its_area(tmp_path):
    manifest, problems = write(tmp_path, "omrade: ' Møre og Romsdal '\n")
    assert (manifest.omrade, problems) == ("Møre og Romsdal", [])
    manifest, problems = write(tmp_path, "")
    assert (manifest.omrade, problems) == (None, [])


@pytest.mark.parametrize("value", ["[Rogaland]", "12", "'<b>Rogaland</b>'", '"To\\nlinjer"', "''", "x" * 61])
def test_a_name_that_is_no_plain_text_makes_the_extract_invalid(tmp_path, value):
    manifest, problems = write(tmp_path, f"omrade: {value}\n")
    assert manifest is None
    assert [(p.column, p.severity) for p in problems] == [("omrade", "invalid")]
