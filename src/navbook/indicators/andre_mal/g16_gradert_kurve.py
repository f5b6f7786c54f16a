"""Gradert sykmelding: the share graded at 4, 8, 12 and 26 weeks of sick leave."""

from navbook.indicators.andre_mal import NOTATBOK
from navbook.indicators.definition.declaration import Group, Indicator
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.sick_leave_cases import passert, tilfeller, window_of_passing
from navbook.indicators.states.states import States

UKER = (4, 8, 12, 26)
SAMME_SOM_SP07 = 12


def _group(weeks: int) -> Group:
    return Group(
        id=f"uke{weeks}",
        navn=f"{weeks} uker",
        avgrensning=f"Tilfeller som når dag {weeks * 7} i måneden.",
        gjentar="gradert_12u/alle" if weeks == SAMME_SOM_SP07 else None,
        vindu=window_of_passing(weeks * 7),
    )


G16_GRADERT_KURVE = Indicator(
    id="g16_gradert_kurve",
    navn="Andel med gradert sykmelding ved 4, 8, 12 og 26 uker",
    kortnavn="Gradert gjennom sykefraværet",
    familie="g16_gradert_kurve",
    type="andel",
    lag=1,
    vindu=window_of_passing(UKER[0] * 7),
    grupper=tuple(_group(weeks) for weeks in UKER),
    populasjon=(
        "Personer som er sykmeldt fra en arbeidsgiver, og som når så mange uker i sykefraværstilfellet i "
        "måneden og fortsatt er sykmeldt."
    ),
    teller="De i nevneren som har en ordinær sykmelding med grad under 100 prosent den dagen.",
    nevner="Alle sykefraværstilfeller som passerer så mange uker i måneden.",
    dato="28, 56, 84 og 182 kalenderdager etter tilfellets første dag. Måneden er den som dagen faller i.",
    register="Sykmeldinger.",
    merkelapp="PROPOSED",
    kilde=(
        "Brevet: «Gradert sykmelding skal være hovedalternativet dersom helsesituasjonen tillater det». "
        "Regelen er den samme som for styringsparameteren ved 12 uker."
    ),
    valg=(
        "Alt er regnet som for gradert_12u; bare dagen er en annen.",
        "Tallet for 12 uker er det samme som for gradert_12u, og utgaven viser det bare der.",
        "Hver uke har sine egne tilfeller: de som er friske før 26 uker, er ikke med der.",
    ),
    maler_ikke=(
        "Om den samme personen blir gradert underveis: kurven følger ikke personer.",
        "Selvstendig næringsdrivende og sykmeldte uten arbeidsgiver.",
        "NAV-kontorets innsats alene: grad settes av legen, og arbeidsgiveren må legge til rette.",
    ),
    tabeller=("sykmelding",),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger={"sykmelding_hull": SETTINGS.sykmelding_hull},
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n of each point for months from `first` to `last`."""
    cases = tilfeller(states, arbeidsgiver=True)
    points = []
    for weeks in UKER:
        rows = passert(cases, weeks * 7, first, last)
        series = (G16_GRADERT_KURVE.id, f"uke{weeks}")
        points.extend(tally(rows, x={series: rows.gradert}, n={series: rows.dag.notnull()}))
    return points


FAMILY = Family(
    id="g16_gradert_kurve",
    navn="Gradert sykmelding gjennom sykefraværet",
    indikatorer=(G16_GRADERT_KURVE,),
    query=count,
    notatbok=NOTATBOK,
)
