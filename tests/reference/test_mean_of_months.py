"""The interval of a mean over months is Student's t interval.

Numbers: Student's own example, the ten differences of hours of sleep (Biometrika 1908;6:1-25, table of
Cushny and Peebles' data): mean 1.58, and the 95 % interval 0.70 to 2.46 that textbooks give for them.
"""

import numpy as np
import pytest

from navbook.statistics import mean_of_months

SLEEP = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]


def test_students_sleep_data():
    # shares must lie in 0-1: the hours are counted in units of ten
    value, lower, upper = mean_of_months(SLEEP, np.full(10, 10.0))
    assert (10 * value, 10 * lower, 10 * upper) == pytest.approx((1.58, 0.70, 2.46), abs=0.005)


def test_the_mean_is_weighed_by_the_denominator_and_the_months_count_alike():
    # shares 0.1 and 0.3, weighed 1:3 gives 0.25; s = 0.1414, s/sqrt(2) = 0.1, t(1 df) = 12.706: cut to [0, 1]
    assert mean_of_months([1.0, 9.0], [10.0, 30.0]) == pytest.approx((0.25, 0.0, 1.0))


def test_what_is_missing():
    assert np.isnan(mean_of_months([1.0], [10.0]).lower)
    assert mean_of_months([1.0], [10.0]).value == pytest.approx(0.1)
    assert np.isnan(mean_of_months([0.0, 0.0], [0.0, 0.0])).all()
    assert np.isnan(mean_of_months([1.0, np.nan], [10.0, 10.0])).all()


def test_a_month_without_work_is_no_observation():
    assert mean_of_months([1.0, 0.0, 3.0], [10.0, 0.0, 10.0]) == mean_of_months([1.0, 3.0], [10.0, 10.0])
