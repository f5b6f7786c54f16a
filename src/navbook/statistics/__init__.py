"""Plain functions on numbers: intervals, change, funnels, case mix, process charts, survival, many tests.

Nothing here knows what is counted or who is judged. Shares are 0-1, counts need not be whole, and what is
undefined is nan: never None, an exception or a warning. The rules that turn an interval into words are in
`navbook.statistics.verdict`.
"""

from navbook.statistics.differences import newcombe, newcombe_change_of_change
from navbook.statistics.funnel import Overdispersion, funnel_flag, funnel_limits, overdispersion
from navbook.statistics.intervals import Interval, Limits, wilson
from navbook.statistics.monthly_mean import mean_of_months
from navbook.statistics.multiplicity import Adjusted, benjamini_hochberg
from navbook.statistics.observed_expected import Deviation, expected_interval, expected_intervals
from navbook.statistics.outlier_test import (
    StandingOut,
    adjusted_limits,
    outlying_limits,
    outlying_p,
    standing_out,
)
from navbook.statistics.rates import byar, count_change, rate
from navbook.statistics.regression_to_mean import expected_next
from navbook.statistics.standardisation import directly_standardised
from navbook.statistics.survival import aalen_johansen, kaplan_meier
from navbook.statistics.xmr import xmr

__all__ = [
    "Adjusted",
    "Deviation",
    "Interval",
    "Limits",
    "Overdispersion",
    "StandingOut",
    "aalen_johansen",
    "adjusted_limits",
    "benjamini_hochberg",
    "byar",
    "count_change",
    "directly_standardised",
    "expected_interval",
    "expected_intervals",
    "expected_next",
    "funnel_flag",
    "funnel_limits",
    "kaplan_meier",
    "mean_of_months",
    "newcombe",
    "newcombe_change_of_change",
    "outlying_limits",
    "outlying_p",
    "overdispersion",
    "rate",
    "standing_out",
    "wilson",
    "xmr",
]
