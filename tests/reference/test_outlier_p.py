"""Two-sided mid-p of a share against a target, by hand."""

import numpy as np
import pytest

from navbook.statistics import outlier_p


def test_nobody_of_ten_when_half_is_expected() -> None:
    # half of the chance of 0 of 10, which is 1/1024, on both sides
    assert outlier_p(0, 10, 0.5) == pytest.approx(1 / 1024)


def test_three_of_ten_when_half_is_expected() -> None:
    # chances of 0, 1, 2, 3 of 10: 1, 10, 45, 120 in 1024; the last counts half
    assert outlier_p(3, 10, 0.5) == pytest.approx(2 * (1 + 10 + 45 + 60) / 1024)


def test_units_that_may_lie_anywhere() -> None:
    # an intra-class correlation of a third around a half makes every number from 0 to 10 as likely
    assert outlier_p(0, 10, 0.5, 1 / 12) == pytest.approx(2 * 0.5 / 11)
    assert outlier_p(5, 10, 0.5, 1 / 12) == pytest.approx(1.0)


def test_what_is_not_known_is_missing() -> None:
    assert np.isnan(outlier_p([0, 1, 2, 3], [0, 2, 1, 5], [0.5, 0.0, 0.5, 0.5], [0, 0, 0, 0.3])).all()
