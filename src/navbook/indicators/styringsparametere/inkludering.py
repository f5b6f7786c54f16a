"""Inkludering: the share of NAV's permanent hires who are in the target group of inkluderingsdugnaden."""

from navbook.indicators.definition.declaration import Edge, Group, Indicator, Window
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import index_of, month_of
from navbook.indicators.states.states import States

INKLUDERING = Indicator(
    id="inkludering",
    navn="Andel nyrekrutterte til fast stilling med nedsatt funksjonsevne eller hull i CV",
    kortnavn="Nyansatte i målgruppen",
    familie="inkludering",
    type="andel",
    lag=0,
    vindu=Window(fom=Edge(anker="forste_dag"), tom=Edge(), tekst="f(m) til d(m)"),
    grupper=(Group(id="alle", navn="Alle"),),
    populasjon="Nyansatte i fast stilling i NAV.",
    teller="De i nevneren som har nedsatt funksjonsevne eller hull i CV-en.",
    nevner="Alle ansettelser i fast stilling i måneden.",
    dato="Måneden for første arbeidsdag.",
    register="Nyansettelser, slik enheten har meldt dem.",
    merkelapp="OFFICIAL",
    kilde=(
        "https://arbeidsgiver.dfo.no/strategisk-hr/inkluderingsdugnaden/rapportering-i-arsrapporten/"
        "dette-skal-du-rapportere. Avgrensningen til fast stilling er brevets."
    ),
    valg=(
        "Bare faste stillinger teller, for det er det brevet spør om. DFØs tall har også med midlertidige.",
        "Den som både har nedsatt funksjonsevne og hull i CV-en, telles én gang.",
    ),
    maler_ikke=(
        "Hvor mange i målgruppen som søkte.",
        "Hvor lenge de nyansatte blir.",
        "Kontorene hver for seg: tallene er for små, så bare summene for fylkene og for alle samlet vises.",
    ),
    tabeller=("nyansettelse",),
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n for months from `first` to `last`."""
    rows = states.extract.table("nyansettelse")
    rows = rows.mutate(m=month_of(rows.dato))
    rows = rows.filter(rows.fast, rows.m.between(index_of(first), index_of(last)))
    series = ("inkludering", "alle")
    return tally(rows, x={series: rows.i_malgruppe}, n={series: rows.fast})


FAMILY = Family(id="inkludering", navn="Nyansatte i målgruppen", indikatorer=(INKLUDERING,), query=count)
