"""The estimate: counts rolled up to units and periods, compared and judged; still private."""

from navbook.estimate.casemix import CaseMix, fit_casemix
from navbook.estimate.estimates import Estimates, estimate

__all__ = ["CaseMix", "Estimates", "estimate", "fit_casemix"]
