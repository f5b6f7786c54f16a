"""Activity within eight weeks: the share in activity of those under 30 who begin oppfølging."""

import ibis
import ibis.expr.types as ir

from navbook.extract.codes import innsatsgrupper
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Sammenheng, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.intervals import with_spell
from navbook.indicators.states.months import days_after, index_of, month_of
from navbook.indicators.states.states import States

GRUPPER = ("BFORM", "BATT")

U30_8UKER = Indicator(
    id="u30_8uker",
    navn="Andel under 30 år med arbeidsrettet aktivitet innen åtte uker",
    kortnavn="Unge i aktivitet innen 8 uker",
    familie="u30_8uker",
    type="andel",
    lag=2,
    vindu=Window(
        fom=Edge(anker="forste_dag", dager=-SETTINGS.oppfolging_hull - 1),
        tom=Edge(dager=SETTINGS.aktivitet_innen_dager),
        tekst="f(m)-29 til d(m)+56",
    ),
    grupper=(
        Group(id="alle", navn="Alle"),
        *(
            Group(
                id=kode,
                navn=innsatsgrupper()[kode],
                avgrensning="Med dette § 14 a-vedtaket den første dagen.",
                delmengde_av="alle",
            )
            for kode in GRUPPER
        ),
    ),
    populasjon=(
        "Personer under 30 år som begynner under oppfølging i måneden, uten å ha vært det noen av de 29 "
        "dagene før."
    ),
    teller=(
        "De i nevneren som på en dag under oppfølging, senest 56 dager etter den første, er i tiltak eller i "
        "arbeid, eller har en arbeidsrettet aktivitet som gjennomføres eller er fullført."
    ),
    nevner="Alle som begynner i måneden. Også den som slutter, flytter eller dør i løpet av åtte uker.",
    dato="Den første dagen under oppfølging. Alderen er den siste dag i måneden.",
    register="Oppfølging, person (alder, bosted), aktivitet, tiltak, arbeidsforhold og ytelse (AAP).",
    merkelapp="PROPOSED",
    kilde="Regelen er bokens egen. Aktivitetstypene følger aktivitetsplanen (navikt/veilarbaktivitet).",
    valg=(
        "Åtte uker er 56 kalenderdager fra den første dagen, som selv er med.",
        "Opphold på inntil 28 dager avslutter ikke oppfølgingen, men aktivitet i oppholdet teller ikke.",
        "Aktivitet som var i gang fra før, teller fra den første dagen.",
        "Personen telles ved kontoret og i innsatsgruppen den første dagen, også etter flytting.",
        "Det som telles, er aktivitet i alle år, også der brevet ber om oppfølging.",
    ),
    maler_ikke=(
        "Om aktiviteten er den rette, eller hvor omfattende den er.",
        "Hvor raskt personen fikk hjelp før registreringen.",
        "Dem som fikk seg jobb og gikk ut uten aktivitet: de er i nevneren og ikke i telleren.",
    ),
    tabeller=("person", "oppfolging", "ytelse", "aktivitet", "tiltak", "arbeidsforhold"),
    par=("ota_u30",),
    utenfor_styringsparametrene=True,
    sammenhenger=(Sammenheng(helhet=("alle",), deler=GRUPPER),),
    innstillinger={
        "aktivitet_innen_dager": SETTINGS.aktivitet_innen_dager,
        "oppfolging_hull": SETTINGS.oppfolging_hull,
        "ung_til_og_med": SETTINGS.ung_til_og_med,
    },
)


def _first_eight_weeks(states: States, first: str, last: str) -> ir.Table:
    """Stays under oppfølging within 56 days of the `start` of their spell, for young starters.

    Two stays of a spell are at most 28 days apart, so that `start` is the first day under oppfølging after at
    least 29 days without.
    """
    young = states.personer.select("person_id", "fyller_ung")
    young = young.filter(young.fyller_ung > index_of(first))
    stays = states.under_oppfolging.select("person_id", "fom", "tom", "enhetsnr", "innsatsgruppe")
    spells = with_spell(stays.inner_join(young, "person_id"), SETTINGS.oppfolging_hull)
    limit = days_after(spells.start, SETTINGS.aktivitet_innen_dager)
    stays = spells.mutate(m=month_of(spells.start), tom=ibis.least(spells.tom, limit))
    stays = stays.filter(
        stays.m.between(index_of(first), index_of(last)), stays.m < stays.fyller_ung, stays.fom <= stays.tom
    )
    return states.keep(f"u30_8uker_{index_of(first)}_{index_of(last)}", stays.drop("slutt", "fyller_ung"))


def forste_hendelser(states: States, first: str, last: str) -> ir.Table:
    """One row per start, with the days of the first events (empty if an event did not happen).

    Columns: person_id, start, m, enhetsnr, innsatsgruppe; `aktiv` the first day in activity, `flyttet` the
    first day at another office, `siste` the last day under oppfølging within 56 days.
    """
    stays = _first_eight_weeks(states, first, last)
    starts = stays.filter(stays.fom == stays.start)
    starts = starts.select("person_id", "start", "m", "enhetsnr", "innsatsgruppe")
    busy = states.dager_med_aktivitet.select("person_id", b_fom="fom", b_tom="tom")
    both = stays.inner_join(busy, ["person_id", busy.b_fom <= stays.tom, busy.b_tom >= stays.fom])
    active = both.group_by("person_id", "start").aggregate(aktiv=ibis.greatest(both.fom, both.b_fom).min())
    known = stays.inner_join(starts.select("person_id", "start", forste="enhetsnr"), ["person_id", "start"])
    elsewhere = known.enhetsnr != known.forste
    ends = known.group_by("person_id", "start").aggregate(
        siste=known.tom.max(), flyttet=known.fom.min(where=elsewhere)
    )
    rows = starts.inner_join(ends, ["person_id", "start"])
    rows = rows.left_join(active, ["person_id", "start"]).drop("person_id_right", "start_right")
    return states.keep(f"u30_8uker_hendelser_{index_of(first)}_{index_of(last)}", rows)


def count(states: States, first: str, last: str) -> Counts:
    """x and n of every group for months from `first` to `last`."""
    rows = forste_hendelser(states, first, last)
    series: dict[SeriesKey, ir.BooleanValue] = {("u30_8uker", "alle"): rows.person_id.notnull()}
    series |= {("u30_8uker", kode): rows.innsatsgruppe == kode for kode in GRUPPER}
    return tally(rows, x={key: mask & rows.aktiv.notnull() for key, mask in series.items()}, n=series)


FAMILY = Family(id="u30_8uker", navn="Aktivitet innen åtte uker", indikatorer=(U30_8UKER,), query=count)
