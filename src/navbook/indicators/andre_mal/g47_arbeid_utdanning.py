"""Arbeid eller utdanning: the share in work or education six months after leaving."""

import ibis.expr.types as ir

from navbook.extract.codes import tiltak_med_utdanning
from navbook.indicators.andre_mal import NOTATBOK
from navbook.indicators.definition.declaration import Group, Indicator, Sammenheng
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import month_ranges
from navbook.indicators.states.states import States
from navbook.indicators.styringsparametere.overgang_til_arbeid import OTA_NEDSATT, OTA_U30, avganger

_TYPE = "UTDANNINGSAKTIVITET"

G47_ARBEID_UTDANNING = Indicator(
    id="g47_arbeid_utdanning",
    navn="Andel i arbeid eller utdanning seks måneder etter avgang",
    kortnavn="Til arbeid eller utdanning",
    familie="g47_arbeid_utdanning",
    type="andel",
    lag=OTA_U30.lag,
    vindu=OTA_U30.vindu,
    grupper=(
        Group(
            id="under30",
            navn="Unge under 30 år",
            avgrensning="20–29 år i avgangsmåneden.",
            delmengde_av="alle",
        ),
        Group(
            id="alle",
            navn="Alle",
            avgrensning="Avgang fra arbeidssøker og fra nedsatt arbeidsevne samlet.",
        ),
    ),
    populasjon="Arbeidssøkere og personer med nedsatt arbeidsevne, 20–66 år, bosatt i Norge.",
    teller=(
        "De i nevneren som er i arbeid, har en utdanningsaktivitet eller er i et utdanningstiltak den siste "
        "dagen i måneden seks måneder etter avgangsmåneden."
    ),
    nevner=OTA_U30.nevner,
    dato=OTA_U30.dato,
    register=f"{OTA_U30.register[:-1]}, aktivitet og tiltak.",
    merkelapp="UNSURE",
    kilde=(
        "Brevet: «med høy overgang til arbeid eller utdanning». Styringsparameteren teller bare arbeid. Hva "
        "utdanning er, står ikke der: uttrekket har ikke Lånekassen eller skolene, og boken bruker det "
        "oppfølgingen har registrert."
    ),
    valg=(
        "Avgang, alder og arbeid er som i ota_nedsatt og de andre tallene for overgang til arbeid.",
        "Utdanning er en utdanningsaktivitet som gjennomføres eller er fullført og dekker dagen, eller et "
        "tiltak med formell utdanning. Kurs (AMO) er ikke utdanning her.",
        "Den som både er i arbeid og i utdanning, telles én gang.",
    ),
    maler_ikke=(
        "Utdanning som ikke er registrert hos NAV. For dem som har gått ut, er det det meste.",
        "Om utdanningen fullføres.",
        "Om kontorets arbeid er årsaken til overgangen.",
    ),
    tabeller=(*OTA_NEDSATT.tabeller, "aktivitet", "tiltak"),
    sammenhenger=(
        Sammenheng(helhet=("ota_u30/alle:n",), deler=("under30:n",), rest=None),
        Sammenheng(helhet=("ota_arbs/alle:n", "ota_nedsatt/alle:n"), deler=("alle:n",), rest=None),
        # whoever leaves had one of the two statuses on the last day of the month
        Sammenheng(helhet=("portefolje/arbeidssoker", "portefolje/nedsatt"), deler=("alle:n",)),
        Sammenheng(helhet=("under30:x",), deler=("ota_u30/alle:x",)),
        Sammenheng(helhet=("alle:x",), deler=("ota_arbs/alle:x", "ota_nedsatt/alle:x")),
    ),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger=OTA_U30.innstillinger,
)


def i_utdanning(states: States) -> ir.Table:
    """Ranges of months in education on the counting date, by an activity or a tiltak; some may overlap."""
    activities = states.extract.table("aktivitet")
    activities = activities.filter(
        activities.type == _TYPE, activities.status.isin(("GJENNOMFORES", "FULLFORT"))
    )
    measures = states.deltakelser
    measures = measures.filter(measures.tiltakskode.isin(sorted(tiltak_med_utdanning())))
    days = states.within_cover(activities).select("person_id", "fom", "tom")
    return month_ranges(days.union(measures.select("person_id", "fom", "tom")))


def count(states: States, first: str, last: str) -> Counts:
    """x and n of both groups for months from `first` to `last`."""
    rows = avganger(states, first, last)
    after = rows.m + SETTINGS.maneder_til_utfall
    study = i_utdanning(states).select("person_id", u_fra="fra", u_til="til")
    studying = rows.semi_join(study, ["person_id", study.u_fra <= after, study.u_til >= after])
    succeeded = rows.filter(rows.arbeid).union(studying.filter(~studying.arbeid))
    return tally(succeeded, x=_by_group(succeeded)) + tally(rows, n=_by_group(rows))


def _by_group(rows: ir.Table) -> dict[SeriesKey, ir.BooleanValue]:
    return {
        (G47_ARBEID_UTDANNING.id, "alle"): rows.person_id.notnull(),
        (G47_ARBEID_UTDANNING.id, "under30"): rows.m < rows.fyller_ung,
    }


FAMILY = Family(
    id="g47_arbeid_utdanning",
    navn="Arbeid eller utdanning",
    indikatorer=(G47_ARBEID_UTDANNING,),
    query=count,
    notatbok=NOTATBOK,
)
