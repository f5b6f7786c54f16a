"""Tiltak that the letters name: the number of participants, and the share at an ordinary workplace."""

from navbook.extract.codes import kvalifiserende_tiltak, tiltak_i_ordinart_arbeidsliv
from navbook.indicators.andre_mal import ALLE, HELE_MANEDEN, NOTATBOK
from navbook.indicators.definition.declaration import Indicator, Sammenheng
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import month_ranges, within
from navbook.indicators.states.overlap import shared_months
from navbook.indicators.states.states import States

SKJERMET, ORDINAER, LONNSTILSKUDD = "VASV", "VATIAROR", "MIDLONTIL"
_VALG = (
    "Deltaker er den som har status som deltar, eller har deltatt, og datoer som dekker siste dag i måneden.",
    "Kontoret er det som følger opp deltakeren den dagen. De som ikke er under oppfølging, telles ikke.",
    "Den som er i flere tiltak samtidig, telles én gang.",
)


def _declare(id: str, **fields: object) -> Indicator:
    shared: dict[str, object] = {
        "familie": "g07_tiltak", "beholdning": True, "lag": 0,
        "vindu": HELE_MANEDEN,
        "grupper": (ALLE,), "dato": "Siste dag i måneden.",
        "register": "Tiltak, oppfølging, person (bosted) og ytelse (AAP).", "merkelapp": "PROPOSED",
        "valg": _VALG, "tabeller": ("person", "oppfolging", "ytelse", "tiltak"), "par": ("tiltak_ota",),
        "utenfor_styringsparametrene": True, "perioder": "hele",
    }  # fmt: skip
    return Indicator.model_validate({"id": id} | shared | fields)


G07_VTA_ORDINAER = _declare(
    "g07_vta_ordinaer",
    navn="Andel deltakere i varig tilrettelagt arbeid som er i ordinært arbeidsliv",
    kortnavn="VTA i ordinært arbeidsliv",
    type="andel",
    populasjon="Personer under oppfølging som deltar i varig tilrettelagt arbeid (VTA) siste dag i måneden.",
    teller="De i nevneren som er i varig tilrettelagt arbeid i ordinær virksomhet.",
    nevner="Alle i varig tilrettelagt arbeid, i skjermet eller ordinær virksomhet.",
    kilde=(
        "Brevet ber om flere VTA-deltakere i ordinært arbeidsliv. Kodene VASV og VATIAROR "
        "skiller skjermet fra ordinær virksomhet."
    ),
    maler_ikke=(
        "VTA-deltakere som ingen følger opp etter § 14 a.",
        "Om plassen passer den enkelte, eller om noen går videre til vanlig jobb.",
        "Hvor mange plasser som finnes: antallet er gitt av bevilgningen.",
    ),
    par=(),
)
G09_KVALIFISERENDE = _declare(
    "g09_kvalifiserende_tiltak",
    navn="Antall deltakere i kvalifiserende tiltak",
    kortnavn="Kvalifiserende tiltak",
    type="antall",
    populasjon="Personer under oppfølging som deltar i et opplæringstiltak siste dag i måneden.",
    teller="Antall personer i minst ett opplæringstiltak.",
    nevner="Ingen: dette er et antall.",
    kilde=(
        "Brevet ber fylkene om mange kvalifiserende tiltak. "
        "Hvilke tiltak det er, står ikke der: regelen er bokens egen."
    ),
    valg=(
        *_VALG,
        "Kvalifiserende tiltak er opplæringstiltakene: kurs (AMO), fag- og yrkesopplæring, høyere utdanning "
        "og opplæring i bedrift.",
    ),
    maler_ikke=("Om opplæringen fullføres.", "Opplæring og utdanning utenom tiltak."),
)
G10_LONNSTILSKUDD = _declare(
    "g10_midlertidig_lonnstilskudd",
    navn="Antall deltakere med midlertidig lønnstilskudd",
    kortnavn="Midlertidig lønnstilskudd",
    type="antall",
    populasjon="Personer under oppfølging som har midlertidig lønnstilskudd siste dag i måneden.",
    teller="Antall personer i tiltaket midlertidig lønnstilskudd (MIDLONTIL).",
    nevner="Ingen: dette er et antall.",
    kilde="Brevet: «Fylkene skal fortsatt sikre et høyt nivå av midlertidig lønnstilskudd.»",
    maler_ikke=(
        "Om arbeidsgiveren beholder den ansatte når tilskuddet tar slutt.",
        "Hvor stort tilskuddet er.",
    ),
)
G11_ORDINAERT = _declare(
    "g11_ordinaert_arbeidsliv",
    navn="Andel tiltaksdeltakere som er i ordinært arbeidsliv",
    kortnavn="Tiltak i ordinært arbeidsliv",
    type="andel",
    populasjon="Personer under oppfølging som deltar i et tiltak siste dag i måneden.",
    teller="De i nevneren som er i minst ett tiltak i ordinært arbeidsliv.",
    nevner="Alle deltakere i tiltak, også i tiltak med ukjent kode.",
    merkelapp="UNSURE",
    kilde=(
        "Brevet: «fortsatt prioritering av tiltak i ordinært arbeidsliv». Hvilke tiltak det er, kan leses på "
        "flere måter: boken har valgt dem der deltakeren er på en vanlig arbeidsplass."
    ),
    valg=(
        *_VALG,
        "I ordinært arbeidsliv er lønnstilskudd, arbeidstrening i vanlig virksomhet, varig tilrettelagt "
        "arbeid i ordinær virksomhet, opplæring i bedrift, mentor og tilrettelegging på arbeidsplassen.",
        "Oppfølgingstiltak, også individuell jobbstøtte, er ikke regnet med: de kan være uten arbeidsplass.",
    ),
    maler_ikke=("Om deltakeren får vanlig lønn.", "Om tiltaket virker."),
    sammenhenger=(
        Sammenheng(helhet=("portefolje/alle",), deler=("alle:n",)),
        Sammenheng(helhet=("alle:n",), deler=(f"{G07_VTA_ORDINAER.id}/alle:n",)),
        Sammenheng(helhet=("alle:n",), deler=(f"{G09_KVALIFISERENDE.id}/alle:x",)),
        Sammenheng(helhet=("alle:x",), deler=(f"{G07_VTA_ORDINAER.id}/alle:x",)),
        Sammenheng(helhet=("alle:x",), deler=(f"{G10_LONNSTILSKUDD.id}/alle:x",)),
    ),
)  # fmt: skip


_COUNTED = (G07_VTA_ORDINAER, G09_KVALIFISERENDE, G10_LONNSTILSKUDD, G11_ORDINAERT)


def count(states: States, first: str, last: str) -> Counts:
    """x and n of the four indicators for months from `first` to `last`."""
    rows = states.deltakelser
    code = rows.tiltakskode
    rows = rows.mutate(
        ordinaer_vta=code == ORDINAER,
        vta=code.isin((SKJERMET, ORDINAER)),
        kvalifiserende=code.isin(sorted(kvalifiserende_tiltak())),
        lonnstilskudd=code == LONNSTILSKUDD,
        ordinaert=code.isin(sorted(tiltak_i_ordinart_arbeidsliv())),
    ).drop("tiltakskode")
    base = within(states.maneder_under_oppfolging.select("person_id", "enhetsnr", "fra", "til"), first, last)
    months = shared_months(base, month_ranges(rows).drop("fom", "tom"))
    marks = ("ordinaer_vta", "vta", "kvalifiserende", "lonnstilskudd", "ordinaert")
    people = months.group_by("person_id", "enhetsnr", "m").aggregate(
        **{mark: months[mark].any() for mark in marks}
    )
    vta, qualifying, subsidy, ordinary = ((indicator.id, "alle") for indicator in _COUNTED)
    x = {
        vta: people.ordinaer_vta,
        qualifying: people.kvalifiserende,
        subsidy: people.lonnstilskudd,
        ordinary: people.ordinaert,
    }
    # a pure count has no denominator of its own: its n is its x
    return tally(people, x=x, n=x | {vta: people.vta, ordinary: people.person_id.notnull()})


FAMILY = Family(
    id="g07_tiltak",
    navn="Tiltakene brevene nevner",
    indikatorer=_COUNTED,
    query=count,
    notatbok=NOTATBOK,
)
