"""Shares, differences and differences of differences against the tables of the papers they come from."""

import pytest

from navbook.statistics import newcombe, newcombe_change_of_change, wilson


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_in_newcombe_1998a_table_1_method_3(x, n, lower, upper):
    """Newcombe, Stat Med 1998;17:857-872, Table I."""
    assert wilson(x, n) == pytest.approx((x / n, lower, upper), abs=5e-5)


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [(9, 10, 0.596, 0.982), (0, 25, 0.0, 0.133)],
)
def test_wilson_in_agrestis_textbook(x, n, lower, upper):
    """Agresti, An Introduction to Categorical Data Analysis, section 1.4: the score interval."""
    assert wilson(x, n)[1:] == pytest.approx((lower, upper), abs=5e-4)


# (x1, n1, x0, n0), limits: contrasts (a) to (h)
NEWCOMBE_1998B = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0000)),
    ((10, 10, 0, 10), (0.6075, 1.0000)),
]


@pytest.mark.parametrize(("counts", "limits"), NEWCOMBE_1998B)
def test_difference_in_newcombe_1998b_table_2_method_10(counts, limits):
    """Newcombe, Stat Med 1998;17:873-890, Table II, all eight contrasts."""
    x1, n1, x0, n0 = counts

    assert newcombe(*counts) == pytest.approx((x1 / n1 - x0 / n0, *limits), abs=5.1e-5)


def test_difference_of_differences_in_newcombe_2001_section_4():
    """Newcombe, Stat Med 2001;20:2885-2893, antenatal care: 17/65 - 17/75 against 18/72 - 16/65."""
    change = newcombe_change_of_change(17, 65, 17, 75, 18, 72, 16, 65)

    assert change == pytest.approx((0.0310, -0.1687, 0.2343), abs=5.1e-5)


@pytest.mark.parametrize(
    ("counts", "limits"),
    [((84, 101, 89, 105), (-0.1177, 0.0851)), ((10, 10, 0, 20), (0.6791, 1.0000))],
)
def test_difference_in_other_peoples_software(counts, limits):
    """DescTools, tests of BinomDiffCI with method "score", which follow Tang's tables (WUSS 2016, paper
    127)."""
    assert newcombe(*counts)[1:] == pytest.approx(limits, abs=5.1e-5)


def test_newcombe_agrees_with_statsmodels_where_both_are_defined():
    from statsmodels.stats.proportion import confint_proportions_2indep

    limits = confint_proportions_2indep(37, 210, 61, 230, method="newcomb", compare="diff")

    assert newcombe(37, 210, 61, 230)[1:] == pytest.approx(limits, abs=1e-12)
