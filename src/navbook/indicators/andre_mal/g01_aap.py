"""AAP over time: how many have had it for more than one and two years, and the gaps between decisions."""

import ibis
import ibis.expr.types as ir

from navbook.indicators.andre_mal import ALLE, NOTATBOK
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Sammenheng, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.follow_up_office import follow_up_office
from navbook.indicators.states.intervals import with_spell
from navbook.indicators.states.months import (
    by_month,
    days_after,
    index_of,
    month_of,
    month_ranges,
    within,
)
from navbook.indicators.states.overlap import months_with_event
from navbook.indicators.states.states import States

ETT_AR, TO_AR = "over_ett_ar", "over_to_ar"
_KILDE = (
    "Brevet: «Det er en forventning om at gjennomsnittiden på AAP går ned med kortere og færre "
    "venteperioder.» Regelen er bokens egen."
)
_TABELLER = ("person", "oppfolging", "ytelse")


def _window_of_duration(days: int) -> Window:
    before = days + SETTINGS.aap_hull - 1
    return Window(fom=Edge(dager=-before), tom=Edge(), tekst=f"d(m)-{before} til d(m)")


G01_AAP_VARIGHET = Indicator(
    id="g01_aap_varighet",
    navn="Andel AAP-mottakere som har hatt AAP i mer enn ett og to år",
    kortnavn="Lenge på AAP",
    familie="g01_aap",
    type="andel",
    beholdning=True,
    polaritet=-1,
    lag=0,
    vindu=_window_of_duration(SETTINGS.aap_ett_ar_dager),
    grupper=(
        Group(
            id=ETT_AR,
            navn="Ett år eller mer",
            avgrensning="AAP-forløpet har vart i minst 365 dager.",
        ),
        Group(
            id=TO_AR,
            navn="To år eller mer",
            avgrensning="AAP-forløpet har vart i minst 730 dager.",
            delmengde_av=ETT_AR,
            deler_n_med=ETT_AR,
            vindu=_window_of_duration(SETTINGS.aap_to_ar_dager),
        ),
    ),
    populasjon="Personer under oppfølging som får AAP siste dag i måneden.",
    teller="De i nevneren som har hatt AAP så lenge, i ett forløp fram til siste dag i måneden.",
    nevner="Alle AAP-mottakere under oppfølging siste dag i måneden.",
    dato="Siste dag i måneden. Lengden regnes fra første dag i forløpet, og begge dager er med.",
    register="Ytelse (AAP), oppfølging og person (bosted).",
    merkelapp="PROPOSED",
    kilde=_KILDE,
    valg=(
        "Boken viser hvor mange som har hatt AAP lenge, ikke gjennomsnittet: et gjennomsnitt av dager har "
        "ingen teller og nevner som kan skjermes og summeres fra kontor til land.",
        "Vedtak med inntil 14 dager imellom er samme forløp, som for aap_26u. Oppholdet regnes med i tiden.",
        "AAP før uttrekket begynner, er ukjent. Måneden telles bare når uttrekket rekker så langt tilbake.",
        "Kontoret er det som følger opp siste dag i måneden. Andre AAP-mottakere telles ikke.",
    ),
    maler_ikke=(
        "Gjennomsnittlig tid på AAP, og tiden for dem som har sluttet.",
        "Om tiden var nødvendig: sykdom og behandling tar ulik tid.",
    ),
    tabeller=_TABELLER,
    par=("aap_26u",),
    sammenhenger=(Sammenheng(helhet=("portefolje/AAP",), deler=(f"{ETT_AR}:n",), rest=None),),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger={
        "aap_ett_ar_dager": SETTINGS.aap_ett_ar_dager,
        "aap_to_ar_dager": SETTINGS.aap_to_ar_dager,
        "aap_hull": SETTINGS.aap_hull,
    },
)
G01_AAP_OPPHOLD = Indicator(
    id="g01_aap_opphold",
    navn="Opphold mellom AAP-vedtak, og andelen som varte i mer enn 14 dager",
    kortnavn="Opphold i AAP over 14 dager",
    familie="g01_aap",
    type="andel",
    polaritet=-1,
    lag=1,
    vindu=Window(
        fom=Edge(anker="forste_dag", dager=-SETTINGS.aap_opphold_lengste - 1),
        tom=Edge(),
        tekst="f(m)-183 til d(m)",
    ),
    grupper=(ALLE,),
    populasjon=(
        "Opphold i AAP som tar slutt i måneden fordi et nytt vedtak begynner, for personer som er under "
        "oppfølging den dagen."
    ),
    teller="De i nevneren som varte i mer enn 14 dager.",
    nevner="Alle opphold på 1 til 182 dager som tar slutt i måneden. Antallet er like viktig som andelen.",
    dato="Den første dagen i det nye vedtaket.",
    register="Ytelse (AAP), oppfølging og person (bosted).",
    merkelapp="UNSURE",
    kilde=_KILDE + " Uttrekket kjenner ikke venteperioder; opphold mellom vedtak er det nærmeste.",
    valg=(
        "Et opphold er dagene uten AAP mellom to vedtak for samme person. Etter mer enn et halvt år (182 "
        "dager) er det nye vedtaket en ny sak.",
        "14 dager er grensen for hva som er samme forløp ellers i boken.",
        "Et opphold som ikke har tatt slutt, er ikke talt.",
        "Kontoret er det som følger opp den dagen det nye vedtaket begynner.",
    ),
    maler_ikke=(
        "Hvorfor det ble opphold: ventetid i NAV, et forsøk på arbeid og manglende meldekort ser like ut.",
        "Venting før det første vedtaket.",
    ),
    tabeller=_TABELLER,
    par=("aap_26u",),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger={"aap_hull": SETTINGS.aap_hull, "aap_opphold_lengste": SETTINGS.aap_opphold_lengste},
)


def lenge_pa_aap(states: States) -> ir.Table:
    """Ranges of months in which AAP has lasted a year on the counting date; `to_ar` marks two years."""
    parts = with_spell(states.aap, SETTINGS.aap_hull)
    ranges = []
    for days, two in ((SETTINGS.aap_ett_ar_dager, False), (SETTINGS.aap_to_ar_dager, True)):
        late = parts.mutate(fom=ibis.greatest(parts.fom, days_after(parts.start, days - 1)))
        late = month_ranges(late.filter(late.fom <= late.tom))
        ranges.append(late.select("person_id", "fra", "til", to_ar=ibis.literal(two)))
    return ranges[0].union(ranges[1])


def opphold(states: States, first: str, last: str) -> ir.Table:
    """Gaps in AAP that end in the months from `first` to `last`: person_id, `dag`, m, enhetsnr, `langt`."""
    aap = states.aap
    before = aap.tom.lag().over(ibis.window(group_by="person_id", order_by="fom"))
    rows = aap.mutate(forrige=before)
    rows = rows.filter(rows.fom <= days_after(rows.forrige, SETTINGS.aap_opphold_lengste + 1))
    long = rows.fom > days_after(rows.forrige, SETTINGS.aap_hull + 1)
    rows = rows.select("person_id", dag=rows.fom, m=month_of(rows.fom), langt=long)
    rows = rows.filter(rows.m.between(index_of(first), index_of(last)))
    return follow_up_office(states, rows)


def count(states: States, first: str, last: str) -> Counts:
    """x and n of the durations and of the gaps for months from `first` to `last`."""
    base = states.maneder_under_oppfolging
    base = within(base.filter(base.aap).select("person_id", "enhetsnr", "fra", "til"), first, last)
    long = months_with_event(base, lenge_pa_aap(states), "to_ar")
    everyone = by_month(base)
    one, two = (G01_AAP_VARIGHET.id, ETT_AR), (G01_AAP_VARIGHET.id, TO_AR)
    always = everyone.person_id.notnull()
    durations = tally(long, x={one: long.person_id.notnull(), two: long.to_ar}) + tally(
        everyone, n={one: always, two: always}
    )
    gaps = opphold(states, first, last)
    series = (G01_AAP_OPPHOLD.id, "alle")
    ended = tally(gaps, x={series: gaps.langt}, n={series: gaps.dag.notnull()})
    return durations + ended


FAMILY = Family(
    id="g01_aap",
    navn="Tid og opphold i AAP",
    indikatorer=(G01_AAP_VARIGHET, G01_AAP_OPPHOLD),
    query=count,
    notatbok=NOTATBOK,
)
