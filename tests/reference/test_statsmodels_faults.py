"""Faults of statsmodels that made us choose otherwise. A test here fails when upstream has mended one."""

import warnings

import numpy as np
import pytest
from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest
from statsmodels.stats.proportion import test_proportions_2indep as score_test


def slope_of_restricted_likelihood(x1, n1, x0, n0, p1, p0):
    """Zero at the most likely pair of shares among those with the same difference."""
    return x1 / p1 - (n1 - x1) / (1 - p1) + x0 / p0 - (n0 - x0) / (1 - p0)


def test_score_interval_of_a_difference_is_still_wrong():
    """statsmodels issue 10269: a wrong coefficient in the Miettinen-Nurminen estimate off zero.

    When this fails the score interval may be trusted, and methods that avoid it can be looked at again.
    """
    null = score_test(7, 34, 1, 34, value=0.1, compare="diff", method="score", return_results=True)

    slope = slope_of_restricted_likelihood(7, 34, 1, 34, null.prop1_null, null.prop2_null)

    assert abs(slope) > 1e-3, "statsmodels now finds the restricted maximum: the score interval is mended"


def test_the_test_of_no_difference_is_right():
    """With no difference both shares are 8/68 under the null, which the fault does not touch."""
    null = score_test(7, 34, 1, 34, value=0, compare="diff", method="score", return_results=True)

    assert abs(slope_of_restricted_likelihood(7, 34, 1, 34, null.prop1_null, null.prop2_null)) < 1e-9


@pytest.mark.xfail(strict=True, reason="statsmodels issue 10269: the score interval off zero is wrong")
def test_score_interval_of_newcombe_1998b_contrast_a():
    """Newcombe, Stat Med 1998;17:873-890, Table II, method 6 (Miettinen-Nurminen): 56/70 - 48/80."""
    limits = confint_proportions_2indep(56, 70, 48, 80, method="score", compare="diff")

    assert limits == pytest.approx((0.0528, 0.3382), abs=5.1e-5)


@pytest.mark.xfail(strict=True, raises=ValueError, reason="the same fault: no limit is found at all")
def test_score_interval_of_newcombe_1998b_contrast_b():
    """The same table and method: 9/10 - 3/10."""
    limits = confint_proportions_2indep(9, 10, 3, 10, method="score", compare="diff")

    assert limits == pytest.approx((0.1700, 0.8406), abs=5.1e-5)


def test_the_z_test_still_uses_the_variance_of_the_sample():
    """30 of 100 against 0.2: z is 0.1/sqrt(0.3 0.7/100) = 2.182, where a funnel needs 0.1/sqrt(0.2 0.8/100)
    = 2.5.

    When this fails the target's variance is the default, and `prop_var` need not be given.
    """
    assert proportions_ztest(30, 100, value=0.2)[0] == pytest.approx(2.182179, abs=1e-6)
    assert proportions_ztest(30, 100, value=0.2, prop_var=0.2)[0] == pytest.approx(2.5)


def test_the_map_of_the_mixed_model_still_collapses():
    """Thirty offices whose logits differ with the standard deviation 0.65, twenty persons in each: it finds
    0.

    When this fails the posterior mode may be used for the spread between offices.
    """
    rng = np.random.default_rng(1)
    office = np.repeat(np.arange(30), 20)
    logit = -0.4 + rng.normal(0, 0.65, 30)[office]
    outcome = (rng.random(office.size) < 1 / (1 + np.exp(-logit))).astype(float)
    belongs = (office[:, None] == np.arange(30)).astype(float)
    model = BinomialBayesMixedGLM(outcome, np.ones((office.size, 1)), belongs, ident=np.zeros(30, dtype=int))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spread = float(np.exp(model.fit_map().vcp_mean[0]))

    assert spread < 0.01
