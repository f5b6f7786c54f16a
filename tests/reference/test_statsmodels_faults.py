"""Faults of statsmodels that made us choose otherwise. A test here fails when upstream has mended one."""

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
