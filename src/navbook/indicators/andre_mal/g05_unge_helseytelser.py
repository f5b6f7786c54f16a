"""Unge på helserelaterte ytelser: the share of users under 30 with a health-related benefit."""

import ibis

from navbook.extract.codes import helserelaterte_ytelser
from navbook.indicators.andre_mal import ALLE, HELE_MANEDEN, NOTATBOK
from navbook.indicators.definition.declaration import Indicator, Sammenheng
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.intervals import merged
from navbook.indicators.states.months import by_month, month_ranges, within
from navbook.indicators.states.overlap import months_with_event
from navbook.indicators.states.states import States

G05_UNGE_HELSEYTELSER = Indicator(
    id="g05_unge_helseytelser",
    navn="Andel brukere under 30 år som mottar en helserelatert ytelse",
    kortnavn="Unge på helserelaterte ytelser",
    familie="g05_unge_helseytelser",
    type="andel",
    beholdning=True,
    polaritet=-1,
    lag=0,
    vindu=HELE_MANEDEN,
    grupper=(ALLE,),
    populasjon="Personer under 30 år som er under oppfølging siste dag i måneden.",
    teller="De i nevneren som den dagen mottar arbeidsavklaringspenger, sykepenger eller uføretrygd.",
    nevner="Alle i populasjonen. Ingen nedre aldersgrense.",
    dato="Siste dag i måneden.",
    register="Ytelse, oppfølging og person (alder, bosted).",
    merkelapp="UNSURE",
    kilde=(
        "Brevet ber om at andelen unge mottakere av helserelaterte ytelser går ned. Det kan leses som "
        "andelen av kommunens unge, eller av kontorets unge brukere. Uttrekket har bare brukerne."
    ),
    valg=(
        "Nevneren er kontorets brukere under 30 år, ikke alle unge i kommunen.",
        "Helserelaterte ytelser er arbeidsavklaringspenger, sykepenger og uføretrygd, ikke tiltakspenger.",
        "Den som har flere av ytelsene, telles én gang.",
    ),
    maler_ikke=(
        "Hvor stor del av alle unge i kommunen som har en slik ytelse.",
        "Unge med en helserelatert ytelse som ingen følger opp: de er verken i teller eller nevner.",
        "Om ytelsen var riktig. Andelen kan også synke fordi flere friske unge blir brukere.",
    ),
    tabeller=("person", "oppfolging", "ytelse"),
    par=("ota_u30",),
    sammenhenger=(Sammenheng(helhet=("portefolje/under30",), deler=("alle:n",), rest=None),),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger={"ung_til_og_med": SETTINGS.ung_til_og_med},
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n for months from `first` to `last`."""
    ranges = states.maneder_under_oppfolging.inner_join(
        states.personer.select("person_id", "fyller_ung"), "person_id"
    )
    young = ranges.mutate(til=ibis.least(ranges.til, ranges.fyller_ung - 1).cast("int32"))
    young = within(young.select("person_id", "enhetsnr", "fra", "til"), first, last)
    young = states.keep(f"unge_brukere_{first}_{last}".replace("-", ""), young)
    paid = states.extract.table("ytelse")
    paid = paid.filter(paid.ytelse.isin(sorted(helserelaterte_ytelser())))
    paid = paid.semi_join(young, "person_id")
    paid = month_ranges(merged(states.within_cover(paid.select("person_id", "fom", "tom"))))
    health = months_with_event(young, paid.mutate(helse=ibis.literal(True)), "helse")
    everyone = by_month(young)
    series = (G05_UNGE_HELSEYTELSER.id, "alle")
    return tally(health, x={series: health.person_id.notnull()}) + tally(
        everyone, n={series: everyone.person_id.notnull()}
    )


FAMILY = Family(
    id="g05_unge_helseytelser",
    navn="Unge på helserelaterte ytelser",
    indikatorer=(G05_UNGE_HELSEYTELSER,),
    query=count,
    notatbok=NOTATBOK,
)
