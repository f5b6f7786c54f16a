"""Activity among users of all ages, by innsatsgruppe and priority group."""

import ibis.expr.types as ir

from navbook.indicators.andre_mal import HELE_MANEDEN, NOTATBOK
from navbook.indicators.andre_mal.g13_kontakt import (
    GRUPPER_AV_ALLE,
    POPULASJON,
    brukere,
    groups_of,
    parts_of_all,
)
from navbook.indicators.definition.declaration import Indicator, Sammenheng
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import by_month
from navbook.indicators.states.overlap import months_with_event
from navbook.indicators.states.states import States
from navbook.indicators.styringsparametere.oppfolging_unge import GRUPPER, U30_AKTIVITET

G13_AKTIVITET = Indicator(
    id="g13_aktivitet",
    navn="Andel brukere med arbeidsrettet aktivitet",
    kortnavn="Brukere i aktivitet",
    familie="g13_aktivitet",
    type="andel",
    beholdning=True,
    lag=0,
    vindu=HELE_MANEDEN,
    grupper=GRUPPER_AV_ALLE,
    populasjon=POPULASJON,
    teller=U30_AKTIVITET.teller,
    nevner="Alle i populasjonen.",
    dato="Siste dag i måneden.",
    register="Oppfølging, person (fødeland), aktivitet, tiltak, arbeidsforhold og ytelse (AAP).",
    merkelapp="PROPOSED",
    kilde="Regelen er den samme som for u30_aktivitet.",
    valg=(
        "Alt er regnet som for u30_aktivitet; bare alderen er en annen.",
        "De unge og langtidsarbeidssøkerne har sine egne tall, fordi brevet krever noe for dem.",
    ),
    maler_ikke=U30_AKTIVITET.maler_ikke,
    tabeller=U30_AKTIVITET.tabeller,
    par=("u30_aktivitet", "langtid_aktivitet", "g13_kontakt"),
    sammenhenger=(
        *(
            Sammenheng(helhet=(f"portefolje/{group.id}",), deler=(f"{group.id}:n",), rest=None)
            for group in GRUPPER_AV_ALLE
        ),
        Sammenheng(helhet=("alle",), deler=("langtid_aktivitet/alle",)),
        *parts_of_all("langtid_aktivitet/alle"),
        # the young of an innsatsgruppe, by whether they had an activity
        *(Sammenheng(helhet=(kode,), deler=(f"u30_aktivitet/{kode}",)) for kode in GRUPPER),
        # who takes part in a tiltak, or combines treatment with activity, has one
        Sammenheng(helhet=("alle:x",), deler=("g11_ordinaert_arbeidsliv/alle:n",)),
        Sammenheng(helhet=("AAP:x",), deler=("g04_behandling_aktivitet/alle:x",)),
    ),
    utenfor_styringsparametrene=True,
    perioder="uten_maneder",
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n of every group for months from `first` to `last`."""
    base = brukere(states, first, last)
    everyone, active = by_month(base), months_with_event(base, states.maneder_med_aktivitet, "smal")
    return tally(active, x=_series(active)) + tally(everyone, n=_series(everyone))


def _series(rows: ir.Table) -> dict[SeriesKey, ir.BooleanValue]:
    return {(G13_AKTIVITET.id, group): mask for group, mask in groups_of(rows).items()}


FAMILY = Family(
    id="g13_aktivitet",
    navn="Aktivitet blant brukere i alle aldre",
    indikatorer=(G13_AKTIVITET,),
    query=count,
    notatbok=NOTATBOK,
)
