"""Behandling og aktivitet: the share with both treatment and arbeidsrettet aktivitet of those with AAP."""

import ibis

from navbook.indicators.andre_mal import ALLE, HELE_MANEDEN, NOTATBOK
from navbook.indicators.definition.declaration import Indicator, Sammenheng
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import by_month, within
from navbook.indicators.states.overlap import months_with_event
from navbook.indicators.states.states import States

G04_BEHANDLING_AKTIVITET = Indicator(
    id="g04_behandling_aktivitet",
    navn="Andel AAP-mottakere med medisinsk behandling samtidig med arbeidsrettet aktivitet",
    kortnavn="Behandling og aktivitet samtidig",
    familie="g04_behandling_aktivitet",
    type="andel",
    beholdning=True,
    lag=0,
    vindu=HELE_MANEDEN,
    grupper=(ALLE,),
    populasjon="Personer under oppfølging som får AAP siste dag i måneden.",
    teller=(
        "De i nevneren som i måneden både har behandling i aktivitetsplanen og en arbeidsrettet aktivitet, "
        "et tiltak eller arbeid."
    ),
    nevner="Alle AAP-mottakere under oppfølging siste dag i måneden.",
    dato="Siste dag i måneden.",
    register="Oppfølging, person (bosted), aktivitet, tiltak, arbeidsforhold og ytelse (AAP).",
    merkelapp="PROPOSED",
    kilde=(
        "Brevet: «Andel brukere som har medisinsk behandling samtidig med arbeidsrettet aktivitet skal øke.» "
        "Hvilke brukere det gjelder, står ikke der: regelen er bokens egen."
    ),
    valg=(
        "Nevneren er AAP-mottakere, som er dem behandling oftest gjelder.",
        "Behandling er aktiviteten BEHANDLING: den gjennomføres siste dag i måneden, eller er fullført og "
        "varte inn i måneden. Arbeidsrettet aktivitet er som i u30_aktivitet.",
        "Samtidig betyr i samme måned.",
    ),
    maler_ikke=(
        "Behandling som ikke er lagt inn i aktivitetsplanen. Det er trolig mye.",
        "Om behandlingen og aktiviteten er tilpasset hverandre.",
    ),
    tabeller=("person", "oppfolging", "ytelse", "aktivitet", "tiltak", "arbeidsforhold"),
    par=("aap_26u",),
    sammenhenger=(Sammenheng(helhet=("portefolje/AAP",), deler=("alle:n",), rest=None),),
    utenfor_styringsparametrene=True,
    perioder="hele",
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n for months from `first` to `last`."""
    base = states.maneder_under_oppfolging
    base = within(base.filter(base.aap).select("person_id", "enhetsnr", "fra", "til"), first, last)
    treatment = states.maneder_med_behandling.mutate(behandling=ibis.literal(True))
    treated = months_with_event(base, treatment, "behandling")
    treated = treated.select("person_id", "enhetsnr", fra="m", til="m")
    both = months_with_event(treated, states.maneder_med_aktivitet, "smal")
    everyone = by_month(base)
    series = (G04_BEHANDLING_AKTIVITET.id, "alle")
    return tally(both, x={series: both.person_id.notnull()}) + tally(
        everyone, n={series: everyone.person_id.notnull()}
    )


FAMILY = Family(
    id="g04_behandling_aktivitet",
    navn="Behandling og aktivitet",
    indikatorer=(G04_BEHANDLING_AKTIVITET,),
    query=count,
    notatbok=NOTATBOK,
)
