"""Contact of users under 30 by kind: messages, meetings and conversations."""

import ibis.expr.types as ir

from navbook.extract.codes import innsatsgrupper
from navbook.indicators.andre_mal import NOTATBOK
from navbook.indicators.andre_mal.g13_kontakt import BARE_FYLKE
from navbook.indicators.andre_mal.g13_kontaktform import FORMER
from navbook.indicators.definition.declaration import Group, Indicator, Sammenheng
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.contacts import contact_months, with_contacts
from navbook.indicators.states.months import by_month
from navbook.indicators.states.states import States
from navbook.indicators.styringsparametere.oppfolging_unge import KONTAKT_WINDOW, U30_KONTAKT30, unge

# the two innsatsgrupper that the letter names
I_BREVET = ("BFORM", "BATT")


def _bonds(kode: str) -> tuple[Sammenheng, ...]:
    contact, own = f"u30_kontakt30/{kode}:x", f"u30_kontakt30/{kode}_fra_bruker:x"
    return (
        *(
            Sammenheng(helhet=(f"u30_kontakt30/{kode}:n",), deler=(f"{kode}_{form}:n",), rest=None)
            for form in FORMER
        ),
        Sammenheng(helhet=tuple(f"{kode}_{form}:x" for form in FORMER), deler=(contact,)),
        *(Sammenheng(helhet=(contact,), deler=(f"{kode}_{form}:x",)) for form in FORMER),
        Sammenheng(helhet=(f"{kode}_dialog:x",), deler=(own,)),
        # the young who met or talked are among those with contact who did more than write
        *(
            Sammenheng(
                helhet=(f"g13_kontakt/{kode}:x",), deler=(f"g13_bare_dialog/{kode}:x", f"{kode}_{form}:x")
            )
            for form in ("mote", "samtale")
        ),
    )


F14_UNGE_KONTAKTFORM = Indicator(
    id="f14_unge_kontaktform",
    navn="Andel brukere under 30 år som har hatt dialogmelding, møte og samtale siste 30 dager, hver for seg",
    kortnavn="Unges kontaktform",
    familie="f14_unge_kontaktform",
    type="andel",
    beholdning=True,
    lag=0,
    vindu=KONTAKT_WINDOW,
    grupper=tuple(
        Group(
            id=f"{kode}_{form}",
            navn=f"{innsatsgrupper()[kode]}, {navn.lower()}",
            avgrensning="Minst én i de 30 dagene.",
            deler_n_med=None if form == "dialog" else f"{kode}_dialog",
            ikke_for=BARE_FYLKE,
        )
        for kode in I_BREVET
        for form, navn in FORMER.items()
    ),
    populasjon=U30_KONTAKT30.populasjon,
    teller=(
        "De i nevneren som har minst én kontakt av dette slaget de siste 30 dagene til og med siste dag i "
        "måneden. Automatiske meldinger og avbrutte møter og samtaler teller ikke."
    ),
    nevner=U30_KONTAKT30.nevner,
    dato=U30_KONTAKT30.dato,
    register=U30_KONTAKT30.register,
    merkelapp="PROPOSED",
    kilde=(
        "Brevet slår de tre sammen: «dialog, møte eller samtale med NAV siste 30 dager». Regelen er den "
        "samme som for u30_kontakt30."
    ),
    valg=("Den som har hatt både dialog og møte, er med i begge. Andelene kan ikke legges sammen.",),
    maler_ikke=(
        "Hvor mange meldinger, møter og samtaler den enkelte har hatt.",
        "Om møter og samtaler var på video eller telefon: uttrekket skiller dem ikke.",
    ),
    tabeller=U30_KONTAKT30.tabeller,
    par=("u30_kontakt30",),
    sammenhenger=(
        *(bond for kode in I_BREVET for bond in _bonds(kode)),
        # of all users who had it, some are young, and likewise of those who had not
        *(
            Sammenheng(
                helhet=(f"g13_kontaktform/{form}",), deler=tuple(f"{kode}_{form}" for kode in I_BREVET)
            )
            for form in FORMER
        ),
    ),
    utenfor_styringsparametrene=True,
    perioder="uten_maneder",
    innstillinger=U30_KONTAKT30.innstillinger,
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n of every series for months from `first` to `last`."""
    base = unge(states, first, last)
    everyone, met = by_month(base), with_contacts(base, contact_months(states, first, last))
    x: dict[SeriesKey, ir.BooleanValue] = {}
    n: dict[SeriesKey, ir.BooleanValue] = {}
    for kode in I_BREVET:
        for form in FORMER:
            series = (F14_UNGE_KONTAKTFORM.id, f"{kode}_{form}")
            x[series] = (met.innsatsgruppe == kode) & met[form]
            n[series] = everyone.innsatsgruppe == kode
    return tally(met, x=x) + tally(everyone, n=n)


FAMILY = Family(
    id="f14_unge_kontaktform",
    navn="Unges kontaktform",
    indikatorer=(F14_UNGE_KONTAKTFORM,),
    query=count,
    notatbok=NOTATBOK,
)
