"""From a NORG2 export to an office's figure, by hand: a merger, a move between counties and a special unit.

Who counts where: `NORTH` holds 9701, 9702 (until it is merged into 9701 on 30 June 2021) and the special unit
9783; 9703 lies there too, until it moves to `SOUTH` at the turn of the year to 2021.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from extracts import write_extract
from navbook.estimate.cube import sum_up
from navbook.estimate.units import roll_up
from navbook.extract import open_extract
from navbook.extract.norg2 import kontor_lines, office_register, read_norg2
from navbook.indicators import count
from navbook.runtime.periods import parse_period

NORTH, SOUTH = "9700", "9800"
SERIES = ("portefolje", "alle")
CLOSED = {"status": "Nedlagt"}
MERGED = {"etterfolger": "9701"}
EXPORT = [
    {"enhetNr": NORTH, "type": "FYLKE", "navn": "NAV Nordfylket"},
    {"enhetNr": SOUTH, "type": "FYLKE", "navn": "NAV Sørfylket"},
    {"enhetNr": "9701", "overordnetEnhet": NORTH},
    {"enhetNr": "9702", "overordnetEnhet": NORTH, "nedleggelsesdato": "2021-06-30", "etterfolger": "9701"}
    | CLOSED,
    {"enhetNr": "9703", "overordnetEnhet": NORTH, "nedleggelsesdato": "2020-12-31"} | CLOSED,
    {"enhetNr": "9703", "overordnetEnhet": SOUTH, "aktiveringsdato": "2021-01-01"},
    {"enhetNr": "9783", "overordnetEnhet": NORTH, "type": "KO"},
]
PEOPLE = [
    ("stays", "9701", "2020-11-01", None),
    ("goes before the merger", "9702", "2020-11-01", "2021-05-31"),
    ("goes before the merger", "9701", "2021-06-01", None),
    ("is registered late", "9702", "2020-11-01", "2021-08-31"),
    ("is registered late", "9701", "2021-09-01", None),
    ("of the office that moves", "9703", "2020-11-01", None),
    ("of the special unit", "9783", "2020-11-01", None),
]


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kontor")
    whole = {"status": "Aktiv", "type": "LOKAL", "aktiveringsdato": "2010-01-01"}
    (folder / "norg2.json").write_text(json.dumps([whole | {"navn": "NAV"} | unit for unit in EXPORT]))
    head, *rows = kontor_lines(office_register(read_norg2(folder / "norg2.json")).rows)
    follow_up: list[dict[str, Any]] = [
        {"person_id": person, "enhetsnr": office, "fom": fom, "tom": tom, "formidlingsgruppe": "ARBS"}
        for person, office, fom, tom in PEOPLE
    ]
    kontor = [dict(zip(head, (value or None for value in row), strict=True)) for row in rows]
    return write_extract(folder / "uttrekk", {"kontor": kontor, "oppfolging": follow_up})


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2020-12", {"9701": 1, "9702": 2, "9703": 1, "9783": 1}),
        # the last day of 9702 is a counting date
        ("2021-06", {"9701": 2, "9702": 1, "9703": 1, "9783": 1}),
        # closed, but somebody is still registered there
        ("2021-08", {"9701": 2, "9702": 1, "9703": 1, "9783": 1}),
        ("2021-09", {"9701": 3, "9703": 1, "9783": 1}),
    ],
)
def test_people_are_counted_where_they_are_registered(
    extract: Path, month: str, expected: dict[str, float]
) -> None:
    with open_extract(extract) as opened:
        rows = count(opened, indicators=["portefolje"]).to_pylist()
    found = {r["enhetsnr"]: r["x"] for r in rows if (r["gruppe"], r["maned"]) == ("alle", month)}
    assert found == expected


@pytest.mark.parametrize(
    ("seen_from", "month", "expected"),
    [
        # before the merger and after the move
        ("2021-06", "2021-06", {"9701": 2, "9702": 1, "9703": 1, "9700S": 1, NORTH: 4, SOUTH: 1, "0000": 5}),
        # seen from after both, a month before both: the offices and counties of now
        ("2021-09", "2020-12", {"9701": 3, "9703": 1, "9700S": 1, NORTH: 4, SOUTH: 1, "0000": 5}),
        # seen from before both
        ("2020-12", "2020-12", {"9701": 1, "9702": 2, "9703": 1, "9700S": 1, NORTH: 5, "0000": 5}),
    ],
)
def test_figures_are_told_by_the_offices_and_counties_of_the_period(
    extract: Path, seen_from: str, month: str, expected: dict[str, float]
) -> None:
    with open_extract(extract) as opened:
        counts = count(opened, indicators=["portefolje"]).to_pandas()
        units = roll_up(opened.register, sorted(set(counts.enhetsnr)), parse_period(seen_from))
    cube = sum_up(counts, [SERIES], units, [parse_period(month)])
    found = dict(zip(cube.units, cube.x[0, :, 0], strict=True))
    assert {unit: x for unit, x in found.items() if x} == expected
