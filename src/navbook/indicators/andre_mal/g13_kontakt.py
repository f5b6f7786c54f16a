"""Contact in the last 30 days among users of all ages, and how many of them were met by messages only."""

from typing import Literal

import ibis.expr.types as ir

from navbook.extract.codes import innsatsgrupper
from navbook.indicators.andre_mal import ALLE, NOTATBOK
from navbook.indicators.definition.declaration import Group, Indicator, Sammenheng
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.contacts import any_contact, contact_months, with_contacts
from navbook.indicators.states.months import by_month, within
from navbook.indicators.states.states import States
from navbook.indicators.styringsparametere.oppfolging_unge import GRUPPER, KONTAKT_WINDOW
from navbook.indicators.styringsparametere.portefolje import INNSATSGRUPPER, LANGTID_WINDOW

PRIORITERT = ("landgruppe3", "langtid", "AAP")
BARE_FYLKE: dict[Literal["kontor", "fylke"], str] = {
    "kontor": "Gruppene er små ved mange kontorer. Tallene ville tvunget oss til å skjule flere av de andre."
}
LANGTID = Group(
    id="langtid",
    navn="Langtidsarbeidssøkere",
    avgrensning="Arbeidssøkere i minst 182 dager sammenhengende.",
    delmengde_av="alle",
    vindu=LANGTID_WINDOW,
    ikke_for=BARE_FYLKE,
)
# the groups of everyone under oppfølging that offices have too, first; the young are the styringsparameter's
GRUPPER_AV_ALLE = (
    ALLE,
    Group(id="BATT", navn=innsatsgrupper()["BATT"], avgrensning="Med dette § 14 a-vedtaket."),
    *(
        Group(
            id=kode,
            navn=innsatsgrupper()[kode],
            avgrensning="Med dette § 14 a-vedtaket.",
            ikke_for=BARE_FYLKE,
        )
        for kode in INNSATSGRUPPER
        if kode != "BATT"
    ),
    Group(
        id="landgruppe3",
        navn="Født utenfor EØS (landgruppe 3)",
        avgrensning="Født i et land i landgruppe 3; ukjent fødeland er ikke med.",
        delmengde_av="alle",
        ikke_for=BARE_FYLKE,
    ),
    Group(
        id="AAP",
        navn="Mottar AAP",
        avgrensning="Med et AAP-vedtak som dekker siste dag i måneden.",
        delmengde_av="alle",
        ikke_for=BARE_FYLKE,
    ),
)
POPULASJON = "Personer under oppfølging siste dag i måneden, bosatt i Norge. Alle aldre."
DAGENE = "Siste dag i måneden og de 29 dagene før."
KILDE_KONTAKT = (
    "Regelen er den samme som for u30_kontakt30. Kontakttypene følger navikt/veilarbdialog og "
    "navikt/veilarbaktivitet."
)
TABELLER_KONTAKT = ("person", "oppfolging", "ytelse", "kontakt")


def parts_of_all(langtid: str = "langtid") -> tuple[Sammenheng, ...]:
    """How the groups make up everyone: the innsatsgrupper, and those who are never long-term jobseekers too.

    `langtid` is the group of the long-term jobseekers, of the indicator itself or of another.
    """
    return (
        Sammenheng(helhet=("alle",), deler=INNSATSGRUPPER),
        Sammenheng(helhet=("alle",), deler=(langtid, "BATT", "VARIG")),
        Sammenheng(helhet=("alle",), deler=(langtid, "AAP")),
    )


G13_KONTAKT = Indicator(
    id="g13_kontakt",
    navn="Andel brukere som har hatt dialog, møte eller samtale med NAV siste 30 dager",
    kortnavn="Kontakt siste 30 dager",
    familie="g13_kontakt",
    type="andel",
    beholdning=True,
    lag=0,
    vindu=KONTAKT_WINDOW,
    grupper=(*GRUPPER_AV_ALLE, LANGTID),
    populasjon=POPULASJON,
    teller=(
        "De i nevneren som har minst én dialogmelding, ett møte eller én samtale de siste 30 dagene til og "
        "med siste dag i måneden. Automatiske meldinger og avbrutte møter teller ikke."
    ),
    nevner="Alle i populasjonen.",
    dato=DAGENE,
    register="Oppfølging, person (fødeland), kontakt og ytelse (AAP).",
    merkelapp="PROPOSED",
    kilde=KILDE_KONTAKT,
    valg=(
        "Alt er regnet som for u30_kontakt30; bare alderen er en annen.",
        "De unge har sine egne tall, fordi brevet krever noe for dem.",
    ),
    maler_ikke=(
        "Hva kontakten gikk ut på, eller om den hjalp.",
        "Hvor mye oppfølging den enkelte trenger.",
        "Kontakt som ikke er registrert.",
    ),
    tabeller=TABELLER_KONTAKT,
    par=("u30_kontakt30", "g13_aktivitet"),
    sammenhenger=(
        *(
            Sammenheng(helhet=(f"portefolje/{group}",), deler=(f"{group}:n",), rest=None)
            for group in ("alle", *INNSATSGRUPPER, *PRIORITERT)
        ),
        *parts_of_all(),
        # the young of an innsatsgruppe, by whether they had contact
        *(Sammenheng(helhet=(kode,), deler=(f"u30_kontakt30/{kode}",)) for kode in GRUPPER),
    ),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger={"kontakt_dager": SETTINGS.kontakt_dager},
)
G13_BARE_DIALOG = Indicator(
    id="g13_bare_dialog",
    navn="Andel av dem med kontakt siste 30 dager som bare har hatt dialogmeldinger",
    kortnavn="Bare digital dialog",
    familie="g13_kontakt",
    type="andel",
    beholdning=True,
    lag=0,
    vindu=KONTAKT_WINDOW,
    grupper=(
        ALLE,
        *(
            Group(
                id=kode,
                navn=innsatsgrupper()[kode],
                avgrensning="Med dette § 14 a-vedtaket.",
                ikke_for=BARE_FYLKE,
            )
            for kode in INNSATSGRUPPER
        ),
    ),
    populasjon="Personer under oppfølging som har hatt kontakt med NAV siste 30 dager. Alle aldre.",
    teller="De i nevneren som verken har hatt møte eller samtale i de 30 dagene.",
    nevner="Alle med minst én dialogmelding, ett møte eller én samtale: telleren i g13_kontakt.",
    dato=DAGENE,
    register="Oppfølging, person (bosted) og kontakt.",
    merkelapp="UNSURE",
    kilde=(
        "Brevet: «Ledige med standard innsatsbehov skal i hovedsak tilbys digitale tjenester, digital "
        "oppfølging og digitale tiltak.» Dialogen i aktivitetsplanen er den digitale oppfølgingen som "
        "uttrekket kjenner."
    ),
    valg=(
        "Brevet vil ha digital oppfølging for standard innsatsbehov, og sier det ikke om de andre gruppene.",
        "Avbrutte møter og samtaler er ikke holdt, og teller ikke som møte eller samtale.",
    ),
    maler_ikke=(
        "Om møter og samtaler var på video eller telefon: uttrekket skiller dem ikke.",
        "Digitale tiltak og selvbetjening på nav.no.",
        "Hva brukeren selv ønsket.",
    ),
    tabeller=TABELLER_KONTAKT,
    par=("g13_kontakt",),
    sammenhenger=(
        *(
            Sammenheng(helhet=(f"g13_kontakt/{group}:x",), deler=(f"{group}:n",), rest=None)
            for group in ("alle", *INNSATSGRUPPER)
        ),
        Sammenheng(helhet=("alle",), deler=INNSATSGRUPPER),
    ),
    utenfor_styringsparametrene=True,
    perioder="uten_maneder",
    innstillinger={"kontakt_dager": SETTINGS.kontakt_dager},
)


def brukere(states: States, first: str, last: str) -> ir.Table:
    """Ranges of months under oppfølging: person_id, enhetsnr, innsatsgruppe, aap, landgruppe3, fra, til."""
    stays = states.with_landgruppe(states.maneder_under_oppfolging)
    marks = stays.select("person_id", "enhetsnr", "innsatsgruppe", "aap", "landgruppe3", "fra", "til")
    return within(marks, first, last)


def groups_of(rows: ir.Table) -> dict[str, ir.BooleanValue]:
    """For each group of everyone but the long-term jobseekers, which rows of `brukere` are in it."""
    return {
        "alle": rows.person_id.notnull(),
        **{kode: rows.innsatsgruppe == kode for kode in INNSATSGRUPPER},
        "landgruppe3": rows.landgruppe3,
        "AAP": rows.aap,
    }


def count(states: States, first: str, last: str) -> Counts:
    """x and n of every series for months from `first` to `last`."""
    base, contacts = brukere(states, first, last), contact_months(states, first, last)
    everyone, met = by_month(base), with_contacts(base, contacts)
    met = met.filter(any_contact(met))
    messages_only = ~met.mote & ~met.samtale
    x: dict[SeriesKey, ir.BooleanValue] = {(G13_KONTAKT.id, g): mask for g, mask in groups_of(met).items()}
    n: dict[SeriesKey, ir.BooleanValue] = {
        (G13_KONTAKT.id, g): mask for g, mask in groups_of(everyone).items()
    }
    of_contacts = {
        (G13_BARE_DIALOG.id, group.id): groups_of(met)[group.id] for group in G13_BARE_DIALOG.grupper
    }
    only = tally(met, x={key: mask & messages_only for key, mask in of_contacts.items()}, n=of_contacts)
    return tally(met, x=x) + tally(everyone, n=n) + only + _of_langtid(states, contacts, first, last)


def _of_langtid(states: States, contacts: ir.Table, first: str, last: str) -> Counts:
    base = within(states.langtid.select("person_id", "enhetsnr", "fra", "til"), first, last)
    everyone, met = by_month(base), with_contacts(base, contacts)
    series = (G13_KONTAKT.id, "langtid")
    return tally(met, x={series: any_contact(met)}) + tally(everyone, n={series: everyone.m.notnull()})


FAMILY = Family(
    id="g13_kontakt",
    navn="Kontakt med brukere i alle aldre",
    indikatorer=(G13_KONTAKT, G13_BARE_DIALOG),
    query=count,
    notatbok=NOTATBOK,
)
