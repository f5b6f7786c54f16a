"""Counts rolled up to units and periods, compared with a base and judged by a letter. Private.

`estimate` returns the true values of every row of an edition, and `fit_casemix` the model of what to expect
of the persons of each office. The gate decides what of this is published.
"""

from navbook.estimate.casemix import CaseMix, fit_casemix
from navbook.estimate.estimates import Estimates, estimate

__all__ = ["CaseMix", "Estimates", "estimate", "fit_casemix"]
