"""Sykmeldte uten arbeidsgiver: the share with a § 14 a decision when the case passes 12 weeks."""

from navbook.extract.codes import innsatsgrupper
from navbook.indicators.andre_mal import ALLE, NOTATBOK, UNDER_30
from navbook.indicators.definition.declaration import Indicator
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.follow_up_office import follow_up_office
from navbook.indicators.states.sick_leave_cases import passert, tilfeller, window_of_passing
from navbook.indicators.states.states import States

F05_AVKLART_12U = Indicator(
    id="f05_avklart_12u",
    navn="Andel sykmeldte uten arbeidsgiver med oppfølgingsbehovet avklart innen 12 uker",
    kortnavn="Uten arbeidsgiver, avklart ved 12 uker",
    familie="f05_avklart_12u",
    type="andel",
    lag=1,
    vindu=window_of_passing(SETTINGS.avklart_dager),
    grupper=(
        ALLE,
        UNDER_30,
    ),
    populasjon=(
        "Sykefraværstilfeller uten arbeidsgiver som når dag 84 i måneden, der personen fortsatt er sykmeldt."
    ),
    teller=(
        "De i nevneren som den dagen er under oppfølging med et § 14 a-vedtak: standard, situasjonsbestemt, "
        "spesielt tilpasset eller varig tilpasset innsats."
    ),
    nevner="Alle sykefraværstilfeller uten arbeidsgiver som passerer 12 uker i måneden.",
    dato="84 kalenderdager etter tilfellets første dag. Måneden er den som dagen faller i.",
    register="Sykmeldinger, oppfølging (§ 14 a-vedtak), person (alder, bosted) og ytelse (AAP).",
    merkelapp="PROPOSED",
    kilde=(
        "Brevet ber om at sykmeldte uten arbeidsgiver får avklart sitt oppfølgingsbehov innen 12 "
        "uker, med unge under 30 som egen gruppe. Hva som er avklart, står ikke der: regelen er bokens egen."
    ),
    valg=(
        "Et § 14 a-vedtak er det nærmeste uttrekket har til en avklaring av oppfølgingsbehovet.",
        "Gruppene for sykmeldte som ikke er vurdert (VURDU, VURDI, OPPFI, BKART, IVURD), er ikke avklart.",
        "Vedtaket må gjelde dag 84. Et vedtak som tok slutt før det, teller ikke.",
        "Sykmeldinger med inntil 16 dager imellom er samme tilfelle, som for gradert_12u.",
        "Kontoret er det som sykmeldingen den dagen er knyttet til, også om et annet kontor følger opp.",
    ),
    maler_ikke=(
        "Avklaringer som ikke ender i et vedtak, for eksempel når personen snart er frisk.",
        "Hvor god avklaringen var, eller hva den førte til.",
        "Hvor mye tidligere enn 12 uker avklaringen kom.",
    ),
    tabeller=("person", "oppfolging", "ytelse", "sykmelding"),
    par=("aap_26u",),
    utenfor_styringsparametrene=True,
    perioder="hele",
    innstillinger={
        "avklart_dager": SETTINGS.avklart_dager,
        "sykmelding_hull": SETTINGS.sykmelding_hull,
        "ung_til_og_med": SETTINGS.ung_til_og_med,
    },
)


def count(states: States, first: str, last: str) -> Counts:
    """x and n of both groups for months from `first` to `last`."""
    passed = passert(tilfeller(states, arbeidsgiver=False), SETTINGS.avklart_dager, first, last)
    decided = follow_up_office(states, passed.select("person_id", "start", "dag"))
    decided = decided.filter(decided.innsatsgruppe.isin(sorted(innsatsgrupper())))
    rows = passed.left_join(
        decided.select("person_id", "start", vedtak="innsatsgruppe"), ["person_id", "start"]
    )
    rows = rows.inner_join(states.personer.select("person_id", "fyller_ung"), "person_id")
    clarified = rows.vedtak.notnull()
    series = {
        (F05_AVKLART_12U.id, "alle"): rows.dag.notnull(),
        (F05_AVKLART_12U.id, "under30"): rows.m < rows.fyller_ung,
    }
    return tally(rows, x={key: mask & clarified for key, mask in series.items()}, n=series)


FAMILY = Family(
    id="f05_avklart_12u",
    navn="Sykmeldte uten arbeidsgiver",
    indikatorer=(F05_AVKLART_12U,),
    query=count,
    notatbok=NOTATBOK,
)
