"""What NAV reports of its own staff: sick leave in dagsverk, and permanent hires from the target group."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stays import counts_of


def absence(office: str, maned: str, **dagsverk: float | None) -> dict[str, Any]:
    days = {f"{kind}_dagsverk": value for kind, value in dagsverk.items()}
    return {"enhetsnr": office, "maned": maned, "ansatte": 12.0} | days


def test_days_lost_out_of_days_agreed(tmp_path: Path) -> None:
    rows = [
        absence("9001", "2021-03", avtalte=230.5, egenmeldt=2.25, legemeldt=11.5),
        absence("9001", "2021-04", avtalte=200.0, egenmeldt=0.0, legemeldt=0.0),
        absence("9002", "2021-03", avtalte=100.0, egenmeldt=1.0, legemeldt=0.0),
    ]
    found = counts_of(tmp_path, {"fravaer_ansatte": rows}, indicators=["sykefravaer_etat"])
    cells = {(key[2], key[3], key[1]): cell for key, cell in found.items()}
    assert cells["9001", "2021-03", "sum"] == (13.75, 230.5)
    assert cells["9001", "2021-03", "egenmeldt"] == (2.25, 230.5)
    assert cells["9001", "2021-03", "legemeldt"] == (11.5, 230.5)
    assert cells["9001", "2021-04", "sum"] == (0, 200)
    assert cells["9002", "2021-03", "sum"] == (1, 100)
    assert cells["9002", "2021-04", "sum"] == (0, 0)  # no row for a month inside the cover


@pytest.mark.parametrize("days", [(0.1, 0.2, 0.3), (0.3, 0.2, 0.1)])
def test_a_sum_of_parts_of_days_is_the_same_in_any_order(days: tuple[float, ...], tmp_path: Path) -> None:
    # as doubles 0.1 + 0.2 + 0.3 is more than 0.3 + 0.2 + 0.1
    rows = [absence("9001", "2021-03", avtalte=10 * day, egenmeldt=day, legemeldt=0.0) for day in days]
    found = counts_of(tmp_path, {"fravaer_ansatte": rows}, indicators=["sykefravaer_etat"])
    assert found["sykefravaer_etat", "egenmeldt", "9001", "2021-03"] == (0.6, 6.0)


def test_the_month_waits_one_month(tmp_path: Path) -> None:
    manifest = {"dekker_tom": date(2021, 12, 31), "uttrekksdato": date(2022, 1, 30)}
    found = counts_of(tmp_path, {"fravaer_ansatte": []}, manifest, indicators=["sykefravaer_etat"])
    assert max(key[3] for key in found) == "2021-11"


def hire(day: str, **fields: Any) -> dict[str, Any]:
    return {"enhetsnr": "9001", "dato": day} | fields


HIRES = [
    ("permanent", [hire("2021-03-10")], (0, 1)),
    ("permanent, in the target group", [hire("2021-03-10", i_malgruppe=True)], (1, 1)),
    ("temporary", [hire("2021-03-10", fast=False, i_malgruppe=True)], (0, 0)),
    ("not said whether permanent", [hire("2021-03-10", fast=None)], (0, 0)),
    ("not said whether in the target group", [hire("2021-03-10", i_malgruppe=None)], (0, 1)),
    ("first and last day of the month", [hire("2021-03-01"), hire("2021-03-31")], (0, 2)),
    ("the days beside the month", [hire("2021-02-28"), hire("2021-04-01")], (0, 0)),
    ("another office", [hire("2021-03-10", enhetsnr="9002")], (0, 0)),
]


@pytest.mark.parametrize(("name", "rows", "expected"), HIRES, ids=[name for name, *_ in HIRES])
def test_permanent_hires(name: str, rows: list[dict[str, Any]], expected: tuple, tmp_path: Path) -> None:
    found = counts_of(tmp_path, {"nyansettelse": rows}, indicators=["inkludering"])
    assert found["inkludering", "alle", "9001", "2021-03"] == expected, name


def test_each_needs_its_own_table_only(tmp_path: Path) -> None:
    both = ["sykefravaer_etat", "inkludering"]
    staff = counts_of(tmp_path / "a", {"fravaer_ansatte": []}, indicators=both)
    hires = counts_of(tmp_path / "b", {"nyansettelse": []}, indicators=both)
    assert {key[0] for key in staff} == {"sykefravaer_etat"}
    assert {key[0] for key in hires} == {"inkludering"}
