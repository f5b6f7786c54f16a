"""Kvalifiseringsprogrammet: the number of participants on the counting date."""

import ibis

from navbook.indicators.andre_mal import ALLE, HELE_MANEDEN, NOTATBOK
from navbook.indicators.definition.declaration import Indicator
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.intervals import resolve_overlaps
from navbook.indicators.states.months import by_month, month_ranges, within
from navbook.indicators.states.states import States

G06_KVP = Indicator(
    id="g06_kvp",
    navn="Antall deltakere i kvalifiseringsprogrammet",
    kortnavn="Deltakere i KVP",
    familie="g06_kvp",
    type="antall",
    beholdning=True,
    lag=0,
    vindu=HELE_MANEDEN,
    grupper=(ALLE,),
    populasjon="Deltakere i kvalifiseringsprogrammet (KVP), bosatt i Norge.",
    teller="Antall personer som deltar siste dag i måneden.",
    nevner="Ingen: dette er et antall.",
    dato="Siste dag i måneden.",
    register="Kvalifiseringsprogrammet og person (bosted).",
    merkelapp="PROPOSED",
    kilde=(
        "Brevet har som mål at antallet deltakere i programmet øker. Hvilken dag det "
        "telles, står ikke der: regelen er bokens egen."
    ),
    valg=(
        "Den som står med to programmer samme dag, telles én gang, ved kontoret med det nyeste.",
        "Kontoret er det som har programmet. Personen trenger ikke å være under oppfølging.",
    ),
    maler_ikke=(
        "Hvor mange som har rett til programmet, eller har fått tilbud om det.",
        "Hva deltakerne gjør etterpå.",
        "Statens innsats alene: programmet er en kommunal tjeneste.",
    ),
    tabeller=("person", "kvp"),
    par=("ota_lg3",),
    utenfor_styringsparametrene=True,
    perioder="hele",
)


def count(states: States, first: str, last: str) -> Counts:
    """x for months from `first` to `last`; n is missing."""
    rows = states.within_cover(states.extract.table("kvp"))
    rows = rows.inner_join(states.personer.select("person_id", "siste_dag"), "person_id")
    rows = rows.mutate(tom=ibis.least(rows.tom, rows.siste_dag)).drop("siste_dag")
    months = month_ranges(resolve_overlaps(rows.filter(rows.fom <= rows.tom)))
    rows = by_month(within(months, first, last))
    return tally(rows, x={(G06_KVP.id, "alle"): rows.person_id.notnull()})


FAMILY = Family(
    id="g06_kvp", navn="Kvalifiseringsprogrammet", indikatorer=(G06_KVP,), query=count, notatbok=NOTATBOK
)
