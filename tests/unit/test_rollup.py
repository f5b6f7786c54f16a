"""Where counts end up: offices, special units, counties and country as on the last day of the period."""

from editions import NORTH, SOUTH, counts_frame, office_row, register_of
from navbook.estimate.cube import sum_up
from navbook.estimate.units import roll_up, size_class
from navbook.extract.register import OfficeRegister
from navbook.runtime.periods import parse_period

YEAR = parse_period("2022")


def leaves(register: OfficeRegister, counted: list[str], period: str = "2022") -> dict[str, str]:
    return roll_up(register, counted, parse_period(period)).leaf_of


class TestMergers:
    REGISTER = OfficeRegister(
        [
            office_row("9001", NORTH, tom="2019-12-31", successor="9002"),
            office_row("9002", NORTH, tom="2021-06-30", successor="9003"),
            office_row("9003", NORTH, fom="2021-07-01"),
        ]
    )

    def test_a_chain_of_successors_ends_in_the_last(self):
        assert leaves(self.REGISTER, ["9001", "9002", "9003"]) == dict.fromkeys(
            ["9001", "9002", "9003"], "9003"
        )

    def test_seen_from_an_earlier_period_the_later_merger_has_not_happened(self):
        assert leaves(self.REGISTER, ["9001", "9002"], "2020") == {"9001": "9002", "9002": "9002"}

    def test_a_merged_office_has_no_row(self):
        assert "9002" not in roll_up(self.REGISTER, ["9001"], YEAR).frame["enhet"].tolist()

    def test_an_office_that_closes_on_the_last_day_is_still_itself(self):
        register = OfficeRegister(
            [office_row("9001", NORTH, tom="2022-12-31", successor="9002"), office_row("9002", NORTH)]
        )
        assert leaves(register, ["9001"])["9001"] == "9001"


class TestUnitsWithoutARow:
    REGISTER = OfficeRegister([office_row("9001", NORTH), office_row("9002", NORTH, tom="2020-12-31")])

    def test_one_closed_before_the_period_without_a_successor_is_in_the_sums_only(self):
        units = roll_up(self.REGISTER, ["9001", "9002"], YEAR)
        assert "9002" not in units.frame["enhet"].tolist()
        rows = [("ota_arbs", "alle", number, "2020-05", 10.0, 20.0) for number in ("9001", "9002")]
        cube = sum_up(counts_frame(rows), [("ota_arbs", "alle")], units, [parse_period("2020-05")])
        sums = dict(zip(cube.units, cube.x[0, :, 0], strict=True))
        assert (sums["9001"], sums[NORTH], sums["0000"]) == (10, 20, 20)

    def test_one_of_a_county_that_is_gone_is_in_the_country_only(self):
        register = OfficeRegister([office_row("9001", NORTH), office_row("9002", SOUTH, tom="2020-12-31")])
        units = roll_up(register, ["9001", "9002"], YEAR)
        assert units.counties == [NORTH]
        rows = [("ota_arbs", "alle", number, "2020-05", 10.0, 20.0) for number in ("9001", "9002")]
        cube = sum_up(counts_frame(rows), [("ota_arbs", "alle")], units, [parse_period("2020-05")])
        sums = dict(zip(cube.units, cube.x[0, :, 0], strict=True))
        assert (sums[NORTH], sums["0000"]) == (10, 20)


class TestCountiesAndSpecialUnits:
    def test_the_county_is_that_of_the_last_day(self):
        register = OfficeRegister(
            [office_row("9001", NORTH, tom="2022-05-31"), office_row("9001", SOUTH, fom="2022-06-01")]
        )
        for period, county in (("2022", SOUTH), ("2022-T1", NORTH)):
            frame = roll_up(register, ["9001"], parse_period(period)).frame.set_index("enhet")
            assert frame.loc["9001", "fylke"] == county

    def test_special_units_of_a_county_are_one(self):
        register = register_of({"9001": NORTH, "9783": NORTH, "9787": NORTH, "2103": SOUTH})
        placed = leaves(register, ["9783", "9787", "2103"])
        assert (placed["9783"], placed["9787"], placed["2103"]) == (f"{NORTH}S", f"{NORTH}S", f"{SOUTH}S")

    def test_an_office_that_opened_in_the_period_has_a_row(self):
        register = OfficeRegister([office_row("9001", NORTH), office_row("9002", NORTH, fom="2022-12-31")])
        assert "9002" in roll_up(register, ["9001"], YEAR).frame["enhet"].tolist()

    def test_size_classes_by_staff(self):
        assert [size_class(staff) for staff in (29, 30, 49, 50, None)] == ["<30", "30-49", "30-49", "50+", ""]
