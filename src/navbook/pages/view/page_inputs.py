"""The part of an edition that each kind of page reads.

The page and its cache key both use it, so that no page reads a number that is not in its key.
"""

from navbook.edition import Edition, Part, part_of_indicator, part_of_units
from navbook.edition.schema import COUNTRY

COUNTY_LEVEL = "fylke"


def page_inputs(edition: Edition, kind: str, subject: str) -> Part:
    """The part that the page of `subject` reads; `kind` is kontor, fylke, landet, kapittel or indikator.

    A unit's page reads the rows of the unit and of its subunits, and what is shown beside its figures: the
    country, and for an office also its county and similar offices. Raises KeyError for another kind.
    """
    return _READERS[kind](edition, subject)


def _office(edition: Edition, enhet: str) -> Part:
    county = {str(row["fylke"]) for row in edition.units_by_number.get(enhet, [])}
    places = edition.positions_in_further("lignende", "enhet").get(enhet, [])
    alike = set(edition.further("lignende")["lignende"].iloc[places]) - {enhet}
    return part_of_units(edition, {enhet}, comments={enhet}, compared=county | alike | {COUNTRY})


def _county(edition: Edition, enhet: str) -> Part:
    units = edition.units_with_figures
    offices = set(units.loc[units["fylke"] == enhet, "enhet"])
    return part_of_units(edition, {enhet} | offices, compared={COUNTRY})


def _chapter(edition: Edition, _subject: str) -> Part:
    return part_of_units(edition, {COUNTRY} | _counties(edition))


def _country(edition: Edition, _subject: str) -> Part:
    funnels = edition.further("trakt")
    outliers = set(funnels.loc[funnels["utslag"].fillna(0) != 0, "enhet"])
    return part_of_units(edition, {COUNTRY} | _counties(edition), also_named=outliers)


def _counties(edition: Edition) -> set[str]:
    units = edition.units_with_figures
    return set(units.loc[units["niva"] == COUNTY_LEVEL, "enhet"])


_READERS = {
    "kontor": _office,
    "fylke": _county,
    "landet": _country,
    "kapittel": _chapter,
    "indikator": part_of_indicator,
}
