"""IPS and jobbklubb: the number of participants by tiltakskode."""

from collections.abc import Mapping
from typing import Literal

import ibis.expr.types as ir

from navbook.indicators.andre_mal import HELE_MANEDEN, NOTATBOK
from navbook.indicators.definition.declaration import Group, Indicator, Sammenheng
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import month_ranges, within
from navbook.indicators.states.overlap import shared_months
from navbook.indicators.states.states import States

# what the codes of a group are; older codes of the same measure stand beside the one in use
IPS = {"INDJOBSTOT": ("INDJOBSTOT",), "IPSUNG": ("IPSUNG",)}
JOBBKLUBB = {"DIGIOPPARB": ("DIGIOPPARB",), "JOBBK": ("JOBBK", "JOBBBONUS")}
_BARE_FYLKE: dict[Literal["kontor", "fylke"], str] = {
    "kontor": "Få deltar ved ett kontor. Tallene ville tvunget oss til å skjule flere av de andre."
}


def _group(id: str, navn: str, avgrensning: str) -> Group:
    return Group(id=id, navn=navn, avgrensning=avgrensning, ikke_for=_BARE_FYLKE)


def _declare(id: str, **fields: object) -> Indicator:
    shared: dict[str, object] = {
        "familie": "g23_jobbstotte", "type": "antall", "beholdning": True, "lag": 0,
        "vindu": HELE_MANEDEN, "dato": "Siste dag i måneden.",
        "nevner": "Ingen: dette er et antall.",
        "register": "Tiltak, oppfølging og person (bosted).", "merkelapp": "PROPOSED",
        "valg": (
            "Deltaker er den som har status som deltar, eller har deltatt, og datoer som dekker siste dag i "
            "måneden.",
            "Kontoret er det som følger opp deltakeren den dagen. De som ikke er under oppfølging, telles "
            "ikke.",
            "Den som er i begge slag samtidig, er med i begge tallene.",
        ),
        "tabeller": ("person", "oppfolging", "ytelse", "tiltak"), "par": ("tiltak_ota",),
        "utenfor_styringsparametrene": True,
        # the letter asks counties for the volume; a stock of places changes slowly, so the period is enough
        "perioder": "uten_maneder",
    }  # fmt: skip
    return Indicator.model_validate({"id": id} | shared | fields)


def _within_measures(groups: Mapping[str, tuple[str, ...]]) -> tuple[Sammenheng, ...]:
    """The participants of each group are some of those in any measure."""
    return tuple(
        Sammenheng(helhet=("g11_ordinaert_arbeidsliv/alle:n",), deler=(f"{group}:x",)) for group in groups
    )


G23_IPS = _declare(
    "g23_ips",
    navn="Antall deltakere i individuell jobbstøtte (IPS) og IPS Ung",
    kortnavn="Individuell jobbstøtte",
    grupper=(
        _group("INDJOBSTOT", "IPS", "Tiltakskode INDJOBSTOT, individuell jobbstøtte."),
        _group("IPSUNG", "IPS Ung", "Tiltakskode IPSUNG, individuell karrierestøtte."),
    ),
    populasjon="Personer under oppfølging som deltar i IPS eller IPS Ung siste dag i måneden.",
    teller="Antall personer i tiltaket.",
    kilde="Brevene ber om utvidelse av IPS og satsing på IPS Ung. Kodene skiller de to.",
    maler_ikke=(
        "Om deltakeren fikk jobb eller fullførte utdanning.",
        "Deltakere i helsetjenesten som NAV ikke har registrert som tiltak.",
        "Alderen: IPS Ung gjelder dem fra 16 til 30 år, men koden avgjør.",
    ),
    sammenhenger=_within_measures(IPS),
)
G13_JOBBKLUBB = _declare(
    "g13_jobbklubb",
    navn="Antall deltakere i digital jobbklubb og andre jobbklubber",
    kortnavn="Jobbklubb",
    grupper=(
        _group("DIGIOPPARB", "Digital jobbklubb", "Tiltakskode DIGIOPPARB, digitalt oppfølgingstiltak."),
        _group("JOBBK", "Andre jobbklubber", "Tiltakskodene JOBBK, som også heter JOBBKLUBB, og JOBBBONUS."),
    ),
    populasjon="Personer under oppfølging som deltar i en jobbklubb siste dag i måneden.",
    teller="Antall personer i tiltaket.",
    kilde=(
        "Brevene vil ha digitale tiltak for ledige med standard innsatsbehov. "
        "Jobbklubb er det av tiltakene som finnes både digitalt og på vanlig måte."
    ),
    maler_ikke=("Andre digitale tjenester og kurs.", "Om deltakeren fikk jobb."),
    sammenhenger=_within_measures(JOBBKLUBB),
)


def count(states: States, first: str, last: str) -> Counts:
    """x of each group of both indicators for months from `first` to `last`."""
    codes = {
        (indicator.id, group): codes
        for indicator, groups in ((G23_IPS, IPS), (G13_JOBBKLUBB, JOBBKLUBB))
        for group, codes in groups.items()
    }
    rows = states.deltakelser
    rows = rows.filter(rows.tiltakskode.isin(sorted({code for each in codes.values() for code in each})))
    stays = states.maneder_under_oppfolging.select("person_id", "enhetsnr", "fra", "til")
    months = shared_months(within(stays, first, last), month_ranges(rows).drop("fom", "tom"))
    names = {series: f"tiltak_{place}" for place, series in enumerate(codes)}
    people = months.group_by("person_id", "enhetsnr", "m").aggregate(
        **{names[series]: months.tiltakskode.isin(each).any() for series, each in codes.items()}
    )
    x: dict[SeriesKey, ir.BooleanValue] = {series: people[name] for series, name in names.items()}
    # a pure count has no denominator of its own: its n is its x
    return tally(people, x=x, n=x)


FAMILY = Family(
    id="g23_jobbstotte",
    navn="IPS og jobbklubb",
    indikatorer=(G23_IPS, G13_JOBBKLUBB),
    query=count,
    notatbok=NOTATBOK,
)
