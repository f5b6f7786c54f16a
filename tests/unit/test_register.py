"""The office register by contract 3: mergers, chains of them, moves between counties, special units."""

from datetime import date

import pytest

from navbook.extract import OfficeRegister, OfficeRow, is_special_number

NORD, SOR = "9910", "9920"


def office(
    number: str, fom: str, tom: str | None = None, county: str = NORD, successor: str | None = None
) -> OfficeRow:
    last = date.fromisoformat(tom) if tom else None
    return OfficeRow(
        number, date.fromisoformat(fom), last, f"NAV {number}", county, f"NAV {county}", successor
    )


REGISTER = OfficeRegister(
    [
        office("9001", "2000-01-01", "2019-12-31", successor="9002"),
        office("9002", "2000-01-01", "2021-06-30", successor="9003"),
        office("9003", "2000-01-01"),
        office("9004", "2000-01-01", "2020-12-31"),
        office("9005", "2000-01-01", "2019-12-31", county=NORD),
        office("9005", "2020-01-01", county=SOR),
        office("9006", "2022-01-01", county=SOR),
    ]
)


@pytest.mark.parametrize(
    ("number", "day", "becomes"),
    [
        ("9001", "2019-12-31", "9001"),  # still itself on its last day
        ("9001", "2020-01-01", "9002"),
        ("9001", "2021-06-30", "9002"),
        ("9001", "2021-07-01", "9003"),  # a chain is followed to its end
        ("9003", "2030-01-01", "9003"),
        ("9004", "2022-01-01", "9004"),  # closed without a successor
        ("9005", "2022-01-01", "9005"),  # moved to another county, not closed
        ("9999", "2022-01-01", "9999"),  # not in the register
    ],
)
def test_resolve_follows_successors_as_of_the_day(number: str, day: str, becomes: str) -> None:
    assert REGISTER.resolve(number, date.fromisoformat(day)) == becomes


@pytest.mark.parametrize(
    ("number", "day", "county"),
    [
        ("9005", "2019-12-31", NORD),
        ("9005", "2020-01-01", SOR),
        ("9004", "2022-01-01", NORD),  # closed: the latest earlier row
        ("9006", "2020-01-01", SOR),  # not yet open: the earliest row
    ],
)
def test_the_county_is_that_of_the_row_in_force(number: str, day: str, county: str) -> None:
    assert REGISTER.county_of(number, date.fromisoformat(day)) == county


def test_valid_offices_include_first_and_last_day() -> None:
    assert REGISTER.valid_on(date(2019, 12, 31)) == ["9001", "9002", "9003", "9004", "9005"]
    assert REGISTER.valid_on(date(2022, 1, 1)) == ["9003", "9005", "9006"]


def test_names_are_those_of_the_day_or_the_latest() -> None:
    register = OfficeRegister([office("9001", "2000-01-01")])
    assert (register.name_of("9001"), register.county_name(NORD)) == ("NAV 9001", "NAV 9910")


@pytest.mark.parametrize(
    ("number", "special"), [("2103", True), ("1183", True), ("1187", True), ("1101", False)]
)
def test_special_units(number: str, special: bool) -> None:
    assert is_special_number(number) is special


def test_a_circle_of_successors_is_told_and_does_not_hang() -> None:
    closed = [("9001", "9002"), ("9002", "9003"), ("9003", "9001"), ("9004", "9001")]
    register = OfficeRegister(
        [office(number, "2000-01-01", "2019-12-31", successor=to) for number, to in closed]
    )
    assert register.loops() == [("9001", "9002", "9003")]
    assert register.resolve("9004", date(2022, 1, 1)) in {"9001", "9002", "9003"}


def test_the_frame_has_a_row_per_row_of_kontor() -> None:
    frame = REGISTER.frame()
    assert list(frame["enhetsnr"]) == ["9001", "9002", "9003", "9004", "9005", "9005", "9006"]
    assert frame["gyldig_tom"].isna().sum() == 3
