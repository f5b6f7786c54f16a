"""How users and NAV are in contact: by which kind, who writes, and meetings that are called off."""

from typing import Any

import ibis.expr.types as ir

from navbook.indicators.andre_mal import ALLE, NOTATBOK
from navbook.indicators.andre_mal.g13_kontakt import (
    BARE_FYLKE,
    DAGENE,
    KILDE_KONTAKT,
    POPULASJON,
    TABELLER_KONTAKT,
    brukere,
)
from navbook.indicators.definition.declaration import Group, Indicator, Sammenheng
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.contacts import contact_months, with_contacts
from navbook.indicators.states.months import by_month
from navbook.indicators.states.states import States
from navbook.indicators.styringsparametere.oppfolging_unge import GRUPPER, KONTAKT_WINDOW

FORMER = {"dialog": "Dialogmelding", "mote": "Møte", "samtale": "Samtale"}
FRA_BRUKER, FRA_NAV = "fra_bruker", "fra_nav"
_FELLES: dict[str, Any] = {
    "familie": "g13_kontaktform",
    "type": "andel",
    "beholdning": True,
    "lag": 0,
    "vindu": KONTAKT_WINDOW,
    "dato": DAGENE,
    "register": "Oppfølging, person (bosted) og kontakt.",
    "merkelapp": "PROPOSED",
    "tabeller": TABELLER_KONTAKT,
    "utenfor_styringsparametrene": True,
    "perioder": "uten_maneder",
    "innstillinger": {"kontakt_dager": SETTINGS.kontakt_dager},
}

G13_KONTAKTFORM = Indicator(
    id="g13_kontaktform",
    navn="Andel brukere som har hatt dialogmelding, møte og samtale siste 30 dager, hver for seg",
    kortnavn="Kontaktform",
    grupper=tuple(
        Group(
            id=form,
            navn=navn,
            avgrensning="Minst én i de 30 dagene.",
            deler_n_med=None if form == "dialog" else "dialog",
        )
        for form, navn in FORMER.items()
    ),
    populasjon=POPULASJON,
    teller=(
        "De i nevneren som har minst én kontakt av dette slaget de siste 30 dagene til og med siste dag i "
        "måneden. Automatiske meldinger og avbrutte møter og samtaler teller ikke."
    ),
    nevner="Alle i populasjonen.",
    kilde=KILDE_KONTAKT,
    valg=("Den som har hatt både dialog og møte, er med i begge. Andelene kan ikke legges sammen.",),
    maler_ikke=(
        "Hvor mange meldinger, møter og samtaler den enkelte har hatt.",
        "Om møter og samtaler var på video eller telefon: uttrekket skiller dem ikke.",
    ),
    par=("g13_kontakt",),
    sammenhenger=(
        *(Sammenheng(helhet=("portefolje/alle",), deler=(f"{form}:n",), rest=None) for form in FORMER),
        # with contact: at least one kind; a kind is some of the contact
        Sammenheng(helhet=("dialog:x", "mote:x", "samtale:x"), deler=("g13_kontakt/alle:x",)),
        *(Sammenheng(helhet=("g13_kontakt/alle:x",), deler=(f"{form}:x",)) for form in FORMER),
        # messages only: no meeting and no conversation
        Sammenheng(helhet=("dialog:x",), deler=("g13_bare_dialog/alle:x",)),
        *(
            Sammenheng(helhet=("g13_kontakt/alle:x",), deler=(f"{form}:x", "g13_bare_dialog/alle:x"))
            for form in ("mote", "samtale")
        ),
        Sammenheng(helhet=("mote:x", "samtale:x", "g13_bare_dialog/alle:x"), deler=("g13_kontakt/alle:x",)),
    ),
    **_FELLES,
)
G13_INITIATIV = Indicator(
    id="g13_initiativ",
    navn="Andel av dem med dialog siste 30 dager der brukeren, og der NAV, har skrevet",
    kortnavn="Hvem som skriver",
    grupper=(
        Group(id=FRA_BRUKER, navn="Brukeren har skrevet", avgrensning="Minst én melding fra brukeren selv."),
        Group(
            id=FRA_NAV,
            navn="NAV har skrevet",
            avgrensning="Minst én melding fra NAV som ikke er automatisk.",
            deler_n_med=FRA_BRUKER,
            ikke_for=BARE_FYLKE,
        ),
    ),
    populasjon="Personer under oppfølging med minst én dialogmelding siste 30 dager. Alle aldre.",
    teller="De i nevneren der brukeren, eller NAV, har skrevet minst én av meldingene.",
    nevner="Alle med minst én dialogmelding: telleren i g13_kontaktform for dialogmelding.",
    kilde="Regelen er bokens egen. Feltet fra_bruker følger navikt/veilarbdialog.",
    valg=(
        "Der begge har skrevet, er brukeren med i begge grupper. De som bare NAV har skrevet til, er resten.",
        "Meldinger er ikke telt, for mange meldinger med én bruker ville sett ut som mange brukere.",
    ),
    maler_ikke=(
        "Hvem som begynte samtalen: uttrekket har ikke tråden.",
        "Om noen fikk svar, og hvor lang tid det tok.",
    ),
    par=("g13_kontaktform",),
    sammenhenger=(
        Sammenheng(helhet=("g13_kontaktform/dialog:x",), deler=(f"{FRA_BRUKER}:n",), rest=None),
        Sammenheng(helhet=(f"{FRA_BRUKER}:n",), deler=(f"{FRA_NAV}:n",), rest=None),
        Sammenheng(helhet=(f"{FRA_BRUKER}:x", f"{FRA_NAV}:x"), deler=(f"{FRA_BRUKER}:n",)),
        Sammenheng(
            helhet=(f"{FRA_BRUKER}:x",), deler=tuple(f"u30_kontakt30/{kode}_fra_bruker:x" for kode in GRUPPER)
        ),
    ),
    **_FELLES,
)
G13_MOTE_AVBRUTT = Indicator(
    id="g13_mote_avbrutt",
    navn="Andel av brukerne med avtalt møte siste 30 dager som fikk et møte avbrutt",
    kortnavn="Møter som blir avbrutt",
    polaritet=-1,
    grupper=(ALLE,),
    populasjon="Personer under oppfølging med minst ett avtalt møte siste 30 dager. Alle aldre.",
    teller="De i nevneren der minst ett av møtene ble avbrutt.",
    nevner="Alle med minst ett møte de siste 30 dagene, holdt eller avbrutt.",
    kilde="Regelen er bokens egen. Statusene følger navikt/veilarbaktivitet.",
    valg=(
        "Brukere er telt, ikke møter: mange møter med én bruker ville ellers sett ut som mange brukere.",
        "Den som både fikk et møte avbrutt og holdt et annet, er med i telleren.",
        "Et planlagt møte med passert dato regnes som holdt.",
    ),
    maler_ikke=(
        "Hvem som avbrøt møtet, og hvorfor.",
        "Om møtet ble holdt en annen dag utenfor de 30 dagene.",
    ),
    par=("g13_kontaktform",),
    sammenhenger=(
        Sammenheng(helhet=("portefolje/alle",), deler=("alle:n",)),
        # of those who had an agreed meeting, some had one that was held; the others had one called off
        Sammenheng(helhet=("alle:n",), deler=("g13_kontaktform/mote:x",)),
        Sammenheng(helhet=("alle:x", "g13_kontaktform/mote:x"), deler=("alle:n",)),
    ),
    **_FELLES,
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n of every series for months from `first` to `last`."""
    base = brukere(states, first, last)
    everyone, met = by_month(base), with_contacts(base, contact_months(states, first, last))
    forms: dict[SeriesKey, ir.BooleanValue] = {(G13_KONTAKTFORM.id, form): met[form] for form in FORMER}
    everybody = dict.fromkeys(forms, everyone.person_id.notnull())
    written: dict[SeriesKey, ir.BooleanValue] = {
        (G13_INITIATIV.id, who): met[who] for who in (FRA_BRUKER, FRA_NAV)
    }
    meetings = (G13_MOTE_AVBRUTT.id, "alle")
    parts = tally(
        met,
        x={**written, meetings: met.avbrutt_mote},
        n={**dict.fromkeys(written, met.dialog), meetings: met.avtalt_mote},
    )
    return tally(met, x=forms) + tally(everyone, n=everybody) + parts


FAMILY = Family(
    id="g13_kontaktform",
    navn="Slik er kontakten",
    indikatorer=(G13_KONTAKTFORM, G13_INITIATIV, G13_MOTE_AVBRUTT),
    query=count,
    notatbok=NOTATBOK,
)
