"""Aktivitetskravet: the share of sick-leave cases with an assessment when they pass 8 weeks."""

from navbook.indicators.andre_mal import NOTATBOK
from navbook.indicators.definition.declaration import Group, Indicator, Sammenheng
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.sick_leave_cases import passert, tilfeller, window_of_passing
from navbook.indicators.states.states import States

MED, UTEN = "med_arbeidsgiver", "uten_arbeidsgiver"

F02_AKTIVITETSKRAV_8U = Indicator(
    id="f02_aktivitetskrav_8u",
    navn="Andel sykmeldte med aktivitetskravet vurdert ved 8 uker",
    kortnavn="Aktivitetskrav vurdert ved 8 uker",
    familie="f02_aktivitetskrav_8u",
    type="andel",
    lag=1,
    vindu=window_of_passing(SETTINGS.aktivitetskrav_dager),
    grupper=(
        Group(id=MED, navn="Sykmeldte med arbeidsgiver", avgrensning="Sykmeldinger fra en arbeidsgiver."),
        Group(
            id=UTEN, navn="Sykmeldte uten arbeidsgiver", avgrensning="Sykmeldinger uten noen arbeidsgiver."
        ),
    ),
    populasjon=(
        "Sykefraværstilfeller som når dag 56 i måneden, der personen fortsatt er sykmeldt. Sykmeldinger med "
        "og uten arbeidsgiver er hver sine tilfeller."
    ),
    teller=(
        "De i nevneren der kravet er vurdert for en av tilfellets sykmeldinger, senest den dagen tilfellet "
        "passerer åtte uker."
    ),
    nevner="Alle sykefraværstilfeller som passerer åtte uker i måneden.",
    dato="56 kalenderdager etter tilfellets første dag. Måneden er den som dagen faller i.",
    register="Sykmeldinger og vurderinger av aktivitetskravet.",
    merkelapp="PROPOSED",
    kilde=(
        "Brevet ber om at aktivitetskravet vurderes ved 8 uker. Regelen er bokens egen; NAVs åpne kode "
        "(navikt/dvh-sykefravar-dmx) regner også 56 kalenderdager fra tilfellets første dag."
    ),
    valg=(
        "Åtte uker er 56 kalenderdager. En vurdering på selve dagen er i tide, dagen etter er for sent.",
        "Sykmeldinger med inntil 16 dager imellom er samme tilfelle, som for gradert_12u.",
        "Har en person tilfeller både med og uten arbeidsgiver, telles de hver for seg.",
        "Kontoret er det som sykmeldingen den dagen er knyttet til: der personen bor.",
    ),
    maler_ikke=(
        "Hva vurderingen gikk ut på, eller om den sykmeldte kom i aktivitet.",
        "Vurderinger senere i sykefraværet, selv om kravet gjelder hele tiden.",
        "Kontorets egen saksbehandling alene: oppgaver i sykefravær er delt med NAV Arbeid og ytelser.",
    ),
    tabeller=("sykmelding", "aktivitetskrav"),
    par=("gradert_12u",),
    # a case with an employer that passes eight weeks is one of the curve, too
    sammenhenger=(Sammenheng(helhet=("g16_gradert_kurve/uke8:n",), deler=(f"{MED}:n",), rest=None),),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger={
        "aktivitetskrav_dager": SETTINGS.aktivitetskrav_dager,
        "sykmelding_hull": SETTINGS.sykmelding_hull,
    },
)


def _counted(states: States, gruppe: str, first: str, last: str) -> Counts:
    cases = tilfeller(states, arbeidsgiver=gruppe == MED)
    passed = passert(cases, SETTINGS.aktivitetskrav_dager, first, last)
    assessed = states.extract.table("aktivitetskrav").filter(lambda row: row.vurdert.notnull())
    assessed = cases.inner_join(assessed, "sykmelding_id")
    earliest = assessed.group_by("person_id", "start").aggregate(vurdert=assessed.vurdert.min())
    rows = passed.left_join(earliest, ["person_id", "start"])
    series = (F02_AKTIVITETSKRAV_8U.id, gruppe)
    return tally(rows, x={series: rows.vurdert <= rows.dag}, n={series: rows.dag.notnull()})


def count(states: States, first: str, last: str) -> Counts:
    """x and n of both groups for months from `first` to `last`."""
    return _counted(states, MED, first, last) + _counted(states, UTEN, first, last)


FAMILY = Family(
    id="f02_aktivitetskrav_8u",
    navn="Aktivitetskravet ved 8 uker",
    indikatorer=(F02_AKTIVITETSKRAV_8U,),
    query=count,
    notatbok=NOTATBOK,
)
