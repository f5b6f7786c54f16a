"""Oppfølging av unge: activity and contact among users under 30, by innsatsgruppe."""

import ibis
import ibis.expr.types as ir

from navbook.extract.codes import innsatsgrupper
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Sammenheng, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.contacts import any_contact, contact_months, with_contacts
from navbook.indicators.states.months import by_month, index_of, within
from navbook.indicators.states.overlap import months_with_event
from navbook.indicators.states.states import States

GRUPPER = ("IKVAL", "BFORM", "BATT")
_POPULASJON = "Personer under 30 år som er under oppfølging siste dag i måneden, i innsatsgruppen."
_NEVNER = "Alle i populasjonen. Ingen nedre aldersgrense."
_TABELLER = ("person", "oppfolging", "ytelse")
KONTAKT_WINDOW = Window(fom=Edge(dager=1 - SETTINGS.kontakt_dager), tom=Edge(), tekst="d(m)-29 til d(m)")


def _groups(suffix: str, navn: str, avgrensning: str) -> tuple[Group, ...]:
    groups = []
    for kode in GRUPPER:
        group_name = innsatsgrupper()[kode]
        groups.append(Group(id=kode, navn=group_name))
        groups.append(
            Group(
                id=f"{kode}_{suffix}",
                navn=f"{group_name}, {navn}",
                avgrensning=avgrensning,
                delmengde_av=kode,
                deler_n_med=kode,
            )
        )
    return tuple(groups)


# the young of an innsatsgruppe are a subset of it; together they are a subset of all young
_IN_THE_PORTFOLIO = (
    *(Sammenheng(helhet=(f"portefolje/{kode}",), deler=(f"{kode}:n",)) for kode in GRUPPER),
    Sammenheng(helhet=("portefolje/under30",), deler=tuple(f"{kode}:n" for kode in GRUPPER)),
)

U30_AKTIVITET = Indicator(
    id="u30_aktivitet",
    navn="Andel brukere under 30 år med arbeidsrettet aktivitet",
    kortnavn="Unge i aktivitet",
    familie="oppfolging_unge",
    type="andel",
    beholdning=True,
    sammenhenger=_IN_THE_PORTFOLIO,
    lag=0,
    vindu=Window(fom=Edge(anker="forste_dag"), tom=Edge(), tekst="f(m) til d(m)"),
    grupper=_groups(
        "smal", "bare tiltak eller jobb", "Bare tiltak, arbeidsforhold eller aktiviteten IJOBB teller."
    ),
    populasjon=_POPULASJON,
    teller=(
        "De i nevneren som har en arbeidsrettet aktivitet i måneden, eller som er i tiltak eller i arbeid "
        "siste dag i måneden. En aktivitet som gjennomføres, må dekke siste dag; en fullført må ha vart inn "
        "i måneden."
    ),
    nevner=_NEVNER,
    dato="Siste dag i måneden.",
    register="Oppfølging, person (alder), aktivitet, tiltak, arbeidsforhold og ytelse (AAP).",
    merkelapp="PROPOSED",
    kilde="Regelen er bokens egen. Aktivitetstypene følger aktivitetsplanen (navikt/veilarbaktivitet).",
    valg=(
        "Behandling, møter og samtalereferater regnes ikke som aktivitet.",
        "Planlagte og avbrutte aktiviteter teller ikke. En fullført uten sluttdato teller ikke.",
    ),
    maler_ikke=(
        "Om aktiviteten virker: kontorer med mye aktivitet har ikke vist høyere overgang til arbeid.",
        "Hvor omfattende aktiviteten er. Nesten alle har en aktivitet i vid forstand; les også den smale.",
    ),
    tabeller=(*_TABELLER, "aktivitet", "tiltak", "arbeidsforhold"),
    par=("ota_u30",),
    innstillinger={"ung_til_og_med": SETTINGS.ung_til_og_med},
)
U30_KONTAKT30 = Indicator(
    id="u30_kontakt30",
    navn="Andel brukere under 30 år som har hatt dialog, møte eller samtale med NAV siste 30 dager",
    kortnavn="Unge med kontakt siste 30 dager",
    familie="oppfolging_unge",
    type="andel",
    beholdning=True,
    lag=0,
    vindu=KONTAKT_WINDOW,
    grupper=_groups(
        "fra_bruker", "dialog fra brukeren", "Bare dialogmeldinger som brukeren selv har sendt, teller."
    ),
    populasjon=_POPULASJON,
    teller=(
        "De i nevneren som har minst én dialogmelding, ett møte eller én samtale de siste 30 dagene til og "
        "med siste dag i måneden. Automatiske meldinger og avbrutte møter teller ikke."
    ),
    nevner=_NEVNER,
    dato="Siste dag i måneden og de 29 dagene før.",
    register="Oppfølging, person (alder), kontakt og ytelse (AAP).",
    merkelapp="PROPOSED",
    kilde="Regelen er bokens egen. Kontakttypene følger navikt/veilarbdialog og navikt/veilarbaktivitet.",
    valg=(
        "30 dager er kalenderdager: 31. mars dekker 2.–31. mars.",
        "En dialogmelding teller uansett hvem som skrev den; gruppene «fra bruker» viser brukerens egne.",
        "Et planlagt møte teller når datoen er passert og det ikke er avbrutt.",
    ),
    maler_ikke=(
        "Hva kontakten gikk ut på, eller om den hjalp.",
        "Kontakt som ikke er registrert.",
    ),
    tabeller=(*_TABELLER, "kontakt"),
    par=("ota_u30",),
    innstillinger={"ung_til_og_med": SETTINGS.ung_til_og_med, "kontakt_dager": SETTINGS.kontakt_dager},
)


def unge(states: States, first: str, last: str) -> ir.Table:
    """Ranges of months under oppfølging and under 30, in the three innsatsgrupper: person, office, group."""
    ranges = states.maneder_under_oppfolging
    ranges = ranges.filter(ranges.innsatsgruppe.isin(GRUPPER))
    persons = states.personer.filter(states.personer.fyller_ung > index_of(first))
    ranges = ranges.inner_join(persons.select("person_id", "fyller_ung"), "person_id")
    young = ranges.mutate(til=ibis.least(ranges.til, ranges.fyller_ung - 1).cast("int32"))
    young = within(young.select("person_id", "enhetsnr", "innsatsgruppe", "fra", "til"), first, last)
    return states.keep(f"unge_{first}_{last}".replace("-", ""), young)


def count_aktivitet(states: States, first: str, last: str) -> Counts:
    """x and n of every series of `u30_aktivitet`, for months from `first` to `last`."""
    base = unge(states, first, last)
    active = months_with_event(base, states.maneder_med_aktivitet, "smal")
    return _tally(base, active, "u30_aktivitet", "smal", "smal")


def count_kontakt(states: States, first: str, last: str) -> Counts:
    """x and n of every series of `u30_kontakt30`, for months from `first` to `last`."""
    base = unge(states, first, last)
    met = with_contacts(base, contact_months(states, first, last))
    met = met.filter(any_contact(met))
    return _tally(base, met, "u30_kontakt30", "fra_bruker", "fra_bruker")


def _tally(base: ir.Table, met: ir.Table, indikator: str, suffix: str, mark: str) -> Counts:
    """x and n of each group and of its narrow variant: persons with any event, and with a marked one."""
    everyone = by_month(base)
    n: dict[SeriesKey, ir.BooleanValue] = {}
    x: dict[SeriesKey, ir.BooleanValue] = {}
    for kode in GRUPPER:
        twins = (indikator, kode), (indikator, f"{kode}_{suffix}")
        n |= dict.fromkeys(twins, everyone.innsatsgruppe == kode)
        of_group = met.innsatsgruppe == kode
        x |= zip(twins, (of_group, of_group & met[mark]), strict=True)
    return tally(met, x=x) + tally(everyone, n=n)


FAMILY = Family(
    id="oppfolging_unge",
    navn="Oppfølging av unge",
    indikatorer=(U30_AKTIVITET, U30_KONTAKT30),
    query={"u30_aktivitet": count_aktivitet, "u30_kontakt30": count_kontakt},
)
