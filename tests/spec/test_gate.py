"""What the gate hides, and what it hides with it (contract 3, methods 6): examples to follow by hand."""

import numpy as np
import pandas as pd
import pytest

from editions import NORTH, SOUTH, decided, register_of, row, series_counts
from navbook.disclosure import load_settings, verify
from navbook.estimate.units import roll_up
from navbook.gate.metadata.data_quality import quality_table
from navbook.indicators import REGISTRY, Group
from navbook.runtime.errors import DisclosureRefused, UsageError
from navbook.runtime.periods import month_range, parse_period
from small_tables import rows_of

MONTH = "2022-03"
YEARS = month_range("2021-01", "2022-12")
FOUR = {"9001": NORTH, "9002": NORTH, "9003": NORTH, "9004": SOUTH}
SHOWN = {"9001": (400, 1000), "9002": (300, 900), "9003": (200, 500), "9004": (500, 1200)}


def ota(offices: dict, months=(MONTH,), gruppe: str = "alle") -> pd.DataFrame:
    return series_counts("ota_arbs", gruppe, months, offices)


def hidden(
    tall: pd.DataFrame, periode: str = MONTH, indikator: str = "ota_arbs", gruppe: str = "alle"
) -> set[str]:
    mine = (tall["indikator"] == indikator) & (tall["gruppe"] == gruppe) & (tall["periode"] == periode)
    return set(tall.loc[mine & (tall["status"] == "skjult"), "enhet"])


class TestTooFew:
    @pytest.mark.parametrize(
        ("x", "n", "is_hidden"),
        [
            (3, 50, True),  # the numerator is one of 0-3
            (4, 50, False),
            (47, 50, True),  # all but three have the same answer
            (46, 50, False),
            (50, 50, True),  # everybody has
            (0, 3, True),
        ],
    )
    def test_numerator_complement_and_denominator_are_each_at_least_4(self, x, n, is_hidden):
        tall = decided(ota(SHOWN | {"9003": (x, n)}), MONTH, FOUR).tall
        assert ("9003" in hidden(tall)) is is_hidden

    @pytest.mark.parametrize(("year_sum", "is_hidden"), [(47, True), (48, False)])
    def test_a_stock_is_measured_by_the_mean_of_its_months(self, year_sum, is_hidden):
        """One person may stand in all twelve months: 48 in a year may be the same four."""
        first = series_counts("u30_kontakt30", "IKVAL", YEARS[12:23], SHOWN | {"9003": (4, 100)})
        last = series_counts("u30_kontakt30", "IKVAL", YEARS[23:], SHOWN | {"9003": (year_sum - 44, 100)})
        tall = decided([first, last], "2022", FOUR).tall
        assert ("9003" in hidden(tall, "2022", "u30_kontakt30", "IKVAL")) is is_hidden

    def test_the_strict_profile_asks_for_ten(self):
        counts = ota(SHOWN | {"9003": (9, 50)})
        assert "9003" not in hidden(decided(counts, MONTH, FOUR).tall)
        assert "9003" in hidden(decided(counts, MONTH, FOUR, profile="streng").tall)

    def test_an_unknown_profile_is_wrong_use(self):
        with pytest.raises(UsageError, match="choose one of nav, streng"):
            decided(ota(SHOWN), MONTH, FOUR, profile="mild")


class TestWhatGoesWithIt:
    def test_a_hidden_office_hides_the_next_smallest_of_its_county(self):
        tall = decided(ota(SHOWN | {"9003": (2, 500)}), MONTH, FOUR).tall
        assert hidden(tall) == {"9003", "9002"}

    def test_in_a_county_of_one_office_the_county_goes_and_then_the_next_smallest_county(self):
        register = {"9001": NORTH, "9002": SOUTH, "9003": "9900", "9004": SOUTH}
        tall = decided(ota(SHOWN | {"9001": (2, 50)}), MONTH, register).tall
        # 9900 (500) is smaller than SOUTH (2100), and is itself a county of one office
        assert hidden(tall) == {"9001", NORTH, "9900", "9003"}

    def test_two_small_ones_that_are_few_together_need_a_third(self):
        """1 + 2 would be known to be 3."""
        register = FOUR | {"9005": NORTH}
        tall = decided(ota(SHOWN | {"9003": (1, 500), "9005": (2, 600)}), MONTH, register).tall
        assert hidden(tall) == {"9003", "9005", "9002"}

    def test_two_small_ones_that_are_enough_together_cover_each_other(self):
        register = FOUR | {"9005": NORTH}
        tall = decided(ota(SHOWN | {"9003": (2, 500), "9005": (3, 600)}), MONTH, register).tall
        assert hidden(tall) == {"9003", "9005"}

    def test_special_units_are_a_cell_like_any_other(self):
        register = FOUR | {"9783": NORTH}
        tall = decided(ota(SHOWN | {"9783": (1, 20)}), MONTH, register).tall
        assert hidden(tall) == {f"{NORTH}S", "9003"}

    def test_a_hidden_tertial_hides_another_of_the_same_year(self):
        counts = [
            ota(SHOWN, YEARS),
            ota({"9005": (5, 20)}, YEARS[:16] + YEARS[20:]),
            ota({"9005": (0, 20)}, YEARS[16:20]),
        ]
        tall = decided(counts, "2022", FOUR | {"9005": NORTH}).tall
        tertials = [period for period in ("2022-T1", "2022-T2", "2022-T3") if "9005" in hidden(tall, period)]
        assert len(tertials) == 2
        assert "2022-T2" in tertials
        assert "9005" not in hidden(tall, "2022")

    def test_a_base_tertial_without_a_row_is_not_given_back_by_its_year(self):
        """2021-T2 is hidden: the two others of 2021 may not both be told as somebody's base."""
        counts = [
            ota(SHOWN, YEARS),
            ota({"9005": (8, 20)}, YEARS[:4] + YEARS[8:]),
            ota({"9005": (0, 20)}, YEARS[4:8]),
        ]
        tall = decided(counts, "2022", FOUR | {"9005": NORTH}).tall
        told = [row(tall, "9005", f"2022-T{k}")["basis_verdi"] for k in (1, 2, 3)]
        assert np.isnan(told).sum() == 2
        assert np.isnan(told[1])
        assert row(tall, "9005", "2021")["status"] == "vist"

    def test_office_months_that_are_not_shown_protect_no_less_than_hidden_ones(self):
        """9003 has too few for months of its own: the rest of its county's month would be its figure."""
        offices = {"9001": (400, 1000), "9003": (2, 20), "9004": (500, 1200)}
        register = {"9001": NORTH, "9003": NORTH, "9004": SOUTH}
        tall = decided(ota(offices, YEARS), "2022", register).tall
        months = tall[(tall["indikator"] == "ota_arbs") & tall["periode"].eq("2022-05")].set_index("enhet")
        assert "9003" not in months.index
        assert months.loc["9001", "status"] == "skjult"


class TestNestedGroups:
    """Of groups inside one another only the whole is shown where the difference is under 4."""

    def test_without_the_laid_off(self):
        few_laid_off = ota(SHOWN | {"9003": (198, 490)}, gruppe="uten_permitterte")
        others = ota({"9001": (300, 800), "9002": (200, 700), "9004": (400, 900)}, gruppe="uten_permitterte")
        mine = few_laid_off[few_laid_off["enhetsnr"] == "9003"]
        tall = decided([ota(SHOWN), mine, others], MONTH, FOUR).tall
        # footnote 18 asks for the row without them, so that one is shown and the other left out
        assert "9003" not in hidden(tall, gruppe="uten_permitterte")
        assert "9003" in hidden(tall)

    def test_the_same_where_nobody_is_laid_off_anywhere(self):
        tall = decided([ota(SHOWN), ota(SHOWN, gruppe="uten_permitterte")], MONTH, FOUR).tall
        everywhere = {*FOUR, NORTH, SOUTH, "0000"}
        assert hidden(tall, gruppe="uten_permitterte") == everywhere
        assert hidden(tall) == set()

    def test_the_narrow_activity_that_is_nearly_the_wide_one(self):
        wide = series_counts("u30_aktivitet", "BATT", [MONTH], SHOWN)
        narrow = {"9001": (300, 1000), "9002": (200, 900), "9003": (197, 500), "9004": (400, 1200)}
        tall = decided([wide, series_counts("u30_aktivitet", "BATT_smal", [MONTH], narrow)], MONTH, FOUR).tall
        assert "9003" in hidden(tall, indikator="u30_aktivitet", gruppe="BATT_smal")
        assert hidden(tall, indikator="u30_aktivitet", gruppe="BATT") == set()

    def test_the_difference_among_those_whose_months_are_not_shown(self):
        """9002 and 9003 have too few for months of their own. In May all of theirs are in the narrow group:
        the county less 9001 would be 20 in both, and tell that nobody is in the wide one alone.
        """
        wide, some, all_of_them = ({"9002": (each, 20), "9003": (each, 20)} for each in (10, 4, 10))
        counts = [
            series_counts("u30_aktivitet", "BATT", YEARS, SHOWN | wide),
            series_counts("u30_aktivitet", "BATT_smal", YEARS, {"9001": (300, 1000), "9004": (400, 1200)}),
            series_counts("u30_aktivitet", "BATT_smal", [m for m in YEARS if m != "2022-05"], some),
            series_counts("u30_aktivitet", "BATT_smal", ["2022-05"], all_of_them),
        ]
        tall = decided(counts, "2022", FOUR).tall
        month = tall[(tall["indikator"] == "u30_aktivitet") & tall["periode"].eq("2022-05")]
        assert not {"9002", "9003"} & set(month["enhet"])
        told = month[month["status"].eq("vist") & month["gruppe"].isin(["BATT", "BATT_smal"])]
        assert len(told[told["enhet"].isin(["9001", NORTH])]) < 4

    def test_the_difference_where_only_the_narrow_months_are_not_shown(self):
        """9002 and 9003 have months of 20 in the wide group, too few in the narrow: in May the county less
        9001 would be 39 there, and tell that one of their 40 was laid off.
        """
        rest = [month for month in YEARS if month != "2022-05"]
        narrow = "uten_permitterte"
        counts = [
            ota({"9001": (400, 1000), "9002": (20, 60), "9003": (20, 60), "9004": (500, 1200)}, YEARS),
            ota({"9001": (300, 800), "9004": (400, 900)}, YEARS, narrow),
            ota({"9002": (8, 20), "9003": (8, 20)}, rest, narrow),
            ota({"9002": (19, 28), "9003": (20, 28)}, ["2022-05"], narrow),
        ]
        tall = decided(counts, "2022", FOUR).tall
        month = tall[(tall["indikator"] == "ota_arbs") & tall["periode"].eq("2022-05")]
        told = month[month["status"].eq("vist")].set_index(["gruppe", "enhet"]).index
        asked = {("alle", "9002"), ("alle", "9003"), (narrow, "9001"), (narrow, NORTH)}
        assert asked <= set(month.set_index(["gruppe", "enhet"]).index)
        assert not asked <= set(told)

    def test_the_two_readings_of_landgruppe_3(self):
        other = {name: (x + 10, n + 50) for name, (x, n) in SHOWN.items()} | {"9003": (202, 500)}
        counts = [
            series_counts("ota_lg3", "alle", [MONTH], SHOWN),
            series_counts("ota_lg3", "fotnote5", [MONTH], other),
        ]
        tall = decided(counts, MONTH, FOUR).tall
        assert "9003" in hidden(tall, indikator="ota_lg3", gruppe="fotnote5")
        assert hidden(tall, indikator="ota_lg3") == set()


class TestRulesOfTheirOwn:
    def _decided(self, name: str, group: str, register: dict) -> pd.DataFrame:
        indicator = REGISTRY["ota_arbs"].model_copy(
            update={"id": name, "grupper": (Group(id=group, navn=group),)}
        )
        counts = series_counts(name, group, [MONTH], SHOWN)
        return decided(counts, MONTH, register, indicators={name: indicator}).tall

    def test_recruits_are_hidden_for_every_office_and_for_a_county_of_one(self):
        register = FOUR | {"9005": "9900", "9006": "9900"}
        tall = self._decided("inkludering", "alle", register)
        # SOUTH has one office; with it goes the next smallest county
        assert hidden(tall, indikator="inkludering") >= {"9001", "9002", "9003", "9004", SOUTH}
        assert row(tall, "0000", MONTH, "inkludering")["status"] == "vist"

    def test_an_offices_own_sick_leave_needs_a_known_staff_of_ten(self):
        register = FOUR | {"9005": SOUTH}
        tall = self._decided("sykefravaer_etat", "sum", register)
        assert hidden(tall, indikator="sykefravaer_etat", gruppe="sum") >= set(SHOWN)


class TestWithheld:
    def test_it_holds_every_true_value_of_a_hidden_row(self):
        withheld = decided(ota(SHOWN | {"9003": (2, 500)}), MONTH, FOUR).withheld
        mine = withheld[(withheld["enhet"] == "9003") & (withheld["indikator"] == "ota_arbs")]
        values = dict(zip(mine["felt"], mine["verdi"], strict=True))
        assert (values["x"], values["n"], values["n-x"], values["verdi"]) == (2, 500, 498, 0.004)
        assert set(withheld["enhet"]) == {"9003", "9002"}

    def test_a_denominator_that_another_row_of_the_definition_shows_is_not_withheld(self):
        wide = series_counts("u30_aktivitet", "BATT", [MONTH], SHOWN)
        narrow = series_counts("u30_aktivitet", "BATT_smal", [MONTH], SHOWN | {"9003": (1, 500)})
        withheld = decided([wide, narrow], MONTH, FOUR).withheld
        mine = withheld[(withheld["enhet"] == "9003") & (withheld["gruppe"] == "BATT_smal")]
        assert set(mine["felt"]) >= {"x", "n-x", "verdi"}
        assert "n" not in set(mine["felt"])


class TestTheLastLook:
    def test_a_shown_cell_of_two_persons_is_refused(self):
        with pytest.raises(DisclosureRefused, match="1 of its numbers are too small"):
            verify(rows_of({"a": 2, "b": 30, "t": 32}), np.array([False, False, False]))

    def test_a_hidden_cell_that_subtraction_gives_back_is_refused(self):
        with pytest.raises(DisclosureRefused, match="can be worked out"):
            verify(rows_of({"a": 2, "b": 30, "t": 32}), np.array([True, False, False]))

    def test_a_hidden_total_over_shown_parts_is_refused(self):
        with pytest.raises(DisclosureRefused, match="can be worked out"):
            verify(rows_of({"a": 20, "b": 30, "t": 50}), np.array([False, False, True]))

    def test_two_hidden_with_a_large_sum_pass(self):
        verify(rows_of({"a": 2, "b": 30, "t": 32}), np.array([True, True, False]))

    def test_two_hidden_with_a_small_sum_are_refused(self):
        """1 + 1: each is known to be no more than 2, which is closer than fewer than 4 says."""
        with pytest.raises(DisclosureRefused, match="2 of its numbers"):
            verify(rows_of({"a": 1, "b": 1, "c": 30, "t": 32}), np.array([True, True, False, False]))


class TestQuality:
    def _table(self, rows: list[tuple[str | None, int]]) -> pd.DataFrame:
        reported = pd.DataFrame([("dobbel", "Like rader", enhetsnr, antall) for enhetsnr, antall in rows])
        reported.columns = ["kode", "tekst", "enhetsnr", "antall"]
        units = roll_up(register_of(FOUR | {"9005": "9900"}), FOUR, parse_period(MONTH))
        return quality_table(reported, units, load_settings().minimum("nav")).set_index("enhet")

    def test_counts_stand_by_county_and_country(self):
        table = self._table([("9001", 10), ("9002", 5), ("9004", 20), ("9005", 30)])
        assert table["antall"].to_dict() == {NORTH: 15, SOUTH: 20, "9900": 30, "0000": 65}

    def test_a_small_county_takes_the_next_smallest_with_it(self):
        table = self._table([("9001", 2), ("9004", 20), ("9005", 30)])
        assert set(table.index[table["status"] == "skjult"]) == {NORTH, SOUTH}
        assert table.loc["0000", "antall"] == 52

    def test_what_belongs_to_no_office_is_the_countrys_alone(self):
        table = self._table([(None, 40)])
        assert table["antall"].to_dict() == {"0000": 40}


def test_the_settings_name_both_profiles():
    settings = load_settings()
    assert (settings.minimum("nav"), settings.minimum("streng")) == (4, 10)
