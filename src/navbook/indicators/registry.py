"""All families and indicators, in the order the letters name them."""

from navbook.errors import UsageError
from navbook.indicators import (
    aap_26u,
    formidlinger,
    gradert_12u,
    inkludering,
    langtid_aktivitet,
    oppfolging_unge,
    overgang_til_arbeid,
    portefolje,
    sykefravaer_etat,
    tiltak_ota,
    u30_8uker,
)
from navbook.indicators.declaration import Indicator
from navbook.indicators.family import Family

FAMILIES: dict[str, Family] = {
    family.id: family
    for family in (
        overgang_til_arbeid.FAMILY,
        tiltak_ota.FAMILY,
        formidlinger.FAMILY,
        gradert_12u.FAMILY,
        aap_26u.FAMILY,
        oppfolging_unge.FAMILY,
        langtid_aktivitet.FAMILY,
        sykefravaer_etat.FAMILY,
        inkludering.FAMILY,
        portefolje.FAMILY,
        u30_8uker.FAMILY,
    )
}
REGISTRY: dict[str, Indicator] = {
    indicator.id: indicator for family in FAMILIES.values() for indicator in family.indikatorer
}


def indicator_of(id: str) -> Indicator:
    """The declaration of an indicator; UsageError names those there are."""
    if id not in REGISTRY:
        raise UsageError(f"There is no indicator '{id}': choose among {', '.join(REGISTRY)}")
    return REGISTRY[id]


def family_of(id: str) -> Family:
    """The family of that name; UsageError names those there are."""
    if id not in FAMILIES:
        raise UsageError(f"There is no indicator family '{id}': choose among {', '.join(FAMILIES)}")
    return FAMILIES[id]
