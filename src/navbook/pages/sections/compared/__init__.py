"""Parts of a page that compare units: figures of counties or offices, in number order and never ranked."""

from navbook.pages.sections.compared.distributions import distribution_of_indicator, distributions
from navbook.pages.sections.compared.heatmap import requirements_heatmap
from navbook.pages.sections.compared.indicator_months import indicator_months
from navbook.pages.sections.compared.indicator_summary import indicator_summary
from navbook.pages.sections.compared.key_figures import key_figures
from navbook.pages.sections.compared.month_counts import AAP_ENDS, COMPLAINTS, aap_near_the_end, complaints
from navbook.pages.sections.compared.months import month_multiples, month_series
from navbook.pages.sections.compared.tiles import county_tiles
from navbook.pages.sections.compared.unit_months import unit_months
from navbook.pages.sections.compared.unit_rows import rows_of_units, unit_rows

__all__ = [
    "AAP_ENDS",
    "COMPLAINTS",
    "aap_near_the_end",
    "complaints",
    "county_tiles",
    "distribution_of_indicator",
    "distributions",
    "indicator_months",
    "indicator_summary",
    "key_figures",
    "month_multiples",
    "month_series",
    "requirements_heatmap",
    "rows_of_units",
    "unit_months",
    "unit_rows",
]
