"""What the edition promises (contract 3), sentence by sentence, on tiny counts made by hand."""

import math
from typing import ClassVar

import pandas as pd
import pytest

from editions import MANIFEST, NORTH, SOUTH, decided, office_row, only_letters_of, row, series_counts
from navbook.extract.register import OfficeRegister
from navbook.indicators import REGISTRY, Group
from navbook.runtime.periods import month_range

YEARS = month_range("2019-01", "2022-12")
MONTH = "2022-03"
VALUES = ["x", "n", "verdi", "nedre", "ovre", "basis_periode", "basis_verdi", "endring", "endring_nedre"]
VALUES += ["endring_ovre", "krav", "vurdering", "forelopig", "metode", "definisjon"]
TWO = {"9001": NORTH, "9002": NORTH}


def ota(offices: dict, months=YEARS) -> pd.DataFrame:
    return series_counts("ota_arbs", "alle", months, offices)


def large(**others: tuple[float, float]) -> dict:
    """Two offices large enough to be shown, so that what a test is about is all that is hidden."""
    return {"9001": (400, 1000), "9002": (300, 900)} | {
        f"9{name[1:]}": value for name, value in others.items()
    }


class TestRowsAndUnits:
    def test_there_is_one_row_for_each_series_and_unit_in_a_period(self):
        tall = decided(ota(large()), "2022", TWO).tall
        keys = tall[["indikator", "gruppe", "niva", "enhet", "periode"]]
        assert not keys.duplicated().any()
        of_the_year = tall[tall["periode"] == "2022"]
        assert set(of_the_year["enhet"]) == {"9001", "9002", NORTH, "0000"}
        assert (of_the_year.groupby(["indikator", "gruppe"]).size() == 4).all()

    def test_offices_add_up_to_their_county_and_counties_to_the_country(self):
        register = {"9001": NORTH, "9002": NORTH, "9004": SOUTH}
        tall = decided(ota(large(o004=(500, 1200))), MONTH, register).tall
        assert row(tall, NORTH, MONTH)[["x", "n"]].tolist() == [700, 1900]
        assert row(tall, SOUTH, MONTH)[["x", "n"]].tolist() == [500, 1200]
        assert row(tall, "0000", MONTH)[["x", "n"]].tolist() == [1200, 3100]

    def test_the_special_units_of_a_county_are_one_row_without_a_name_of_their_own(self):
        register = TWO | {"9783": NORTH, "9787": NORTH}
        tall = decided(ota(large(o783=(40, 90), o787=(60, 110))), MONTH, register).tall
        special = row(tall, f"{NORTH}S", MONTH)
        assert (special["niva"], special["x"], special["n"]) == ("kontor", 100, 200)
        assert "9783" not in set(tall["enhet"])


class TestPeriods:
    def test_a_period_sums_its_months(self):
        tall = decided(ota(large()), "2022", TWO).tall
        assert row(tall, "9001", "2022")[["x", "n"]].tolist() == [12 * 400, 12 * 1000]
        assert row(tall, "9001", "2022-T2")[["x", "n"]].tolist() == [4 * 400, 4 * 1000]

    def test_with_a_month_missing_it_is_not_computable_and_never_a_shorter_sum(self):
        without_june = [month for month in YEARS if month != "2022-06"]
        tall = decided(ota(large(), without_june), "2022", TWO).tall
        for period in ("2022", "2022-T2"):
            missing = row(tall, "0000", period)
            assert missing["status"] == "ikke_beregnbar"
            assert missing[VALUES].isna().all()
        assert row(tall, "0000", "2022-T1")["status"] == "vist"

    def test_a_unit_without_rows_for_some_months_is_not_computable(self):
        counts = [ota({"9001": (400, 1000)}), ota({"9002": (300, 900)}, YEARS[:-2])]
        tall = decided(counts, "2022", TWO).tall
        assert row(tall, "9002", "2022")["status"] == "ikke_beregnbar"
        assert row(tall, "9001", "2022")["status"] == "vist"

    def test_the_base_period_stands_for_itself(self):
        base = row(decided(ota(large()), "2022", TWO).tall, "9001", "2021")
        assert base[["x", "n"]].tolist() == [12 * 400, 12 * 1000]
        carried = ["basis_periode", "basis_verdi", "endring", "endring_nedre", "endring_ovre", "vurdering"]
        assert base[carried].isna().all()

    def test_country_and_counties_have_every_month_of_the_cover_until_the_period_ends(self):
        tall = decided(ota(large()), "2022-T1", TWO).tall
        mine = tall[(tall["indikator"] == "ota_arbs") & (tall["gruppe"] == "alle")]
        for unit in ("0000", NORTH):
            months = {period for period in mine.loc[mine["enhet"] == unit, "periode"] if period[5:].isdigit()}
            assert months == set(month_range("2019-01", "2022-04"))

    @pytest.mark.parametrize(("monthly", "shown"), [(29, False), (30, True)])
    def test_an_office_has_months_from_a_mean_of_30(self, monthly, shown):
        tall = decided(ota(large(o003=(12, monthly))), "2022", TWO | {"9003": NORTH}).tall
        periods = set(tall.loc[(tall["enhet"] == "9003") & (tall["indikator"] == "ota_arbs"), "periode"])
        assert ("2022-05" in periods) is shown

    def test_a_month_is_not_judged(self):
        month = row(decided(ota(large()), "2022", TWO).tall, "0000", "2022-05")
        assert month["vurdering"] == "ikke_relevant"
        assert math.isnan(month["endring"])

    def test_where_the_period_is_not_known_the_latest_known_one_stands_beside_it(self):
        known = month_range("2019-01", "2022-06")
        tall = decided(ota(large(), known), "2022", TWO).tall
        assert row(tall, "9001", "2022")["status"] == "ikke_beregnbar"
        latest = row(tall, "9001", "2021-07..2022-06")
        assert (latest["status"], latest["basis_periode"]) == ("vist", "2020-07..2021-06")
        assert row(tall, "9001", "2020-07..2021-06")["status"] == "vist"


class TestStatus:
    def test_a_series_the_extract_lacks_is_not_in_the_extract_and_never_zero(self):
        tall = decided(ota(large()), "2022", TWO).tall
        absent = tall[tall["indikator"] == "u30_kontakt30"]
        assert set(absent["status"]) == {"ikke_i_uttrekket"}
        assert absent[VALUES].isna().all(axis=None)

    def test_a_series_whose_tables_are_there_but_no_month_is_known_is_not_computable(self):
        tables = frozenset(REGISTRY["u30_kontakt30"].tabeller)
        tall = decided(ota(large()), "2022", TWO, tables=tables).tall
        assert row(tall, "0000", "2022", "u30_kontakt30", "IKVAL")["status"] == "ikke_beregnbar"

    def test_nobody_is_one_of_0_to_3_and_hidden_with_every_value(self):
        hidden = row(decided(ota(large(o003=(0, 0))), MONTH, TWO | {"9003": NORTH}).tall, "9003", MONTH)
        assert hidden["status"] == "skjult"
        assert hidden[VALUES].isna().all()

    def test_too_few_for_a_verdict_is_shown_and_says_so(self):
        few = row(decided(ota(large(o003=(10, 29))), MONTH, TWO | {"9003": NORTH}).tall, "9003", MONTH)
        assert (few["status"], few["vurdering"], few["n"]) == ("vist", "for_fa", 29)

    def test_only_the_base_hidden(self):
        counts = [ota({"9003": (2, 40)}, ["2021-03"]), ota({"9003": (10, 40)}, [MONTH]), ota(large())]
        tall = decided(counts, MONTH, TWO | {"9003": NORTH}).tall
        now = row(tall, "9003", MONTH)
        assert (now["status"], now["x"], now["vurdering"]) == ("vist", 10, "uten_grunnlag")
        assert now[["basis_periode", "basis_verdi", "endring", "endring_nedre", "endring_ovre"]].isna().all()
        assert row(tall, "9003", "2021-03")["status"] == "skjult"

    def test_only_the_base_unknown(self):
        now = row(decided(ota(large(), [MONTH]), MONTH, TWO).tall, "9001", MONTH)
        assert (now["status"], now["vurdering"]) == ("vist", "uten_grunnlag")
        assert now[["basis_periode", "basis_verdi", "endring"]].isna().all()


class TestNumbers:
    def test_share_and_wilson_limits(self):
        """Newcombe 1998 (Stat Med 17:857), Table I: 81/263 gives 0.2553 to 0.3662."""
        shown = row(decided(ota({"9001": (81, 263), "9002": (300, 900)}), MONTH, TWO).tall, "9001", MONTH)
        assert shown["verdi"] == round(81 / 263, 6)
        assert (round(shown["nedre"], 4), round(shown["ovre"], 4)) == (0.2553, 0.3662)
        assert shown["metode"] == "wilson"
        assert shown["definisjon"] == "ota_arbs v1"

    def test_change_and_newcombe_limits(self):
        """Newcombe 1998 (Stat Med 17:873), Table II, example (a): 56/70 - 48/80 is 0.0524 to 0.3339."""
        counts = [
            ota({"9001": (56, 70)}, [MONTH]),
            ota({"9001": (48, 80)}, ["2021-03"]),
            ota({"9002": (300, 900)}),
        ]
        shown = row(decided(counts, MONTH, TWO).tall, "9001", MONTH)
        assert (shown["basis_periode"], shown["basis_verdi"], shown["endring"]) == ("2021-03", 0.6, 0.2)
        assert (round(shown["endring_nedre"], 4), round(shown["endring_ovre"], 4)) == (0.0524, 0.3339)
        assert shown["vurdering"] == "oppfylt"

    def test_limits_of_a_stock_rest_on_the_monthly_mean_and_the_files_hold_the_sum(self):
        counts = series_counts("u30_kontakt30", "IKVAL", YEARS, {"9001": (81, 263), "9002": (300, 900)})
        shown = row(decided(counts, "2022", TWO).tall, "9001", "2022", "u30_kontakt30", "IKVAL")
        assert shown[["x", "n"]].tolist() == [12 * 81, 12 * 263]
        assert (round(shown["nedre"], 4), round(shown["ovre"], 4)) == (0.2553, 0.3662)

    @pytest.mark.parametrize(("monthly", "verdict"), [(29, "for_fa"), (30, "kan_ikke_avgjores")])
    def test_the_minimum_for_a_verdict_on_a_stock_is_a_mean_of_30(self, monthly, verdict):
        small = {"9001": (400, 1000), "9002": (300, 900), "9003": (12, monthly)}
        counts = series_counts("u30_kontakt30", "BFORM", YEARS, small)
        shown = row(
            decided(counts, "2022", TWO | {"9003": NORTH}).tall, "9003", "2022", "u30_kontakt30", "BFORM"
        )
        assert shown["vurdering"] == verdict

    def test_a_pure_count_has_no_share_and_its_change_is_the_difference_of_the_sums(self):
        before = series_counts("portefolje", "alle", YEARS[:36], {"9001": (400, None), "9002": (300, None)})
        after = series_counts("portefolje", "alle", YEARS[36:], {"9001": (410, None), "9002": (300, None)})
        shown = row(decided([before, after], "2022", TWO).tall, "9001", "2022", "portefolje")
        assert (shown["x"], shown["endring"], shown["basis_periode"]) == (12 * 410, 12 * 10, "2021")
        assert shown[["n", "verdi", "nedre", "ovre", "basis_verdi", "metode"]].isna().all()
        assert shown["endring_nedre"] < 12 * 10 < shown["endring_ovre"]
        assert shown["vurdering"] == "ikke_relevant"

    def test_a_period_is_preliminary_if_any_month_is(self):
        counts = ota(large())
        counts["forelopig"] = counts["maned"] == "2022-12"
        tall = decided(counts, "2022", TWO).tall
        assert row(tall, "0000", "2022")["forelopig"]
        assert not row(tall, "0000", "2022-T1")["forelopig"]

    def test_share_and_count_of_sp10_have_a_verdict_each(self):
        """The share fell, 400/1000 to 420/1500; the number rose by too little to tell."""
        model = REGISTRY["u30_kontakt30"]
        indicator = model.model_copy(
            update={"id": "langtid_aktivitet", "grupper": (Group(id="alle", navn="Alle"),)}
        )
        counts = [
            series_counts(
                "langtid_aktivitet", "alle", ["2021-03"], {"9001": (400, 1000), "9002": (300, 900)}
            ),
            series_counts("langtid_aktivitet", "alle", [MONTH], {"9001": (420, 1500), "9002": (300, 900)}),
        ]
        tall = decided(counts, MONTH, TWO, indicators={"langtid_aktivitet": indicator}).tall
        share = row(tall, "9001", MONTH, "langtid_aktivitet")
        number = row(tall, "9001", MONTH, "langtid_aktivitet", "antall")
        assert share["vurdering"] == "ikke_oppfylt"
        assert (number["x"], number["endring"], number["vurdering"]) == (420, 20, "kan_ikke_avgjores")
        assert number[["n", "verdi"]].isna().all()


class TestTheLettersOwnRule:
    def test_2022_asks_for_more_than_the_same_period_of_2021(self):
        counts = [ota({"9001": (300, 1000), "9002": (300, 900)}, YEARS[:36]), ota(large(), YEARS[36:])]
        tall = decided(counts, "2022", TWO).tall
        better, same = row(tall, "9001", "2022"), row(tall, "9002", "2022")
        assert (better["vurdering"], same["vurdering"]) == ("oppfylt", "kan_ikke_avgjores")
        assert math.isnan(better["krav"])
        assert row(tall, "9001", "2022-T1")["basis_periode"] == "2021-T1"

    @pytest.mark.parametrize(
        ("in_2021", "verdict"),
        [(350, "oppfylt"), (250, "ikke_oppfylt"), (303, "kan_ikke_avgjores")],
    )
    def test_2021_asks_for_the_way_towards_2019(self, in_2021, verdict):
        """2019 was 40 %, 2020 was 30 %: towards 2019 is up."""
        counts = [
            ota({"9001": (x, 1000), "9002": (300, 900)}, month_range(f"{year}-01", f"{year}-12"))
            for year, x in ((2019, 400), (2020, 300), (2021, in_2021))
        ]
        tall = decided(counts, "2021", TWO).tall
        shown = row(tall, "9001", "2021")
        assert (shown["basis_periode"], shown["basis_verdi"], shown["krav"]) == ("2020", 0.3, 0.4)
        assert shown["vurdering"] == verdict
        assert row(tall, "9001", "2019")["status"] == "vist"

    def test_every_series_of_the_2021_letter_has_a_row_for_2019(self):
        """An edition holds P, its base and, under the 2021 letter, 2019, also of what is not judged."""
        counts = series_counts("portefolje", "alle", YEARS, {"9001": (400, None), "9002": (300, None)})
        tall = decided(counts, "2021", TWO).tall
        found = row(tall, "9001", "2019", "portefolje")
        assert (found["status"], found["x"]) == ("vist", 4800)
        assert pd.isna(found["vurdering"])

    def test_without_a_gap_to_2019_there_is_nothing_to_close(self):
        shown = row(decided(ota(large()), "2021", TWO).tall, "9001", "2021")
        assert shown["vurdering"] == "ikke_relevant"

    def test_where_the_2019_level_is_hidden_there_is_no_verdict(self):
        counts = [ota({"9003": (x, 40)}, [f"{year}-03"]) for year, x in ((2019, 2), (2020, 20), (2021, 30))]
        tall = decided([*counts, ota(large())], "2021-03", TWO | {"9003": NORTH}).tall
        shown = row(tall, "9003", "2021-03")
        assert (shown["status"], shown["vurdering"]) == ("vist", "uten_grunnlag")
        assert math.isnan(shown["krav"])

    def test_a_year_before_the_first_letter_has_no_requirement(self):
        tall = decided(ota(large()), "2020", TWO).tall
        assert row(tall, "9001", "2020")["vurdering"] == "ikke_relevant"
        assert row(tall, "9001", "2020")["basis_verdi"] == 0.4

    def test_a_later_year_uses_the_latest_letter(self, tmp_path, monkeypatch):
        only_letters_of([2021, 2022], tmp_path / "letters", monkeypatch)
        months = month_range("2022-01", "2023-12")
        manifest = type(MANIFEST)(**(vars(MANIFEST) | {"dekker_tom": pd.Timestamp("2024-12-31").date()}))
        counts = [ota(large(), months[:12]), ota({"9001": (450, 1000), "9002": (300, 900)}, months[12:])]
        shown = row(decided(counts, "2023", TWO, manifest=manifest).tall, "9001", "2023")
        assert shown["vurdering"] == "oppfylt"


class TestOfficesThatClose:
    def test_counts_of_a_closed_office_follow_its_successor_in_every_period(self):
        register = OfficeRegister(
            [
                office_row("9001", NORTH),
                office_row("9002", NORTH),
                office_row("9003", NORTH, tom="2022-01-31", successor="9001"),
            ]
        )
        counts = [ota(large()), ota({"9003": (50, 100)}, month_range("2019-01", "2022-01"))]
        tall = decided(counts, "2022", register).tall
        assert "9003" not in set(tall["enhet"])
        assert row(tall, "9001", "2021")[["x", "n"]].tolist() == [12 * 450, 12 * 1100]
        assert row(tall, "9001", "2022")[["x", "n"]].tolist() == [12 * 400 + 50, 12 * 1000 + 100]

    def test_one_closed_without_a_successor_keeps_its_row(self):
        register = OfficeRegister(
            [
                office_row("9001", NORTH),
                office_row("9002", NORTH),
                office_row("9003", NORTH, tom="2022-06-30"),
            ]
        )
        counts = [ota(large()), ota({"9003": (50, 100)}, month_range("2019-01", "2022-06"))]
        tall = decided(counts, "2022", register).tall
        assert row(tall, "9003", "2022")["status"] == "ikke_beregnbar"
        assert row(tall, "9003", "2022-T1")[["x", "n"]].tolist() == [200, 400]
        assert row(tall, NORTH, "2022")["x"] == 12 * 700 + 6 * 50


class TestAmounts:
    """SP12 is days lost out of days agreed: its limits come from how the months spread (Student's t)."""

    OFFICES: ClassVar = {"9001": NORTH, "9002": NORTH, "9004": SOUTH, "9005": SOUTH}

    def the_country(self, first_half: float, second_half: float) -> pd.Series:
        """The row of the country for 2022, when each of four offices loses these days of 2,500 a month."""
        halves = (
            (first_half, month_range("2022-01", "2022-06")),
            (second_half, month_range("2022-07", "2022-12")),
        )
        counts = [
            series_counts("sykefravaer_etat", "sum", months, dict.fromkeys(self.OFFICES, (lost, 2500)))
            for lost, months in halves
        ]
        tall = decided(counts, "2022", self.OFFICES).tall
        return row(tall, "0000", "2022", "sykefravaer_etat", "sum")

    def test_the_limits_of_a_year_rest_on_its_twelve_months(self):
        # six months at 4 % and six at 6 %: mean 0.05, s = 0.010445, s/sqrt(12) = 0.003015,
        # t(11 df) = 2.200985, so the limits are 0.05 -+ 0.006636
        found = self.the_country(100, 150)
        assert (found["x"], found["n"], found["verdi"]) == (6000, 120_000, 0.05)
        assert (found["nedre"], found["ovre"]) == pytest.approx((0.043364, 0.056636), abs=2e-6)
        assert found["metode"] == "mean_of_months"
        assert (found["krav"], found["vurdering"]) == (0.061, "oppfylt")

    def test_a_mean_just_under_the_limit_cannot_be_told_from_it(self):
        found = self.the_country(125, 175)
        assert (found["verdi"], found["vurdering"]) == (0.06, "kan_ikke_avgjores")
