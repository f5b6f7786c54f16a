"""The case mix: which year it is fitted in, what is joined, and what is said where there is no model."""

import warnings

import numpy as np
import pandas as pd
import pytest

from editions import MANIFEST, letter_in, small_register
from navbook.estimate import estimate
from navbook.estimate.casemix import (
    NO_FIT,
    NO_YEAR,
    NOT_IN_EXTRACT,
    WITHOUT,
    fit_patterns,
    fitting_year,
    load_settings,
    no_casemix,
)
from navbook.estimate.model_table import model_table
from navbook.indicators import REGISTRY
from navbook.indicators.casemix import SERIES
from navbook.runtime.periods import month_range, parse_period
from navbook.statistics import expected_interval
from navbook.statistics.logistic import NoModel, fit_logistic
from patterns import MONTHS_OF_2019, counts_of, invented_patterns

SETTINGS = load_settings()
LEVELS = {"gruppe": ("a", "b", "c", "d")}


def patterns(*rows: tuple[int, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["gruppe", "x", "n"])


class TestTheYearOfTheFit:
    def test_it_is_2019_where_every_month_of_it_is_known(self):
        assert fitting_year(month_range("2018-06", "2023-06"), SETTINGS) == 2019

    def test_it_is_the_first_whole_year_known_where_2019_is_not(self):
        assert fitting_year(month_range("2019-02", "2023-06"), SETTINGS) == 2022

    def test_it_is_never_2020_or_2021(self):
        assert fitting_year(month_range("2019-06", "2022-05"), SETTINGS) is None


class TestTheModel:
    def test_a_model_of_one_factor_expects_what_each_group_showed(self):
        frame = patterns((0, 30, 100), (1, 60, 100), (2, 20, 50), (3, 40, 50))
        np.testing.assert_allclose(
            fit_logistic(frame, LEVELS).probabilities(frame), [0.3, 0.6, 0.4, 0.8], atol=1e-9
        )

    def test_a_group_with_fewer_than_ten_of_a_kind_is_joined_to_its_smaller_neighbour(self):
        frame = patterns((0, 30, 100), (1, 9, 100), (2, 20, 50), (3, 40, 50))
        model = fit_logistic(frame, LEVELS)
        assert model.factors[0].names == ("a", "b eller c", "d")
        np.testing.assert_allclose(model.probabilities(frame)[1:3], (9 + 20) / 150, atol=1e-9)

    def test_a_level_that_nobody_had_goes_with_its_neighbour(self):
        model = fit_logistic(patterns((0, 30, 100), (2, 20, 50), (3, 40, 50)), LEVELS)
        assert model.factors[0].names == ("a", "c", "d")
        assert model.probabilities(patterns((1, 0, 1)))[0] == pytest.approx(0.4, abs=1e-9)

    @pytest.mark.parametrize("x", [0, 9, 91, 100])
    def test_an_outcome_that_nearly_all_or_nobody_has_makes_no_model(self, x):
        with pytest.raises(NoModel):
            fit_logistic(patterns((0, x, 100)), LEVELS)

    @pytest.mark.parametrize("alike", [15, 30])
    def test_factors_that_tell_the_outcome_together_make_no_model_and_no_warning(self, alike):
        # every level has both kinds; the order of the two levels tells all (or all but those alike)
        levels = {"en": ("a", "b", "c"), "to": ("a", "b", "c")}
        rows = [(k, j, 30 if k > j else 0 if k < j else alike, 30) for k in range(3) for j in range(3)]
        frame = pd.DataFrame(rows, columns=["en", "to", "x", "n"])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(NoModel):
                fit_logistic(frame, levels)


class TestWhereThereIsNoModel:
    def test_nobody_in_the_extract(self):
        assert set(no_casemix().mangler.values()) == {NOT_IN_EXTRACT}

    def test_no_year_to_fit_in(self):
        casemix = fit_patterns(invented_patterns(3), month_range("2020-01", "2021-12"))
        assert set(casemix.mangler.values()) == {NO_YEAR}
        assert casemix.patterns[WITHOUT].isna().all()

    def test_an_outcome_that_nobody_has(self):
        casemix = fit_patterns(invented_patterns(3).assign(x=0.0), MONTHS_OF_2019)
        assert set(casemix.mangler.values()) == {NO_FIT}

    def test_a_trait_that_is_the_same_for_all_is_left_out(self):
        casemix = fit_patterns(invented_patterns(3).assign(utdanning=3, landgruppe=4), MONTHS_OF_2019)
        assert not casemix.mangler
        named = {f.name: f.names for f in casemix.models["nedsatt", WITHOUT].factors}
        assert named["utdanning"] == ("ukjent",)

    @pytest.mark.parametrize("known", [(), MONTHS_OF_2019, month_range("2020-01", "2021-12")])
    def test_the_model_table_says_why(self, known):
        casemix = fit_patterns(invented_patterns(3).assign(x=0.0), known)
        table = model_table(casemix, parse_period("2019"))
        assert (table["del"] == "mangler").all()
        assert len(table) == 4


def expected_rows(frame: pd.DataFrame, casemix_of: pd.DataFrame) -> pd.DataFrame:
    casemix = fit_patterns(casemix_of, MONTHS_OF_2019)
    rows = estimate(
        counts_of(frame),
        small_register(),
        MANIFEST,
        letter_in(2022),
        REGISTRY,
        parse_period("2019"),
        None,
        casemix,
    ).rows
    return rows[(rows["periode"] == "2019") & rows["indikator"].isin({name for name, _ in SERIES})]


FRAME = invented_patterns(7)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return expected_rows(FRAME, FRAME)


class TestTheRowsOfAnEdition:
    def test_expected_and_deviation_add_up_to_the_share(self, rows):
        rows = rows.dropna(subset="forventet")
        np.testing.assert_allclose(rows["forventet"] + rows["avvik"], rows["verdi"], atol=1e-12)
        assert (rows["avvik_nedre"] <= rows["avvik"]).all()
        assert (rows["avvik"] <= rows["avvik_ovre"]).all()
        assert {"kontor", "fylke", "landet"} == set(rows["niva"])

    def test_an_office_has_the_interval_of_its_own_people(self, rows):
        casemix = fit_patterns(FRAME, MONTHS_OF_2019)
        mine = casemix.patterns.query("enhetsnr == '9002' and fra_nedsatt")
        p = np.repeat(mine[WITHOUT], mine["n"].astype(int))
        wanted = np.array(expected_interval(mine["x"].sum(), p)) / mine["n"].sum()
        row = rows[(rows["enhet"] == "9002") & (rows["indikator"] == "ota_nedsatt")].iloc[0]
        np.testing.assert_allclose(
            row[["avvik", "avvik_nedre", "avvik_ovre"]].astype(float), wanted, atol=1e-9
        )

    def test_the_country_deviates_by_nothing_in_the_year_of_the_fit(self, rows):
        country = rows[(rows["niva"] == "landet") & rows["indikator"].isin(["ota_arbs", "ota_nedsatt"])]
        assert country.loc[country["gruppe"] == "alle", "avvik"].abs().max() < 1e-9

    def test_nothing_is_expected_of_fewer_than_ten(self):
        few = FRAME.assign(n=np.where(FRAME["enhetsnr"] == "9002", 0.0, FRAME["n"]))
        few = few.assign(x=np.minimum(few["x"], few["n"]))
        one = few.index[few["enhetsnr"] == "9002"][0]
        few.loc[one, ["n", "x"]] = 9.0, 4.0
        rows = expected_rows(few, few)
        assert rows.loc[rows["enhet"] == "9002", "forventet"].isna().all()

    def test_nothing_is_expected_where_the_people_are_not_those_that_were_counted(self):
        other = FRAME.assign(n=FRAME["n"] + 1)
        rows = expected_rows(FRAME, other)
        assert rows["forventet"].isna().all()

    def test_without_people_nothing_is_expected_and_nothing_else_changes(self):
        rows = expected_rows(FRAME, FRAME.iloc[:0])
        assert rows["forventet"].isna().all()
        assert rows["verdi"].notna().any()
