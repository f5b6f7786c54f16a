"""Sykefravær among NAV's own staff: dagsverk lost of dagsverk agreed, per office and month."""

from navbook.indicators.definition.declaration import Edge, Group, Indicator, Sammenheng, Window
from navbook.indicators.definition.tally import Counts, Tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import index_of, index_of_text
from navbook.indicators.states.states import States

SYKEFRAVAER_ETAT = Indicator(
    id="sykefravaer_etat",
    navn="Sum egenmeldt og legemeldt sykefravær",
    kortnavn="Sykefravær i NAV",
    familie="sykefravaer_etat",
    type="andel",
    sammenhenger=(Sammenheng(helhet=("sum",), deler=("egenmeldt:x", "legemeldt:x"), rest=None),),
    polaritet=-1,
    maleenhet="dagsverk",
    lag=1,
    vindu=Window(fom=Edge(anker="forste_dag"), tom=Edge(), tekst="f(m) til d(m)"),
    grupper=(
        Group(id="sum", navn="Egenmeldt og legemeldt"),
        Group(
            id="egenmeldt",
            navn="Egenmeldt",
            avgrensning="Bare dagsverk med egenmelding.",
            delmengde_av="sum",
            deler_n_med="sum",
            bare_sammen_med="legemeldt",
        ),
        Group(
            id="legemeldt",
            navn="Legemeldt",
            avgrensning="Bare dagsverk med sykmelding.",
            delmengde_av="sum",
            deler_n_med="sum",
            bare_sammen_med="egenmeldt",
        ),
    ),
    populasjon="De statlig ansatte ved enheten.",
    teller="Dagsverk tapt ved eget sykefravær, både med egenmelding og med sykmelding.",
    nevner="Avtalte dagsverk.",
    dato="Hele måneden. En periode er sum tapte dagsverk delt på sum avtalte dagsverk.",
    register="Fravær blant ansatte, slik enheten har meldt det per måned.",
    merkelapp="OFFICIAL",
    kilde=(
        "https://www.nav.no/no/nav-og-samfunn/statistikk/sykefravar-statistikk/relatert-informasjon/"
        "om-statistikken-sykefravaer/4.begreper-kjennemerker-og-grupperinger"
    ),
    valg=(
        "Et kontor uten rad for en måned i uttrekkets periode har 0 av 0 dagsverk.",
        "Gjennomsnittet for året veies med avtalte dagsverk, ikke med kontorer eller måneder.",
    ),
    maler_ikke=(
        "Hvorfor noen er syke, eller om fraværet har med arbeidet å gjøre.",
        "Fraværet blant kommunalt ansatte ved kontoret, med mindre uttrekket har dem med.",
        "Om et lite kontor skiller seg ut: én langtidssykmeldt kan utgjøre flere prosentpoeng.",
    ),
    tabeller=("fravaer_ansatte",),
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n in dagsverk of every group for months from `first` to `last`."""
    rows = states.extract.table("fravaer_ansatte")
    rows = rows.mutate(m=index_of_text(rows.maned))
    rows = rows.filter(rows.m.between(index_of(first), index_of(last)))
    own, doctors = rows.egenmeldt_dagsverk.fill_null(0.0), rows.legemeldt_dagsverk.fill_null(0.0)
    sums = {
        "sum": (own + doctors).sum(),
        "egenmeldt": own.sum(),
        "legemeldt": doctors.sum(),
        "avtalt": rows.avtalte_dagsverk.fill_null(0.0).sum(),
    }
    wide = rows.group_by("enhetsnr", "m").aggregate(**sums)
    groups = [group.id for group in SYKEFRAVAER_ETAT.grupper]
    return [Tally(wide, {("sykefravaer_etat", gruppe): {"x": gruppe, "n": "avtalt"} for gruppe in groups})]


FAMILY = Family(id="sykefravaer_etat", navn="Sykefravær i NAV", indikatorer=(SYKEFRAVAER_ETAT,), query=count)
