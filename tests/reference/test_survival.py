"""Kaplan-Meier and Aalen-Johansen against published examples, and where statsmodels still needs help."""

import numpy as np
import pytest

from navbook.statistics import aalen_johansen, kaplan_meier

# Freireich et al, Blood 1963;21:699-716: weeks in remission on 6-mercaptopurine, 21 children
REMISSION = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_kaplan_meier_of_the_remission_trial():
    """The product-limit table of Kalbfleisch & Prentice, Collett and others."""
    table = kaplan_meier(REMISSION, RELAPSED)

    assert table.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert table.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert table.estimate.tolist() == pytest.approx(
        [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5
    )


def test_log_minus_log_limits_of_the_remission_trial():
    """As Stata's `sts list` and SAS with conftype=loglog print them for these data."""
    table = kaplan_meier(REMISSION, RELAPSED)

    assert table.lower.tolist() == pytest.approx(
        [0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881], abs=1e-4
    )
    assert table.upper.tolist() == pytest.approx(
        [0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801], abs=1e-4
    )


# Br J Cancer 2004;91:1229-1235, Table 2: 305 women, of whom the first nine have a known course. Deaths of
# breast cancer (1) at 10, 16, 23 and 27 months, of other causes (2) at 18 and 26, censored at 7, 14 and 24.
BREAST_CANCER_TIME = [7, 10, 14, 16, 18, 23, 24, 26, 27] + [28] * 296
BREAST_CANCER_DEATH = [0, 1, 0, 1, 2, 1, 0, 2, 1] + [0] * 296


def test_aalen_johansen_of_the_breast_cancer_series():
    """Each death of breast cancer adds 0.3 per cent to the incidence, one of other causes nothing."""
    table = aalen_johansen(BREAST_CANCER_TIME, BREAST_CANCER_DEATH)

    assert table.time.tolist() == [10, 16, 18, 23, 26, 27]
    assert table.at_risk.tolist() == [304, 302, 301, 300, 298, 297]
    steps = np.diff(table.estimate, prepend=0.0)
    assert np.round(100 * steps, 1).tolist() == [0.3, 0.3, 0.0, 0.3, 0.0, 0.3]


def test_incidences_and_survival_of_the_breast_cancer_series_sum_to_one():
    """The paper's overall survival is what the two cumulative incidences leave."""
    exchanged = [{0: 0, 1: 2, 2: 1}[death] for death in BREAST_CANCER_DEATH]
    of_cancer = aalen_johansen(BREAST_CANCER_TIME, BREAST_CANCER_DEATH).estimate
    of_other = aalen_johansen(BREAST_CANCER_TIME, exchanged).estimate

    left = 100 * (1 - of_cancer - of_other)

    assert left.round(1).tolist() == [99.7, 99.3, 99.0, 98.7, 98.3, 98.0]


def test_aalen_johansen_by_hand():
    """Five persons: event 1 at 1, event 2 at 2, censored at 3, event 1 at 4, censored at 5.

    S before each: 1, 4/5, 3/5, 3/5. F(1) = 1/5; F(2) = 1/5; F(4) = 1/5 + 3/5 * 1/2 = 1/2.
    """
    table = aalen_johansen([1, 2, 3, 4, 5], [1, 2, 0, 1, 0])

    assert table.time.tolist() == [1, 2, 4]
    assert table.at_risk.tolist() == [5, 4, 2]
    assert table.estimate.tolist() == pytest.approx([1 / 5, 1 / 5, 1 / 2])


def test_limits_at_the_first_event_are_binomial_by_hand():
    """One of five at the first time: se = sqrt(0.2 * 0.8/5) = 0.178885, F log F = -0.321888.

    Limits 0.2^exp(+/- 1.959964 * 0.178885/0.321888) = 0.2^2.97202 and 0.2^0.33647.
    """
    first = aalen_johansen([1, 2, 3, 4, 5], [1, 2, 0, 1, 0]).iloc[0]

    assert first.lower == pytest.approx(0.2**2.97202, abs=1e-5)
    assert first.upper == pytest.approx(0.2**0.33647, abs=1e-5)


def test_statsmodels_still_has_no_standard_error_where_the_last_at_risk_all_have_events():
    """When this fails, statsmodels has mended it and `_last_standard_error` can go."""
    from statsmodels.duration.survfunc import CumIncidenceRight

    with np.errstate(divide="ignore", invalid="ignore"):
        fit = CumIncidenceRight(np.array([1, 2, 3]), np.array([1, 2, 1]))

    assert np.isnan(fit.cinc_se[0][-1])
