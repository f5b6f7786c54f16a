"""Statistical functions: intervals, differences, funnels, case mix, XmR charts, survival, multiple testing.

The functions take numbers or arrays and return named tuples or frames. They know nothing of indicators or
offices. Shares are 0-1, counts need not be whole, and an undefined result is nan: never None, an exception or
a warning. `navbook.statistics.verdict` has the rules from an interval to a result.
"""

from navbook.statistics.difference_in_differences import (
    Change,
    Effect,
    change_of_share,
    difference_in_differences,
    variance_between,
)
from navbook.statistics.differences import newcombe, newcombe_change_of_change
from navbook.statistics.funnel import Overdispersion, funnel_flag, funnel_limits, overdispersion
from navbook.statistics.intervals import Interval, Limits, wilson
from navbook.statistics.monthly_mean import mean_of_months
from navbook.statistics.multiplicity import Adjusted, benjamini_hochberg
from navbook.statistics.observed_expected import Deviation, expected_interval, expected_intervals
from navbook.statistics.outlier_test import (
    Outliers,
    adjusted_limits,
    find_outliers,
    outlier_limits,
    outlier_p,
)
from navbook.statistics.rates import byar, count_change, rate
from navbook.statistics.regression_to_mean import expected_next
from navbook.statistics.standardisation import directly_standardised
from navbook.statistics.survival import aalen_johansen, kaplan_meier
from navbook.statistics.xmr import xmr

__all__ = [
    "Adjusted",
    "Change",
    "Deviation",
    "Effect",
    "Interval",
    "Limits",
    "Outliers",
    "Overdispersion",
    "aalen_johansen",
    "adjusted_limits",
    "benjamini_hochberg",
    "byar",
    "change_of_share",
    "count_change",
    "difference_in_differences",
    "directly_standardised",
    "expected_interval",
    "expected_intervals",
    "expected_next",
    "find_outliers",
    "funnel_flag",
    "funnel_limits",
    "kaplan_meier",
    "mean_of_months",
    "newcombe",
    "newcombe_change_of_change",
    "outlier_limits",
    "outlier_p",
    "overdispersion",
    "rate",
    "variance_between",
    "wilson",
    "xmr",
]
