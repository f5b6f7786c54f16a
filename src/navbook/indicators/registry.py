"""All families and indicators, in the order the letters name them."""

from navbook.errors import UsageError
from navbook.indicators import oppfolging_unge, overgang_til_arbeid, portefolje
from navbook.indicators.declaration import Indicator
from navbook.indicators.family import Family

FAMILIES: dict[str, Family] = {
    family.id: family
    for family in (
        overgang_til_arbeid.FAMILY,
        oppfolging_unge.FAMILY,
        portefolje.FAMILY,
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
