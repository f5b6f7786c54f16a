"""Gradert sykmelding: the share graded on the day that a sick-leave case passes 12 weeks."""

from navbook.indicators.definition.declaration import Group, Indicator
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.sick_leave_cases import passert, tilfeller, window_of_passing
from navbook.indicators.states.states import States

GRADERT_12U = Indicator(
    id="gradert_12u",
    navn="Andel med gradert sykmelding ved passering av 12 uker",
    kortnavn="Gradert sykmelding ved 12 uker",
    familie="gradert_12u",
    type="andel",
    lag=1,
    vindu=window_of_passing(SETTINGS.gradert_dager),
    grupper=(Group(id="alle", navn="Alle"),),
    populasjon=(
        "Personer som er sykmeldt fra en arbeidsgiver, og som når dag 84 i sykefraværstilfellet i måneden og "
        "fortsatt er sykmeldt."
    ),
    teller="De i nevneren som har en ordinær sykmelding med grad under 100 prosent den dagen.",
    nevner="Alle sykefraværstilfeller som passerer 12 uker i måneden.",
    dato="84 kalenderdager etter tilfellets første dag. Måneden er den som dagen faller i.",
    register="Sykmeldinger.",
    merkelapp="PROPOSED",
    kilde=(
        "Regelen er bokens egen: det finnes ingen åpen definisjon. Den bygger på folketrygdloven § 8-13 og "
        "NAVs statistikk over sykefravær."
    ),
    valg=(
        "Sykmeldinger med inntil 16 dager imellom (arbeidsgiverperioden) er samme tilfelle.",
        "Tilfellet følger personen. Har personen flere sykmeldinger den dagen, gjelder den laveste graden.",
        "Avventende sykmelding, behandlingsdager og reisetilskudd er ikke gradert.",
        "Kontoret er det som sykmeldingen den dagen er knyttet til: der personen bor.",
    ),
    maler_ikke=(
        "Om den sykmeldte har vært gradert tidligere eller blir det senere.",
        "Selvstendig næringsdrivende og sykmeldte uten arbeidsgiver.",
        "NAV-kontorets innsats alene: grad settes av legen, og arbeidsgiveren må legge til rette.",
    ),
    tabeller=("sykmelding",),
    innstillinger={
        "gradert_dager": SETTINGS.gradert_dager,
        "sykmelding_hull": SETTINGS.sykmelding_hull,
    },
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n for months from `first` to `last`."""
    rows = passert(tilfeller(states, arbeidsgiver=True), SETTINGS.gradert_dager, first, last)
    series = ("gradert_12u", "alle")
    return tally(rows, x={series: rows.gradert}, n={series: rows.person_id.notnull()})


FAMILY = Family(
    id="gradert_12u", navn="Gradert sykmelding ved 12 uker", indikatorer=(GRADERT_12U,), query=count
)
