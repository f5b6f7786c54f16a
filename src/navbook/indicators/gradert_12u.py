"""Gradert sykmelding: of the sick-leave cases that pass 12 weeks, how many are graded on that day."""

import ibis
import ibis.expr.types as ir
import pandas as pd

from navbook.indicators.declaration import Edge, Group, Indicator, Window
from navbook.indicators.family import Family
from navbook.indicators.intervals import with_spell
from navbook.indicators.month_index import days_after, index_of, month_of
from navbook.indicators.settings import SETTINGS
from navbook.indicators.states import States
from navbook.indicators.tally import tally

_GRADED_TYPE = "ORDINAER"
_FULL = 100

GRADERT_12U = Indicator(
    id="gradert_12u",
    navn="Andel med gradert sykmelding ved passering av 12 uker",
    kortnavn="Gradert sykmelding ved 12 uker",
    familie="gradert_12u",
    type="andel",
    lag=1,
    vindu=Window(
        fom=Edge(anker="forste_dag", dager=-SETTINGS.gradert_dager - SETTINGS.sykmelding_hull - 1),
        tom=Edge(),
        tekst="f(m)-101 til d(m)",
    ),
    grupper=(Group(id="alle", navn="Alle"),),
    populasjon=(
        "Personer som er sykmeldt fra en arbeidsgiver, og som når dag 84 i sykefraværstilfellet i måneden og "
        "fortsatt er sykmeldt."
    ),
    teller="De i nevneren som har en ordinær sykmelding med grad under 100 prosent den dagen.",
    nevner="Alle sykefraværstilfeller som passerer 12 uker i måneden.",
    dato="84 kalenderdager etter tilfellets første dag. Måneden er den som dagen faller i.",
    register="Sykmeldinger.",
    merkelapp="PROPOSED",
    kilde=(
        "Regelen er bokens egen: det finnes ingen åpen definisjon. Den bygger på folketrygdloven § 8-13 og "
        "NAVs statistikk over sykefravær."
    ),
    valg=(
        "Sykmeldinger med inntil 16 dager imellom (arbeidsgiverperioden) er samme tilfelle.",
        "Tilfellet følger personen. Har personen flere sykmeldinger den dagen, gjelder den laveste graden.",
        "Avventende sykmelding, behandlingsdager og reisetilskudd er ikke gradert.",
        "Kontoret er det som sykmeldingen den dagen er knyttet til: der personen bor.",
    ),
    maler_ikke=(
        "Om den sykmeldte har vært gradert tidligere eller blir det senere.",
        "Selvstendig næringsdrivende og sykmeldte uten arbeidsgiver.",
        "NAV-kontorets innsats alene: grad settes av legen, og arbeidsgiveren må legge til rette.",
    ),
    tabeller=("sykmelding",),
    innstillinger={
        "gradert_dager": SETTINGS.gradert_dager,
        "sykmelding_hull": SETTINGS.sykmelding_hull,
    },
)


def passeringer(states: States, first: str, last: str) -> ir.Table:
    """Cases that pass 12 weeks in the months from `first` to `last`: office, month `m` and `gradert`."""
    rows = states.known(states.extract.table("sykmelding"))
    rows = rows.filter(rows.arbeidsgiver)
    lowered = (rows.type == _GRADED_TYPE) & (rows.grad < _FULL)
    rows = rows.select("person_id", "enhetsnr", "fom", "tom", gradert=lowered.fill_null(False))
    spells = with_spell(rows, SETTINGS.sykmelding_hull)
    spells = spells.mutate(dag=days_after(spells.start, SETTINGS.gradert_dager))
    covering = spells.filter(spells.fom <= spells.dag, spells.tom >= spells.dag)
    covering = covering.mutate(m=month_of(covering.dag))
    covering = covering.filter(covering.m.between(index_of(first), index_of(last)))
    case = ibis.window(group_by=["person_id", "start"])
    newest = ibis.window(
        group_by=["person_id", "start"], order_by=[ibis.desc(covering.fom), ibis.desc(covering.enhetsnr)]
    )
    covering = covering.mutate(
        gradert=covering.gradert.max().over(case), plass=ibis.row_number().over(newest)
    )
    return covering.filter(covering.plass == 0).select("person_id", "enhetsnr", "m", "gradert")


def count(states: States, first: str, last: str) -> pd.DataFrame:
    """x and n for months from `first` to `last`."""
    rows = passeringer(states, first, last)
    series = ("gradert_12u", "alle")
    return tally(rows, x={series: rows.gradert}, n={series: rows.person_id.notnull()})


FAMILY = Family(
    id="gradert_12u", navn="Gradert sykmelding ved 12 uker", indikatorer=(GRADERT_12U,), query=count
)
