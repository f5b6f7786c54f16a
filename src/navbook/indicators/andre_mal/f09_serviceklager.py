"""Serviceklager: how many came, and how many of them were handled within three weeks."""

from navbook.indicators.andre_mal import ALLE, HELE_MANEDEN, NOTATBOK
from navbook.indicators.definition.declaration import Edge, Indicator, Sammenheng, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import days_after, index_of, month_of
from navbook.indicators.states.states import States

_LIKE = "Rader i uttrekket som er like i alle kolonner, er én klage."

F09_SERVICEKLAGER_FRIST = Indicator(
    id="f09_serviceklager_frist",
    navn="Andel serviceklager behandlet innen tre uker",
    kortnavn="Serviceklager behandlet i tide",
    familie="f09_serviceklager",
    type="andel",
    lag=1,
    vindu=Window(
        fom=Edge(anker="forste_dag"), tom=Edge(dager=SETTINGS.klage_dager), tekst="f(m) til d(m)+21"
    ),
    grupper=(ALLE,),
    populasjon="Serviceklager som kontoret mottok i måneden.",
    teller="De i nevneren som var behandlet senest 21 dager etter at de kom.",
    nevner="Alle serviceklager mottatt i måneden, også de som ikke er behandlet.",
    dato="Dagen klagen kom.",
    register="Serviceklager.",
    merkelapp="PROPOSED",
    kilde=("Brevet setter en frist på tre uker. Hva den regnes fra, står ikke der: regelen er bokens egen."),
    valg=(
        "Tre uker er 21 kalenderdager etter dagen klagen kom: dag 21 er i tide, dag 22 er for sent.",
        "Måneden er den klagen kom i, ikke den den ble behandlet i.",
        _LIKE,
    ),
    maler_ikke=(
        "Om klageren fikk medhold, eller om svaret var godt.",
        "Klager på vedtak: de er ikke serviceklager.",
        "Misnøye som ingen har klaget på.",
    ),
    tabeller=("serviceklage",),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger={"klage_dager": SETTINGS.klage_dager},
)
F10_SERVICEKLAGER = Indicator(
    id="f10_serviceklager",
    navn="Antall serviceklager",
    kortnavn="Serviceklager",
    familie="f09_serviceklager",
    type="antall",
    polaritet=-1,
    lag=0,
    vindu=HELE_MANEDEN,
    grupper=(ALLE,),
    populasjon="Serviceklager på kontoret.",
    teller="Antall serviceklager mottatt i måneden.",
    nevner="Ingen: dette er et antall.",
    dato="Dagen klagen kom.",
    register="Serviceklager.",
    merkelapp="PROPOSED",
    kilde=("Brevet ber ledere om å kjenne utviklingen i antall klager og hva klagene gjelder."),
    valg=(
        "Temaet er fri tekst i uttrekket, og delt på tema blir tallene for små til å vises.",
        _LIKE,
    ),
    maler_ikke=(
        "Hva klagene handler om.",
        "Hvor fornøyde brukerne er: flere klager kan bety at det er blitt lettere å klage.",
        "Kontorets størrelse: se antallet sammen med porteføljen.",
    ),
    tabeller=("serviceklage",),
    par=("portefolje",),
    sammenhenger=(Sammenheng(helhet=("alle",), deler=(f"{F09_SERVICEKLAGER_FRIST.id}/alle:n",), rest=None),),
    utenfor_styringsparametrene=True,
    perioder="hele",
)


def count(states: States, first: str, last: str) -> Counts:
    """The number of complaints, and x and n of the deadline, for months from `first` to `last`."""
    rows = states.extract.table("serviceklage")
    rows = rows.mutate(m=month_of(rows.mottatt))
    rows = rows.filter(rows.m.between(index_of(first), index_of(last)))
    received = rows.mottatt.notnull()
    in_time = rows.behandlet <= days_after(rows.mottatt, SETTINGS.klage_dager)
    deadline, number = (F09_SERVICEKLAGER_FRIST.id, "alle"), (F10_SERVICEKLAGER.id, "alle")
    return tally(rows, x={deadline: in_time, number: received}, n={deadline: received, number: received})


FAMILY = Family(
    id="f09_serviceklager",
    navn="Serviceklager",
    indikatorer=(F09_SERVICEKLAGER_FRIST, F10_SERVICEKLAGER),
    query=count,
    notatbok=NOTATBOK,
)
