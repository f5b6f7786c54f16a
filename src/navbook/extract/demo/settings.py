"""The settings of the synthetic country, read from `data/demo.yml` and validated."""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from navbook.runtime.paths import own_file

Weights = dict[str, int]
Ladder = list[int]
Steps = list[tuple[int, int]]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SpecialUnit(_Part):
    """A unit that is no local office: its number, the position of its county, and its share of all people."""

    nummer: str
    navn: str
    fylke: int
    promille: int


class Country(_Part):
    folk_knekk: Steps
    fylker_knekk: Steps
    store_fra: int
    smaa_kontor: int
    spesialenheter: list[SpecialUnit]
    storrelse: Ladder
    fylkesnumre_fra: int
    kontornumre_fra: int
    folk_per_blokk: int
    navn_forste: list[str]
    navn_siste: list[str]
    navn_skritt: int
    fylkesnavn: list[str]
    kontoreffekt: list[int]
    innvandring: list[int]
    region_kontor: int


class Origin(_Part):
    landgruppe: int
    andel: int
    land: Weights


class Persons(_Part):
    spor: Weights
    alder_arbeidssoker: Ladder
    alder_nedsatt: Ladder
    alder_sykmeldt: Ladder
    kvinner: int
    utdanning: Weights
    fodeland: list[Origin]
    dod: int
    utvandret: int


class Courses(_Part):
    maned_vekt: list[int]
    ar_vekt: dict[int, int]
    permittert_vekt: Weights
    permittert_ellers: int
    perioder: list[int]
    varighet_arbeidssoker: Ladder
    varighet_permittert: Ladder
    varighet_nedsatt: Ladder
    opphold: Ladder
    til_nedsatt: int
    fra_nedsatt: int
    forspill: int
    flytter: int
    maned_slutt: int
    innsats_arbeidssoker: Weights
    innsats_nedsatt: Weights
    vurdert_ved_start: int
    vurdert_etter: Ladder
    registrert: int


class Jobs(_Part):
    grunn: Weights
    alder: Steps
    utdanning: Weights
    landgruppe: dict[int, int]
    innsats: Weights
    varighet: Steps
    permittert: int
    nedsatt_demping: int
    videre_registrert: int
    ventetid: Ladder
    lengde: Ladder
    tidligere: int
    tidligere_lengde: Ladder
    deltid: Weights
    uten_lonn: int


class Measures(_Part):
    sjanse: Weights
    lengde: Ladder
    dager_per: Weights
    samtidig: int
    koder: dict[str, Weights]
    nye_navn: dict[str, str]
    nye_navn_andel: int
    status_ferdig: Weights
    status_lopende: Weights
    status_aldri: Weights
    aldri_andel: int
    utenfor: int


class Activities(_Part):
    dager_per: int
    forste: Ladder
    med_forste: int
    lengde: Ladder
    typer: Weights
    status: Weights


class Contacts(_Part):
    per_tusen_dager: list[int]
    blanding: dict[str, list[int]]
    fellesferie: int
    typer: Weights
    status_mote: Weights
    status_samtale: Weights
    fra_bruker: int
    automatisk: int


class Benefits(_Part):
    dagpenger: int
    dagpenger_permittert: int
    aap: int
    aap_vedtak: int
    aap_opphold: dict[int, int]
    tiltakspenger: int
    ufor: int
    overgangsstonad: int
    kvp: int
    motsigelse: int


class SickLeave(_Part):
    tilfeller: list[int]
    lengde: Ladder
    steg: list[int]
    gradert_forst: int
    gradert_per_uke: int
    gradert_hoyst: int
    grader: list[int]
    arbeidsgiver: int
    typer: Weights
    gap: dict[int, int]
    for_nedsatt: int
    uten_arbeid: int
    vurdert: Ladder
    vurdert_andel: int


class Placements(_Part):
    sjanse: Weights
    jobben: int
    omgjort: int


class Agency(_Part):
    folk_per_ansatt_knekk: Steps
    egenmeldt: Ladder
    legemeldt: Ladder
    sesong: list[int]
    stillingsandel: int
    ansettelser_per_ar: int
    fast: int
    i_malgruppe: int
    klager_per_ar: int
    behandlet: Ladder
    ubehandlet: int
    klage_tema: Weights


class Municipalities(_Part):
    """Invented municipalities: see `data/demo.yml`."""

    numre_fra: int
    smaa_samles: int
    andeler: list[int]
    promille: Weights
    maned_svinger: int
    mal: list[str]


class LabourMarket(_Part):
    """The labour market of the regions: see `data/demo.yml`."""

    styrke_per_folk: int
    ledige: list[int]
    sesong: list[int]
    region_svinger: int
    maned_svinger: int
    stillinger: int


class PlantedTruths(_Part):
    bedring: int
    blanding: int
    for_lite_folk: int


class DemoSize(_Part):
    """How large a demo is: number of offices and of people. `omrade` names a part of the country."""

    kontor: int
    folk: int
    omrade: str = ""


class DemoSettings(_Part):
    """Everything that decides what the synthetic country looks like; probabilities are whole promille."""

    rapport: DemoSize
    nasjonal: DemoSize
    land: Country
    folk: Persons
    forlop: Courses
    jobb: Jobs
    tiltak: Measures
    aktivitet: Activities
    kontakt: Contacts
    ytelse: Benefits
    sykmelding: SickLeave
    formidling: Placements
    etaten: Agency
    kommuner: Municipalities
    arbeidsmarked: LabourMarket
    fasit: PlantedTruths
    kommentarer: list[str]


def load_settings(path: Path) -> DemoSettings:
    """The settings in a YAML file; pydantic's ValidationError names every field that is wrong."""
    content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    return DemoSettings.model_validate(content)


@cache
def demo_settings() -> DemoSettings:
    """The settings that navbook comes with."""
    return load_settings(own_file("data/demo.yml"))


def between(steps: Steps, value: int) -> int:
    """Straight line between the given points, in whole numbers; flat slope outside is the end value."""
    if value <= steps[0][0]:
        return steps[0][1]
    for (x0, y0), (x1, y1) in pairwise(steps):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) // (x1 - x0)
    return steps[-1][1]
