"""Dagpenger near the end: of those who get dagpenger, how many have 26 weeks or less left."""

import ibis
import ibis.expr.types as ir

from navbook.indicators.andre_mal import HELE_MANEDEN, NOTATBOK
from navbook.indicators.definition.declaration import Group, Indicator, Sammenheng
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import literal_day, month_ranges, within
from navbook.indicators.states.overlap import shared_months
from navbook.indicators.states.states import States

# the two readings of the letter; a letter's series name the one that the book shows
HOYST, UNDER = "hoyst_26", "under_26"
ORDINAERE = "DAG"

G18_DAGPENGER_SLUTT = Indicator(
    id="g18_dagpenger_slutt",
    navn="Andel dagpengemottakere som har 26 uker eller mindre igjen",
    kortnavn="Dagpenger som snart er slutt",
    familie="g18_dagpenger_slutt",
    type="andel",
    beholdning=True,
    polaritet=-1,
    lag=0,
    vindu=HELE_MANEDEN,
    grupper=(
        Group(
            id=HOYST,
            navn="26 uker eller mindre igjen",
            avgrensning="Den som har nøyaktig 26 uker igjen, er med.",
        ),
        Group(
            id=UNDER,
            navn="Mindre enn 26 uker igjen",
            avgrensning="Den som har nøyaktig 26 uker igjen, er ikke med.",
            delmengde_av=HOYST,
            deler_n_med=HOYST,
        ),
    ),
    populasjon=(
        "Personer under oppfølging som får ordinære dagpenger siste dag i måneden, der uttrekket sier hvor "
        "mange uker som er igjen."
    ),
    teller=(
        "De i nevneren som har 26 uker eller mindre igjen av perioden. Antallet er like viktig som andelen."
    ),
    nevner="Alle i populasjonen.",
    dato="Siste dag i måneden.",
    register="Ytelse (dagpenger), oppfølging og person (bosted).",
    merkelapp="UNSURE",
    kilde=(
        "Brevet sier både «26 uker eller mindre igjen» og «mindre enn 26 uker igjen». Boken viser den første "
        "lesemåten, som tar med flest. Den andre regnes også, og et brev kan velge den."
    ),
    valg=(
        "Uker igjen står i uttrekket for den dagen raden slutter, eller for uttrekksdatoen om den løper. "
        "Boken regner bakover til siste dag i måneden: sju dager er én uke.",
        "Bare ordinære dagpenger er med. Permitterte og mottakere av lønnsgarantimidler har kortere "
        "perioder, og ville nesten alltid vært nær slutten.",
        "Den som har flere rader med dagpenger samme dag, er med når én av dem er nær slutten.",
        "Rader uten opplysning om uker igjen, eller med færre enn null uker, er ikke med, verken i telleren "
        "eller nevneren.",
    ),
    maler_ikke=(
        "Om perioden varer lenger fordi det kommer uker uten meldekort.",
        "Om personen har fått en samtale om hva som kommer etterpå.",
        "Dem som allerede har brukt opp dagpengene.",
    ),
    tabeller=("person", "oppfolging", "ytelse"),
    kolonner=("ytelse.uker_igjen",),
    par=("langtid_aktivitet",),
    sammenhenger=(Sammenheng(helhet=("portefolje/alle",), deler=(f"{HOYST}:n",)),),
    utenfor_styringsparametrene=True,
    # offices need the number to plan with; a month more or less does not change the plan, and each month
    # of each office would cost the protection of the edition three cells
    perioder="uten_maneder",
    innstillinger={"dagpenger_uker_igjen": SETTINGS.dagpenger_uker_igjen},
)


def dagpenger(states: States, first: str, last: str) -> ir.Table:
    """Months with dagpenger on the counting date: person_id, enhetsnr, m, and the days `igjen` of the row."""
    extract = states.extract
    rows = extract.rows("ytelse")
    rows = rows.filter((rows.ytelse == ORDINAERE) & (rows.uker_igjen >= 0))
    taken = literal_day(extract.manifest.uttrekksdato)
    known_on = ibis.least(ibis.coalesce(rows.tom, taken), taken)
    rows = rows.select("person_id", "fom", "tom", "uker_igjen", slutt=known_on)
    ranges = month_ranges(states.within_cover(rows)).drop("fom", "tom")
    stays = states.maneder_under_oppfolging.select("person_id", "enhetsnr", "fra", "til")
    months = shared_months(within(stays, first, last), ranges)
    days = extract.days_before_end(first, last, 1)
    months = months.inner_join(days, "m")
    left = 7 * months.uker_igjen + months.slutt.delta(months.dag, unit="day")
    return months.select("person_id", "enhetsnr", "m", igjen=left)


def count(states: States, first: str, last: str) -> Counts:
    """x and n of both readings for months from `first` to `last`."""
    rows = dagpenger(states, first, last)
    most = 7 * SETTINGS.dagpenger_uker_igjen
    people = rows.group_by("person_id", "enhetsnr", "m").aggregate(
        **{HOYST: (rows.igjen <= most).any(), UNDER: (rows.igjen < most).any()}
    )
    series = {(G18_DAGPENGER_SLUTT.id, group): people[group] for group in (HOYST, UNDER)}
    return tally(people, x=series, n=dict.fromkeys(series, people.person_id.notnull()))


FAMILY = Family(
    id="g18_dagpenger_slutt",
    navn="Dagpenger som snart er slutt",
    indikatorer=(G18_DAGPENGER_SLUTT,),
    query=count,
    notatbok=NOTATBOK,
)
