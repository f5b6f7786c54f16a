"""Overgang til arbeid fra tiltak: the share in paid work six months after leaving a tiltak."""

import ibis
import ibis.expr.types as ir

from navbook.extract.codes import innsatsgrupper, tiltak_uten_overgang
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import index_of, month_ranges, month_text
from navbook.indicators.states.states import States

GRUPPER = ("BFORM", "BATT")
_UNIT = ("person_id", "tiltakskode")

TILTAK_OTA = Indicator(
    id="tiltak_ota",
    navn="Overgang til arbeid fra tiltak",
    kortnavn="Fra tiltak til arbeid",
    familie="tiltak_ota",
    type="andel",
    lag=SETTINGS.maneder_til_utfall,
    vindu=Window(fom=Edge(), tom=Edge(maneder=SETTINGS.maneder_til_utfall), tekst="d(m) til d(m+6)"),
    grupper=tuple(
        Group(
            id=kode,
            navn=innsatsgrupper()[kode],
            avgrensning="Med dette § 14 a-vedtaket siste dag i tiltaket, eller sist før den dagen.",
        )
        for kode in GRUPPER
    ),
    populasjon=(
        "De som deltar i et arbeidsmarkedstiltak siste dag i måneden, og ikke i samme tiltak på slutten av "
        "de to neste. Bosatt i Norge også seks måneder etter."
    ),
    teller=(
        "De i nevneren som siste dag i måneden seks måneder senere har et arbeidsforhold med "
        "stillingsprosent over 0, og som har fått lønn den måneden."
    ),
    nevner=(
        "Alle par av person og tiltak som slutter i måneden. Den som går fra ett tiltak til et annet, har "
        "sluttet på det første."
    ),
    dato="Siste dag i måneden. Måneden er den siste måneden i tiltaket.",
    register="Tiltak, oppfølging, arbeidsforhold, lønn, ytelse (AAP) og person (bosted).",
    merkelapp="OFFICIAL",
    kilde=(
        "https://www.nav.no/no/nav-og-samfunn/statistikk/arbeidssokere-og-stillinger-statistikk/"
        "relatert-informasjon/om-statistikken-avgang-fra-arbeidsrettede-tiltak-til-arbeid-og-stonad/"
        "4.begreper-kjennemerker-og-grupperinger. Fordelingen på innsatsgruppe er brevets."
    ),
    valg=(
        "Varig tilrettelagt arbeid, varig lønnstilskudd, funksjonsassistanse, ekspertbistand, "
        "inkluderingstilskudd og tilrettelegging er ikke med: målet er ikke at deltakeren skal ut.",
        "Kontoret er det som fulgte opp siste dag i tiltaket, ellers det siste før den dagen.",
        "Den som er død eller utvandret etter seks måneder, er verken i teller eller nevner.",
        "Den som aldri har vært under oppfølging før tiltaket sluttet, har ikke noe kontor og telles ikke.",
    ),
    maler_ikke=(
        "Om tiltaket er årsaken til at personen kom i arbeid.",
        "Hvor mye personen arbeider, eller hvor lenge.",
        "Hvilket tiltak som virker best: deltakerne er ulike, og med lønnstilskudd er de i arbeid fra før.",
    ),
    endringer=("Nye navn på tiltakene regnes som de gamle kodene, så en rekke ikke brytes av et nytt navn.",),
    tabeller=("person", "oppfolging", "ytelse", "arbeidsforhold", "tiltak", "lonn"),
    innstillinger={
        "maneder_til_utfall": SETTINGS.maneder_til_utfall,
        "maneder_borte": SETTINGS.maneder_borte,
    },
)


def _leaving(states: States, first: str, last: str) -> ir.Table:
    """Person and tiltakskode with the last month `m` in that tiltak and the last day `dag` of it."""
    rows = states.deltakelser
    rows = month_ranges(rows.filter(rows.tiltakskode.notin(sorted(tiltak_uten_overgang()))))
    ordered = ibis.window(group_by=_UNIT, order_by=["fra", "til"])
    so_far = ibis.window(group_by=_UNIT, order_by=["fra", "til"], preceding=None, following=0)
    rows = rows.mutate(m=rows.til.max().over(so_far), neste=rows.fra.lead().over(ordered))
    left = rows.neste.isnull() | (rows.neste > rows.m + SETTINGS.maneder_borte)
    units = rows.filter(left, rows.m.between(index_of(first), index_of(last))).select(*_UNIT, "m")
    # a row that covers the last counting date of the tiltak ends before the next counting date
    last_rows = units.inner_join(rows.select(*_UNIT, "til", "tom"), [*_UNIT, ("m", "til")])
    return last_rows.group_by(*_UNIT, "m").aggregate(dag=last_rows.tom.max())


def _with_office(states: States, leaving: ir.Table) -> ir.Table:
    """Adds enhetsnr and innsatsgruppe of the last day, else of the latest earlier day under oppfølging.

    Rows of persons who have no such day are dropped.
    """
    stays = states.under_oppfolging
    stays = stays.select("person_id", "enhetsnr", "innsatsgruppe", s_fom="fom")
    so_far = leaving.inner_join(stays, ["person_id", stays.s_fom <= leaving.dag])
    # stays are disjoint, so the one that begins last holds the latest day
    latest = ibis.window(group_by=[*_UNIT, "m"], order_by=ibis.desc(so_far.s_fom))
    so_far = so_far.mutate(plass=ibis.row_number().over(latest))
    return so_far.filter(so_far.plass == 0).select(*_UNIT, "m", "enhetsnr", "innsatsgruppe")


def _in_work_with_wage(states: States, rows: ir.Table) -> ir.Table:
    """The rows whose person is in work on d(m+6) and has a wage that month."""
    after = rows.m + SETTINGS.maneder_til_utfall
    jobs = month_ranges(states.i_arbeid).select("person_id", j_fra="fra", j_til="til")
    working = rows.semi_join(jobs, ["person_id", jobs.j_fra <= after, jobs.j_til >= after])
    working = working.mutate(lonnsmaned=month_text(working.m + SETTINGS.maneder_til_utfall))
    wages = states.extract.rows("lonn")
    wages = wages.filter(wages.kroner > 0).select("person_id", "maned")
    return working.semi_join(wages, ["person_id", ("lonnsmaned", "maned")]).drop("lonnsmaned")


def count(states: States, first: str, last: str) -> Counts:
    """x and n of both groups for months from `first` to `last`."""
    rows = _with_office(states, _leaving(states, first, last))
    rows = rows.filter(rows.innsatsgruppe.isin(GRUPPER))
    rows = rows.inner_join(states.personer.select("person_id", "bosatt_til"), "person_id")
    rows = rows.filter(rows.bosatt_til >= rows.m + SETTINGS.maneder_til_utfall)
    rows = states.keep(f"tiltak_ota_{index_of(first)}_{index_of(last)}", rows)
    succeeded = _in_work_with_wage(states, rows)
    x = tally(succeeded, x={("tiltak_ota", kode): succeeded.innsatsgruppe == kode for kode in GRUPPER})
    n = tally(rows, n={("tiltak_ota", kode): rows.innsatsgruppe == kode for kode in GRUPPER})
    return x + n


FAMILY = Family(id="tiltak_ota", navn="Fra tiltak til arbeid", indikatorer=(TILTAK_OTA,), query=count)
