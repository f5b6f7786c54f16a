"""The estimate: counts rolled up to units and periods, compared and judged; still private."""

from navbook.estimate.estimates import Estimates, estimate

__all__ = ["Estimates", "estimate"]
