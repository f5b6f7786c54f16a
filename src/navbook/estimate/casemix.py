"""The case-mix model: what to expect of a unit given whom it serves. It is national, fitted on one year."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, Field

from navbook.extract import Extract
from navbook.indicators.casemix import DECIDED_BY_OFFICE, TRAITS, leaver_patterns, no_patterns
from navbook.indicators.definition.known_months import computable
from navbook.indicators.styringsparametere.overgang_til_arbeid import OTA_ARBS
from navbook.runtime.paths import own_file
from navbook.statistics.logistic import Logistic, NoModel, fit_logistic

FILE = own_file("data/casemix.yml")
ARBEIDSSOKERE, NEDSATT = "arbeidssokere", "nedsatt"
POPULATIONS = (ARBEIDSSOKERE, NEDSATT)
WITHOUT, WITH = "uten_innsatsgruppe", "med_innsatsgruppe"
VARIANTS = (WITHOUT, WITH)
# why there is no model, as published in the edition
NOT_IN_EXTRACT, NO_YEAR, NO_FIT = "ikke_i_uttrekket", "ingen_tilpasningsperiode", "lar_seg_ikke_tilpasse"
_YEAR = 12


class CasemixSettings(BaseModel):
    """The choices of data/casemix.yml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tilpasningsar: int
    aldri: tuple[int, ...]
    minste_gruppe: int = Field(ge=1)
    minste_antall: int = Field(ge=1)


def load_settings(path: Path = FILE) -> CasemixSettings:
    """The settings in a YAML file; pydantic's ValidationError names every field that is wrong."""
    return CasemixSettings.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class CaseMix:
    """The models, and the people they describe. Private.

    `ar` is the year of the fit (None if there is none). `models` has an entry by population and variant, or
    `mangler` has the reason why it is missing. `patterns` has the columns of `leaver_patterns` and a
    probability for each variant, nan where there is no model.
    """

    settings: CasemixSettings
    ar: int | None
    models: Mapping[tuple[str, str], Logistic]
    mangler: Mapping[tuple[str, str], str]
    patterns: pd.DataFrame = field(repr=False)

    def of(self, population: str) -> pd.DataFrame:
        """The patterns of one population."""
        return self.patterns[self.patterns["fra_nedsatt"].to_numpy(dtype=bool) == (population == NEDSATT)]


def fit_casemix(extract: Extract, settings: CasemixSettings | None = None) -> CaseMix:
    """The case mix of an extract: one model for each population, with and without innsatsgruppe."""
    known = () if extract.counts_only else computable(OTA_ARBS.vindu, OTA_ARBS.lag, extract.manifest)
    return fit_patterns(leaver_patterns(extract), known, settings)


def fit_patterns(
    patterns: pd.DataFrame, known: Collection[str], settings: CasemixSettings | None = None
) -> CaseMix:
    """The case mix of patterns in a country whose outcome is known in the months `known`.

    A model is missing, with its reason in `mangler`, if nobody is in the extract, there is no year to fit on,
    too few are with or without the outcome, or the traits determine the outcome.
    """
    settings = settings or load_settings()
    year = fitting_year(known, settings)
    models: dict[tuple[str, str], Logistic] = {}
    missing: dict[tuple[str, str], str] = {}
    probabilities = {variant: np.full(len(patterns), np.nan) for variant in VARIANTS}
    reduced = patterns["fra_nedsatt"].to_numpy(dtype=bool)
    in_year = patterns["maned"].astype(str).str[:4].to_numpy() == str(year)
    for population in POPULATIONS:
        members = reduced == (population == NEDSATT)
        for variant in VARIANTS:
            key = population, variant
            if not known or patterns.empty:
                missing[key] = NOT_IN_EXTRACT
                continue
            if year is None:
                missing[key] = NO_YEAR
                continue
            try:
                model = fit_logistic(patterns[members & in_year], traits_of(variant), settings.minste_gruppe)
            except NoModel:
                missing[key] = NO_FIT
                continue
            models[key] = model
            probabilities[variant][members] = model.probabilities(patterns[members])
    return CaseMix(settings, year, models, missing, patterns.assign(**probabilities))


def no_casemix() -> CaseMix:
    """The case mix of a counts-only extract: no models."""
    return fit_patterns(no_patterns(), ())


def traits_of(variant: str) -> dict[str, Sequence[str]]:
    """The traits, with their levels, that a variant of the model includes."""
    return {
        name: levels for name, levels in TRAITS.items() if variant == WITH or name not in DECIDED_BY_OFFICE
    }


def fitting_year(known: Collection[str], settings: CasemixSettings) -> int | None:
    """The year of the fit: that of the settings if all its months are known, else the first complete year.

    Excluded years do not count; None if there is no such year.
    """
    years = [month[:4] for month in known]
    complete = sorted(int(year) for year in set(years) if years.count(year) == _YEAR)
    possible = [year for year in complete if year not in settings.aldri]
    if settings.tilpasningsar in possible:
        return settings.tilpasningsar
    return possible[0] if possible else None
