"""All families and indicators, in the order of the letters.

The styringsparametere are listed here by name. Families of other goals are found in the folder
`navbook.indicators.andre_mal`.
"""

import importlib
import pkgutil

from navbook.indicators import andre_mal
from navbook.indicators.definition.declaration import Indicator
from navbook.indicators.family import Family
from navbook.indicators.styringsparametere import (
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
from navbook.runtime.errors import UsageError


def found_in_andre_mal() -> tuple[Family, ...]:
    """The family of every module in `navbook.indicators.andre_mal`, in order of file name."""
    names = sorted(module.name for module in pkgutil.iter_modules(andre_mal.__path__))
    return tuple(importlib.import_module(f"{andre_mal.__name__}.{name}").FAMILY for name in names)


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
        *found_in_andre_mal(),
    )
}
REGISTRY: dict[str, Indicator] = {
    indicator.id: indicator for family in FAMILIES.values() for indicator in family.indikatorer
}
CALCULATIONS: tuple[str, ...] = tuple(dict.fromkeys(family.notebook for family in FAMILIES.values()))


def indicator_of(id: str) -> Indicator:
    """The declaration of an indicator. Raises UsageError, which lists the ids, for an unknown one."""
    if id not in REGISTRY:
        raise UsageError(f"There is no indicator '{id}': choose one of {', '.join(REGISTRY)}")
    return REGISTRY[id]


def indicators_of(calculation: str) -> tuple[Indicator, ...]:
    """The indicators of a calculation notebook. Raises UsageError, which lists the names, if unknown."""
    found = [family for family in FAMILIES.values() if family.notebook == calculation]
    if not found:
        raise UsageError(f"There is no calculation '{calculation}': choose one of {', '.join(CALCULATIONS)}")
    return tuple(indicator for family in found for indicator in family.indikatorer)
