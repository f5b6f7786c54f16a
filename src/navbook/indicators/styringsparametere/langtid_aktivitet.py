"""Langtidsarbeidssøkere in activity: the share in activity of those who are arbeidssøker for half a year."""

from navbook.indicators.definition.declaration import Group, Indicator, Sammenheng
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import by_month, within
from navbook.indicators.states.overlap import months_with_event
from navbook.indicators.states.states import States
from navbook.indicators.styringsparametere.portefolje import LANGTID_WINDOW

LANGTID_AKTIVITET = Indicator(
    id="langtid_aktivitet",
    navn="Andel og antall langtidsarbeidssøkere i arbeidsrettet aktivitet",
    kortnavn="Langtidsarbeidssøkere i aktivitet",
    familie="langtid_aktivitet",
    type="andel",
    beholdning=True,
    lag=0,
    vindu=LANGTID_WINDOW,
    grupper=(
        Group(
            id="alle",
            navn="Alle",
            avgrensning="Brevet ber om andelen og om antallet; antallet er telleren alene.",
        ),
    ),
    populasjon=(
        "Arbeidssøkere siste dag i måneden som har vært det i minst 182 dager sammenhengende. Opphold på "
        "inntil 14 dager bryter ikke."
    ),
    teller=(
        "De i nevneren som har en arbeidsrettet aktivitet i måneden, eller som er i tiltak eller i arbeid "
        "siste dag i måneden. En aktivitet som gjennomføres, må dekke siste dag; en fullført må ha vart inn "
        "i måneden."
    ),
    nevner="Alle i populasjonen, uansett alder og innsatsgruppe.",
    dato="Siste dag i måneden.",
    register="Oppfølging, person (bosted), aktivitet, tiltak, arbeidsforhold og ytelse (AAP).",
    merkelapp="PROPOSED",
    kilde=(
        "Regelen er bokens egen: det finnes ingen åpen definisjon av langtidsarbeidssøker. Aktivitetstypene "
        "følger aktivitetsplanen (navikt/veilarbaktivitet)."
    ),
    valg=(
        "Langtid er 182 dager (26 uker). NAVs eget verktøy for veiledere markerer ved 150 og 180 dager.",
        "Oppholdene på inntil 14 dager regnes med i lengden.",
        "Jobb ved siden av og tid på tiltak bryter ikke tiden som arbeidssøker.",
        "Den som får nedsatt arbeidsevne, er ikke lenger arbeidssøker her.",
    ),
    maler_ikke=(
        "Om aktiviteten fører til arbeid.",
        "Om færre blir langtidsarbeidssøkere: andelen kan øke fordi de uten aktivitet går ut.",
        "Hvor lenge personen har vært uten arbeid; det er tiden som registrert arbeidssøker som telles.",
    ),
    tabeller=("person", "oppfolging", "ytelse", "aktivitet", "tiltak", "arbeidsforhold"),
    par=("ota_arbs",),
    sammenhenger=(Sammenheng(helhet=("portefolje/langtid",), deler=("alle:n",), rest=None),),
    innstillinger={"langtid_dager": SETTINGS.langtid_dager, "langtid_hull": SETTINGS.langtid_hull},
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n for months from `first` to `last`."""
    base = within(states.langtid.select("person_id", "enhetsnr", "fra", "til"), first, last)
    everyone, active = by_month(base), months_with_event(base, states.maneder_med_aktivitet, "smal")
    series = ("langtid_aktivitet", "alle")
    return tally(active, x={series: active.m.notnull()}) + tally(everyone, n={series: everyone.m.notnull()})


FAMILY = Family(
    id="langtid_aktivitet",
    navn="Langtidsarbeidssøkere i aktivitet",
    indikatorer=(LANGTID_AKTIVITET,),
    query=count,
)
