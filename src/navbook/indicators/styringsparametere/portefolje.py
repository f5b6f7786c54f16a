"""Porteføljen: the number of persons under oppfølging, by group."""

import ibis

from navbook.extract.codes import innsatsgrupper
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Sammenheng, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import by_month, within
from navbook.indicators.states.states import States

INNSATSGRUPPER = ("IKVAL", "BFORM", "BATT", "VARIG")
LANGTID_WINDOW = Window(
    fom=Edge(dager=1 - SETTINGS.langtid_dager - SETTINGS.langtid_hull), tom=Edge(), tekst="d(m)-195 til d(m)"
)


# groups that offices do not have, and why
IKKE_FOR_KONTOR = {
    "VARIG": "De fleste kontorer har få med varig tilpasset innsats. Tallet ville tvunget oss til å skjule "
    "større grupper.",
    "arbeidssoker": "Det som er igjen av alle når arbeidssøkere og nedsatt arbeidsevne er trukket fra, er så "
    "få at gruppene ellers måtte skjules ved de fleste kontorer.",
}


def _part(id: str, navn: str, avgrensning: str, vindu: Window | None = None) -> Group:
    return Group(
        id=id,
        navn=navn,
        avgrensning=avgrensning,
        delmengde_av="alle",
        vindu=vindu,
        ikke_for={"kontor": IKKE_FOR_KONTOR[id]} if id in IKKE_FOR_KONTOR else {},
    )


PORTEFOLJE = Indicator(
    id="portefolje",
    navn="Brukere under oppfølging",
    kortnavn="Porteføljen",
    familie="portefolje",
    type="antall",
    beholdning=True,
    lag=0,
    vindu=Window(fom=Edge(anker="forste_dag"), tom=Edge(), tekst="f(m) til d(m)"),
    grupper=(
        Group(id="alle", navn="Alle"),
        *(_part(kode, innsatsgrupper()[kode], "Med dette § 14 a-vedtaket.") for kode in INNSATSGRUPPER),
        _part("under30", "Under 30 år", "29 år eller yngre siste dag i måneden."),
        _part(
            "landgruppe3",
            "Født utenfor EØS (landgruppe 3)",
            "Født i et land i landgruppe 3; ukjent fødeland er ikke med.",
        ),
        _part(
            "langtid",
            "Langtidsarbeidssøkere",
            "Arbeidssøkere i minst 182 dager sammenhengende; opphold på inntil 14 dager bryter ikke.",
            LANGTID_WINDOW,
        ),
        _part("AAP", "Mottar AAP", "Med et AAP-vedtak som dekker siste dag i måneden."),
        _part("arbeidssoker", "Arbeidssøkere", "Arbeidssøkere uten nedsatt arbeidsevne."),
        _part("nedsatt", "Nedsatt arbeidsevne", "Spesielt eller varig tilpasset innsats, eller AAP."),
    ),
    populasjon="Personer under oppfølging siste dag i måneden, bosatt i Norge.",
    teller="Antall personer i gruppen. Gruppene overlapper og kan ikke legges sammen.",
    nevner="Ingen: dette er et antall.",
    dato="Siste dag i måneden.",
    register="Oppfølging, person (alder, fødeland, bosted) og ytelse (AAP).",
    merkelapp="PROPOSED",
    kilde="Statusene følger NAVs statistikk over arbeidssøkere og nedsatt arbeidsevne. Gruppene er våre.",
    valg=(
        "Den som er registrert ved to kontorer, telles ved kontoret med den nyeste perioden.",
        "Nedsatt arbeidsevne går foran arbeidssøker.",
        "Jobb ved siden av og arbeidssøkerstatus bryter ikke tiden som langtidsarbeidssøker.",
    ),
    maler_ikke=("Hvor mye oppfølging hver bruker trenger eller får.",),
    tabeller=("person", "oppfolging", "ytelse"),
    par=("ota_arbs", "ota_nedsatt"),
    utenfor_styringsparametrene=True,
    sammenhenger=(
        Sammenheng(helhet=("alle",), deler=("arbeidssoker", "nedsatt")),
        Sammenheng(helhet=("alle",), deler=INNSATSGRUPPER),
        Sammenheng(helhet=("nedsatt",), deler=("BATT", "VARIG"), rest="bare_AAP"),
        Sammenheng(helhet=("AAP",), deler=("bare_AAP",)),
        Sammenheng(helhet=("nedsatt",), deler=("AAP",)),
        Sammenheng(helhet=("arbeidssoker",), deler=("langtid",)),
    ),
    innstillinger={
        "ung_til_og_med": SETTINGS.ung_til_og_med,
        "langtid_dager": SETTINGS.langtid_dager,
        "langtid_hull": SETTINGS.langtid_hull,
    },
)


def count(states: States, first: str, last: str) -> Counts:
    """x of every group for months from `first` to `last`; n is missing."""
    marks = states.personer.select("person_id", "fyller_ung")
    stays = states.with_landgruppe(states.maneder_under_oppfolging.inner_join(marks, "person_id"))
    rows = by_month(within(stays, first, last))
    groups = {
        "alle": rows.person_id.notnull(),
        **{kode: rows.innsatsgruppe == kode for kode in INNSATSGRUPPER},
        "under30": rows.m < rows.fyller_ung,
        "landgruppe3": rows.landgruppe3,
        "AAP": rows.aap,
        "arbeidssoker": rows.arbeidssoker,
        "nedsatt": rows.nedsatt,
    }
    long_term = by_month(within(states.langtid, first, last))
    series: dict[SeriesKey, ibis.expr.types.BooleanValue] = {
        ("portefolje", gruppe): mask for gruppe, mask in groups.items()
    }
    langtid = tally(long_term, x={("portefolje", "langtid"): long_term.person_id.notnull()})
    return tally(rows, x=series) + langtid


FAMILY = Family(id="portefolje", navn="Porteføljen", indikatorer=(PORTEFOLJE,), query=count)
