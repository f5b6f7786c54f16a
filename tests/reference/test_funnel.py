"""Funnel limits and flags of the English public health tool; over-dispersion by hand and by meta-analysis."""

import math

import numpy as np
import pytest

from navbook.statistics import funnel_flag, funnel_limits, overdispersion
from navbook.statistics.funnel import random_effects

# PHEindicatormethods, tests/testthat/testdata_funnel_prop_outputs.csv: access to primary care, per cent.
BASELINE = 0.80642448
PHE_LIMITS = [
    # n, lower 95, upper 95, lower 99.8, upper 99.8
    (1, 3.204264, 100, 0, 100),
    (10, 56.154344, 100, 42.03259, 100),
    (50, 69.691035, 91.593861, 63.375595, 97.909301),
    (102, 72.974925, 88.309971, 68.553233, 92.731663),
    (1008, 78.203374, 83.081521, 76.796814, 84.488082),
    (9998, 79.867989, 81.416907, 79.421375, 81.863521),
    (110000, 80.408963, 80.875933, 80.274317, 81.010578),
]


@pytest.mark.parametrize("row", PHE_LIMITS, ids=lambda row: f"n={row[0]}")
def test_limits_of_the_english_tool(row):
    n, *per_cent = row
    limits = [*funnel_limits(n, BASELINE, 0.95), *funnel_limits(n, BASELINE, 0.998)]

    assert [100 * limit for limit in limits] == pytest.approx(per_cent, abs=2e-6)


# The same package, testdata_funnel_prop_inputs.csv: primary care trusts and the tool's verdict on each.
PHE_TRUSTS = [
    ("New Forest", 35078.4880, 41980, 3),
    ("Norwich", 24803.6256, 31824, -3),
    ("South Gloucestershire", 50050.7443, 61921, 0),
    ("Central Derby", 24648.7596, 30521, 0),
    ("West Norfolk", 26789.2380, 33012, 2),
    ("North Tees", 36850.0492, 45449, 2),
    ("Mid-Hampshire", 34502.0685, 42485, 2),
    ("Sheffield West", 23910.2469, 29457, 2),
    ("South East Hertfordshire", 38045.3716, 46958, 2),
    ("Royston", 16924.1296, 20776, 2),
    ("North Norfolk", 18504.9982, 22739, 2),
    ("South Tyneside", 29709.0543, 36583, 2),
    ("North Devon", 30277.5312, 37828, -2),
    ("East Devon", 21139.2936, 25992, 2),
    ("Exeter", 24866.9160, 30929, 0),
    ("Bracknell Forest", 21306.0303, 26333, 0),
    ("Hertsmere", 18550.7595, 22905, 0),
    ("Swindon", 38384.7005, 48619, -3),
    ("Western Sussex", 39309.8886, 49242, -3),
    ("Fareham and Gosport", 37945.3125, 46875, 0),
    ("Poole", 35176.5102, 39734, 3),
]


@pytest.mark.parametrize(
    ("trust", "x", "n", "flag"), PHE_TRUSTS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_flags_of_the_english_tool(trust, x, n, flag):
    assert funnel_flag(x, n, BASELINE) == flag, trust


def test_overdispersion_by_hand():
    """asin sqrt of 1/4, 1/2 and 3/4 is pi/6, pi/4 and pi/3, so n = 36 gives z = -pi, 0 and pi around 1/2.

    Not Winsorised: phi = 2 pi^2/3. With w = 4n = 144 each, sum w - sum w^2 / sum w = 432 - 144 = 288, and
    tau2 = (3 phi - 2)/288.
    """
    phi, tau2, z = overdispersion([9, 18, 27], [36, 36, 36], 0.5, winsorise=0)

    assert z == pytest.approx([-math.pi, 0, math.pi])
    assert phi == pytest.approx(2 * math.pi**2 / 3)
    assert tau2 == pytest.approx((2 * math.pi**2 - 2) / 288)


def test_winsorised_overdispersion_by_hand():
    """The 10 % quantile of -pi, 0, pi lies a fifth of the way from -pi to 0: z is clipped to -/+ 0.8 pi."""
    phi, tau2, z = overdispersion([9, 18, 27], [36, 36, 36], 0.5)

    assert phi == pytest.approx(2 * (0.8 * math.pi) ** 2 / 3)
    assert tau2 == pytest.approx((3 * phi - 2) / 288)
    assert z == pytest.approx([-math.pi, 0, math.pi]), "z is given before it is clipped"


def test_overdispersion_is_the_dersimonian_laird_variance_of_a_meta_analysis():
    """Around the weighted mean of the arcsines, tau2 is what statsmodels' meta-analysis gives."""
    from statsmodels.stats.meta_analysis import combine_effects

    x, n = np.array([12, 45, 30, 88, 7]), np.array([40, 110, 95, 190, 35])
    arcsines = np.arcsin(np.sqrt(x / n))
    target = np.sin(np.average(arcsines, weights=4 * n)) ** 2

    theirs = combine_effects(arcsines, 1 / (4 * n), method_re="chi2").tau2

    assert overdispersion(x, n, target, winsorise=0).tau2 == pytest.approx(theirs)


# The trials of BCG vaccine (Colditz et al, JAMA 1994;271:698-702, as in metafor's dat.bcg): with tuberculosis
# and without, of the vaccinated and of the others.
BCG_TRIALS = [
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]


def test_the_spread_between_the_trials_of_a_published_meta_analysis():
    """Log risk ratios: Q = 152.2330 and tau2 = 0.3088 (DerSimonian-Laird) in metafor's own tests against
    Stata, test_misc_metan_vs_rma.uni_with_dat.bcg.r; the published pooled log risk ratio is -0.4303.
    """
    ill, well, ill_unvaccinated, well_unvaccinated = np.array(BCG_TRIALS, dtype=float).T
    people, unvaccinated = ill + well, ill_unvaccinated + well_unvaccinated
    ratio = np.log((ill / people) / (ill_unvaccinated / unvaccinated))
    weights = 1 / (1 / ill - 1 / people + 1 / ill_unvaccinated - 1 / unvaccinated)

    phi, tau2 = random_effects((ratio - -0.4303) * np.sqrt(weights), weights, winsorise=0)

    assert len(BCG_TRIALS) * phi == pytest.approx(152.2330, abs=5e-4)
    assert tau2 == pytest.approx(0.3088, abs=5e-5)
