"""From AAP to uføretrygd: of those whose AAP ends, how many get uføretrygd within 30 days."""

import ibis.expr.types as ir

from navbook.indicators.andre_mal import NOTATBOK
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.follow_up_office import follow_up_office
from navbook.indicators.states.intervals import merged
from navbook.indicators.states.months import days_after, index_of, month_of
from navbook.indicators.states.states import States

_DAGER = SETTINGS.ufor_innen_dager

G03_AAP_TIL_UFOR = Indicator(
    id="g03_aap_til_ufor",
    navn="Andel av dem som slutter med AAP, som går over til uføretrygd",
    kortnavn="Fra AAP til uføretrygd",
    familie="g03_aap_til_ufor",
    type="andel",
    polaritet=-1,
    lag=2,
    vindu=Window(fom=Edge(anker="forste_dag"), tom=Edge(dager=_DAGER), tekst=f"f(m) til d(m)+{_DAGER}"),
    grupper=(
        Group(
            id="alle",
            navn="Alle",
            # one office has few of them in a year, and each would be a small number of a health matter
            ikke_for={"kontor": "Få slutter med AAP ved ett kontor, og enda færre får uføretrygd."},
        ),
    ),
    populasjon=(
        "AAP-forløp som tar slutt i måneden, for personer som er under oppfølging den siste dagen med AAP og "
        f"bor i Norge {_DAGER} dager etter."
    ),
    teller=f"De i nevneren som får uføretrygd minst én av de {_DAGER} dagene etter.",
    nevner="Alle i populasjonen. Antallet er like viktig som andelen.",
    dato="Den siste dagen med AAP.",
    register="Ytelse (AAP og uføretrygd), oppfølging og person (bosted).",
    merkelapp="PROPOSED",
    kilde=(
        "Noen brev vil redusere overgangen til uføretrygd for dem som når lengste varighet på AAP. Uttrekket "
        "kjenner ikke den lengste varigheten: regelen er bokens egen og gjelder alle som slutter."
    ),
    valg=(
        "Et forløp slutter når det går mer enn 14 dager uten AAP, som for aap_26u.",
        "All uføretrygd teller, også gradert, og også den som begynte før AAP tok slutt.",
        "Kontoret er det som følger opp den siste dagen med AAP. Andre telles ikke.",
        "Den som dør eller flytter til utlandet i løpet av de 30 dagene, er ikke med.",
    ),
    maler_ikke=(
        "Om uføretrygd var det rette. For noen er den det.",
        "Dem som får uføretrygd senere, etter en tid uten ytelse.",
        "Om den lengste perioden med AAP var brukt opp.",
    ),
    tabeller=("person", "oppfolging", "ytelse"),
    par=("aap_26u",),
    utenfor_styringsparametrene=True,
    # a change from AAP is rare and slow: months would be small numbers and cost protection, and say nothing
    perioder="uten_maneder",
    innstillinger={"ufor_innen_dager": _DAGER, "aap_hull": SETTINGS.aap_hull},
)


def slutt_pa_aap(states: States, first: str, last: str) -> ir.Table:
    """The AAP spells that end in the months from `first` to `last`: person_id, enhetsnr, m, `ufor`."""
    spells = merged(states.aap, SETTINGS.aap_hull)
    ends = spells.select("person_id", dag=spells.tom, m=month_of(spells.tom))
    ends = ends.filter(ends.m.between(index_of(first), index_of(last)))
    ends = follow_up_office(states, ends).select("person_id", "enhetsnr", "dag", "m")
    lives = states.personer.select("person_id", "siste_dag")
    ends = ends.inner_join(lives, "person_id")
    ends = ends.filter(ends.siste_dag >= days_after(ends.dag, _DAGER)).drop("siste_dag")
    rows = states.extract.rows("ytelse")
    rows = rows.filter(rows.ytelse == "UFO").select("person_id", "fom", "tom")
    rows = states.within_cover(rows).rename(hvem="person_id")
    met = ends.left_join(
        rows,
        [
            ends.person_id == rows.hvem,
            rows.fom <= days_after(ends.dag, _DAGER),
            rows.tom >= days_after(ends.dag, 1),
        ],
    )
    return met.group_by("person_id", "enhetsnr", "dag", "m").aggregate(ufor=met.hvem.notnull().any())


def count(states: States, first: str, last: str) -> Counts:
    """x and n for months from `first` to `last`."""
    ends = slutt_pa_aap(states, first, last)
    series = (G03_AAP_TIL_UFOR.id, "alle")
    return tally(ends, x={series: ends.ufor}, n={series: ends.dag.notnull()})


FAMILY = Family(
    id="g03_aap_til_ufor",
    navn="Fra AAP til uføretrygd",
    indikatorer=(G03_AAP_TIL_UFOR,),
    query=count,
    notatbok=NOTATBOK,
)
