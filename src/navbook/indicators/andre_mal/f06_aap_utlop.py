"""AAP near its end: the share that get a new decision of those whose decision ends within two months."""

import ibis
import ibis.expr.types as ir

from navbook.indicators.andre_mal import ALLE, NOTATBOK, UNDER_30
from navbook.indicators.definition.declaration import Edge, Indicator, Sammenheng, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.intervals import merged
from navbook.indicators.states.months import days_after, month_of, within
from navbook.indicators.states.overlap import shared_months
from navbook.indicators.states.states import States

F06_AAP_UTLOP = Indicator(
    id="f06_aap_utlop",
    navn="AAP-mottakere som nærmer seg slutten av vedtaket, og andelen som får et nytt",
    kortnavn="AAP som snart løper ut, med nytt vedtak",
    familie="f06_aap_utlop",
    type="andel",
    beholdning=True,
    lag=3,
    vindu=Window(
        fom=Edge(),
        tom=Edge(maneder=SETTINGS.aap_utlop_maneder, dager=SETTINGS.aap_hull + 1),
        tekst="d(m) til d(m+2)+15",
    ),
    grupper=(
        ALLE,
        UNDER_30,
    ),
    populasjon=(
        "Personer under oppfølging som får AAP siste dag i måneden etter et vedtak som tar slutt i løpet av "
        "de to neste månedene."
    ),
    teller="De i nevneren som får et nytt AAP-vedtak senest 15 dager etter at dette tar slutt.",
    nevner="Alle i populasjonen: sakene kontoret må ha klare. Antallet er like viktig som andelen.",
    dato="Siste dag i måneden.",
    register="Ytelse (AAP), oppfølging og person (alder, bosted).",
    merkelapp="UNSURE",
    kilde=(
        "Brevet ber om at saken er klar i god tid før vedtaket løper ut. "
        "Uttrekket viser vedtakene, ikke når saken var klar: regelen er bokens egen."
    ),
    valg=(
        "Vedtak som overlapper hverandre, er ett vedtak. Vedtak som følger etter hverandre, er to.",
        "To måneder er de to neste kalendermånedene. Et vedtak telles derfor i høyst to måneder.",
        "Et nytt vedtak med inntil 14 dagers opphold fortsetter det gamle, som for aap_26u.",
        "Kontoret er det som følger opp siste dag i måneden. Andre AAP-mottakere telles ikke.",
        "Vedtakene leses slik de står i uttrekket, også når et vedtak er stanset eller endret i ettertid.",
    ),
    maler_ikke=(
        "Om saken var klar fra kontoret to måneder før: det er ikke registrert i uttrekket.",
        "Om et nytt vedtak var det rette. Den som går til arbeid eller uføretrygd, skal ikke ha noe nytt.",
        "Om den lengste perioden med AAP er brukt opp.",
    ),
    tabeller=("person", "oppfolging", "ytelse"),
    par=("aap_26u",),
    sammenhenger=(
        Sammenheng(helhet=("portefolje/AAP",), deler=("alle:n",)),
        # AAP is one of the health-related benefits
        Sammenheng(helhet=("g05_unge_helseytelser/alle:x",), deler=("under30:n",)),
    ),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger={
        "aap_utlop_maneder": SETTINGS.aap_utlop_maneder,
        "aap_hull": SETTINGS.aap_hull,
        "ung_til_og_med": SETTINGS.ung_til_og_med,
    },
)


def utlop(states: States) -> ir.Table:
    """Ranges of months before the end of an AAP decision; `fortsetter` if another decision follows."""
    rows = states.extract.table("ytelse")
    rows = states.within_cover(rows.filter(rows.ytelse == "AAP").select("person_id", "fom", "tom"))
    decisions = merged(rows, gap=-1)
    following = decisions.fom.lead().over(ibis.window(group_by="person_id", order_by="fom"))
    decisions = decisions.mutate(neste=following)
    ends = month_of(decisions.tom)
    soon = decisions.mutate(
        fra=ibis.greatest(month_of(decisions.fom), ends - SETTINGS.aap_utlop_maneder).cast("int32"),
        til=(ends - 1).cast("int32"),
        fortsetter=(decisions.neste <= days_after(decisions.tom, SETTINGS.aap_hull + 1)).fill_null(False),
    )
    return soon.filter(soon.fra <= soon.til).select("person_id", "fra", "til", "fortsetter")


def count(states: States, first: str, last: str) -> Counts:
    """x and n of both groups for months from `first` to `last`."""
    base = within(states.maneder_under_oppfolging.select("person_id", "enhetsnr", "fra", "til"), first, last)
    rows = shared_months(base, utlop(states))
    rows = rows.inner_join(states.personer.select("person_id", "fyller_ung"), "person_id")
    series = {
        (F06_AAP_UTLOP.id, "alle"): rows.person_id.notnull(),
        (F06_AAP_UTLOP.id, "under30"): rows.m < rows.fyller_ung,
    }
    return tally(rows, x={key: mask & rows.fortsetter for key, mask in series.items()}, n=series)


FAMILY = Family(
    id="f06_aap_utlop",
    navn="AAP som snart løper ut",
    indikatorer=(F06_AAP_UTLOP,),
    query=count,
    notatbok=NOTATBOK,
)
