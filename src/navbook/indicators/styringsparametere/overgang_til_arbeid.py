"""Overgang til arbeid: who leaves, from which status, and whether they work six months later."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from navbook.indicators.definition.declaration import Edge, Group, Indicator, Sammenheng, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, SeriesKey, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import index_of, month_at
from navbook.indicators.states.states import States

_WINDOW = Window(
    fom=Edge(maneder=-SETTINGS.maneder_nedsatt_for_avgang),
    tom=Edge(maneder=SETTINGS.maneder_til_utfall),
    tekst="d(m-5) til d(m+6)",
)
_KILDE = (
    "https://www.nav.no/no/nav-og-samfunn/statistikk/arbeidssokere-og-stillinger-statistikk/relatert-informasjon/"
    "om-statistikken-overgang-til-arbeid-og-stonad/4.begreper-kjennemerker-og-grupperinger"
)
_TELLER = (
    "De i nevneren som har minst ett arbeidsforhold med stillingsprosent over 0 på den siste dagen i måneden "
    "seks måneder etter avgangsmåneden, uansett hva de ellers er registrert som."
)
_DATO = (
    "Siste dag i måneden. Måneden er avgangsmåneden: den siste måneden med status. "
    "Status etter seks måneder leses på siste dag i måneden seks måneder senere."
)
_REGISTER = "Oppfølging, ytelse (AAP), arbeidsforhold og person (bosted, alder, fødeland)."
_VALG = (
    "Seks måneder regnes fra den siste måneden med status, ikke fra den første uten.",
    "Bare siste dag i hver måned ses på. Ett fravær på én måned er verken avgang eller tilgang.",
    "Alder spørres det om bare i avgangsmåneden.",
    "Den som er død eller utvandret etter seks måneder, er verken i teller eller nevner.",
    "Den som både er i arbeid og registrert som arbeidssøker etter seks måneder, er i arbeid.",
)
_MALER_IKKE = (
    "Om kontorets arbeid er årsaken til overgangen.",
    "Hvor mye personen arbeider, hva lønnen er, eller hvor lenge jobben varer.",
    "Selvstendig næring og utdanning: de regnes ikke som arbeid, men er med i nevneren.",
    "De som fortsatt er registrert: nevneren er bare de som har gått ut av status.",
)
_TABELLER = ("person", "oppfolging", "ytelse", "arbeidsforhold")
_INNSTILLINGER: Mapping[str, int | str] = {
    name: getattr(SETTINGS, name)
    for name in (
        "maneder_til_utfall",
        "maneder_borte",
        "maneder_nedsatt_for_avgang",
        "yngste_alder",
        "eldste_alder",
    )
}
_NEVNER = (
    "Alle som går ut av status i måneden: har den siste dag i måneden og ikke på slutten av de to neste."
)


def _declare(id: str, **fields: object) -> Indicator:
    shared: dict[str, object] = {
        "familie": "overgang_til_arbeid", "type": "andel",
        "lag": SETTINGS.maneder_til_utfall, "vindu": _WINDOW,
        "grupper": (Group(id="alle", navn="Alle"),), "teller": _TELLER, "nevner": _NEVNER, "dato": _DATO,
        "register": _REGISTER, "merkelapp": "OFFICIAL", "kilde": _KILDE, "valg": _VALG,
        "maler_ikke": _MALER_IKKE, "tabeller": _TABELLER, "innstillinger": dict(_INNSTILLINGER),
    }  # fmt: skip
    return Indicator.model_validate({"id": id} | shared | fields)


OTA_ARBS = _declare(
    "ota_arbs",
    navn="Andel arbeidssøkere med overgang til arbeid",
    kortnavn="Arbeidssøkere til arbeid",
    grupper=(
        Group(id="alle", navn="Alle"),
        Group(
            id="uten_permitterte",
            navn="Uten permitterte",
            avgrensning="Uten dem som var permittert siste dag i avgangsmåneden.",
            delmengde_av="alle",
            framfor="alle",
        ),
    ),
    populasjon=(
        "Arbeidssøkere 20–66 år, bosatt i Norge. Den som har hatt nedsatt arbeidsevne på slutten av noen av "
        "de fem månedene før avgangsmåneden, telles i ota_nedsatt."
    ),
    valg=(*_VALG, "Permitterte går ofte tilbake til jobben sin; derfor vises tallet også uten dem."),
    par=("langtid_aktivitet",),
    # whoever leaves had the status on the last day of the month
    sammenhenger=(Sammenheng(helhet=("portefolje/arbeidssoker",), deler=("alle:n",)),),
)
OTA_NEDSATT = _declare(
    "ota_nedsatt",
    navn="Andel personer med nedsatt arbeidsevne med overgang til arbeid",
    kortnavn="Nedsatt arbeidsevne til arbeid",
    populasjon=(
        "Personer 20–66 år med nedsatt arbeidsevne, bosatt i Norge, og arbeidssøkere som hadde nedsatt "
        "arbeidsevne på slutten av minst én av de fem månedene før avgangsmåneden."
    ),
)
# both statuses together contain everyone of an age or from a country
_DEL_AV_BEGGE = (Sammenheng(helhet=("ota_arbs/alle", "ota_nedsatt/alle"), deler=("alle",)),)

OTA_U30 = _declare(
    "ota_u30",
    navn="Andel unge under 30 år med overgang til arbeid",
    kortnavn="Unge under 30 til arbeid",
    populasjon=(
        "Arbeidssøkere og personer med nedsatt arbeidsevne samlet, 20–29 år i avgangsmåneden, bosatt i Norge."
    ),
    valg=(*_VALG, "Flytting mellom arbeidssøker og nedsatt arbeidsevne er også avgang her."),
    par=("u30_kontakt30", "u30_aktivitet"),
    sammenhenger=(*_DEL_AV_BEGGE, Sammenheng(helhet=("portefolje/under30",), deler=("alle:n",))),
    innstillinger={**_INNSTILLINGER, "ung_til_og_med": SETTINGS.ung_til_og_med},
)
OTA_LG3 = _declare(
    "ota_lg3",
    # except for three small countries that are in landgruppe 3 only
    sammenhenger=(
        *_DEL_AV_BEGGE,
        Sammenheng(helhet=("ota_arbs/alle", "ota_nedsatt/alle"), deler=("fotnote5",)),
        Sammenheng(helhet=("fotnote5",), deler=("alle",), nesten=True),
        Sammenheng(helhet=("portefolje/landgruppe3",), deler=("alle:n",)),
    ),
    navn="Andel innvandrere med bakgrunn fra land utenfor EØS-området med overgang til arbeid",
    kortnavn="Innvandrere utenfor EØS til arbeid",
    grupper=(
        Group(id="alle", navn="Født utenfor EØS (landgruppe 3)"),
        Group(
            id="fotnote5",
            navn="Utenfor EØS etter fotnote 5",
            avgrensning=(
                "Landgruppe 3 og AND, CHE, GBR, GIB, MCO, SMR og VAT, uten ALA, BMU og SPM: prøver hvor mye "
                "valget av landgruppe betyr."
            ),
        ),
    ),
    populasjon=(
        "Arbeidssøkere og personer med nedsatt arbeidsevne samlet, 20–66 år, bosatt i Norge, født i et land "
        "i landgruppe 3. Ukjent fødeland er ikke med, uoppgitt (XXX) er med."
    ),
    merkelapp="CODE",
    valg=(*_VALG, "Innvandrer avgjøres av fødelandet, for uttrekket har ikke foreldrenes fødeland."),
    maler_ikke=(*_MALER_IKKE, "Hvor lenge personen har bodd i Norge."),
)


def _leaving(ranges: ir.Table) -> ir.Table:
    """The last month `m` of each stay that is not followed by the same status within two months."""
    ordered = ibis.window(group_by="person_id", order_by="fra")
    stays = ranges.mutate(neste=ranges.fra.lead().over(ordered))
    left = stays.neste.isnull() | (stays.neste > stays.til + SETTINGS.maneder_borte)
    return stays.filter(left).mutate(m=stays.til).select("person_id", "m", "enhetsnr", "permittert")


def _fra_arbeidssoker(states: States) -> tuple[ir.Table, ir.Table]:
    """Those who leave arbeidssøker, in two tables: not nedsatt in the five months before, and nedsatt."""
    nedsatt = states.nedsatt.select("person_id", n_fra="fra", n_til="til")
    left = _leaving(states.arbeidssoker)
    recently = [
        "person_id",
        nedsatt.n_fra <= left.m - 1,
        nedsatt.n_til >= left.m - SETTINGS.maneder_nedsatt_for_avgang,
    ]
    return left.anti_join(nedsatt, recently), left.semi_join(nedsatt, recently)


def _with_outcome(states: States, name: str, left: ir.Table, first: str, last: str) -> ir.Table:
    """Those of the right age who leave from month `first` to `last`, with `arbeid` six months later."""
    rows = left.filter(left.m.between(index_of(first), index_of(last)))
    rows = rows.inner_join(states.personer.drop("siste_dag"), "person_id")
    after = rows.m + SETTINGS.maneder_til_utfall
    rows = rows.filter(rows.m >= rows.fyller_yngste, rows.m < rows.fyller_eldste, rows.bosatt_til >= after)
    rows = rows.drop("fyller_yngste", "fyller_eldste", "bosatt_til")
    rows = states.keep(f"{name}_for_utfall", rows)
    outcome = _with_day_of_outcome(states, rows.select("person_id", "m"), first, last)
    jobs = states.i_arbeid
    at_work = outcome.semi_join(jobs, ["person_id", jobs.fom <= outcome.dag, jobs.tom >= outcome.dag])
    at_work = at_work.select(hvem="person_id", nar="m")  # nobody leaves twice in a month
    marked = rows.left_join(at_work, [rows.person_id == at_work.hvem, rows.m == at_work.nar])
    return marked.mutate(arbeid=marked.hvem.notnull()).drop("hvem", "nar")


def _with_day_of_outcome(states: States, rows: ir.Table, first: str, last: str) -> ir.Table:
    """Adds `dag`, the last day of the month of the outcome, by a join with the few such days."""
    known = states.keep(
        f"dager_{first}_{last}_etter".replace("-", ""),
        states.extract.days_before_end(_outcome_of(first), _outcome_of(last), days=1),
    )
    days = known.select("dag", avgang=known.m - SETTINGS.maneder_til_utfall)
    return rows.inner_join(days, [rows.m == days.avgang]).drop("avgang")


def _outcome_of(month: str) -> str:
    return month_at(index_of(month) + SETTINGS.maneder_til_utfall)


def avganger_arbs(states: States, first: str, last: str) -> ir.Table:
    """One row per avgang of `ota_arbs` in the months from `first` to `last`; columns as `avganger`."""
    name = f"avganger_arbs_{index_of(first)}_{index_of(last)}"
    return states.shared(name, lambda: _with_outcome(states, name, _fra_arbeidssoker(states)[0], first, last))


def avganger_nedsatt(states: States, first: str, last: str) -> ir.Table:
    """One row per avgang of `ota_nedsatt` in the months from `first` to `last`; columns as `avganger`."""
    name = f"avganger_nedsatt_{index_of(first)}_{index_of(last)}"

    def make() -> ir.Table:
        left = _leaving(states.nedsatt).union(_fra_arbeidssoker(states)[1])
        return _with_outcome(states, name, left, first, last)

    return states.shared(name, make)


def avganger(states: States, first: str, last: str) -> ir.Table:
    """One row per avgang in the months from `first` to `last`: office, status left, permittert, `arbeid`."""
    arbs, nedsatt = avganger_arbs(states, first, last), avganger_nedsatt(states, first, last)
    return arbs.mutate(fra_nedsatt=ibis.literal(False)).union(nedsatt.mutate(fra_nedsatt=ibis.literal(True)))


def _tally(rows: ir.Table, series: Mapping[SeriesKey, ir.BooleanValue]) -> Counts:
    return tally(rows, x={key: mask & rows.arbeid for key, mask in series.items()}, n=series)


def count_arbs(states: States, first: str, last: str) -> Counts:
    """x and n of both groups of `ota_arbs`, for months from `first` to `last`."""
    rows = avganger_arbs(states, first, last)
    return _tally(
        rows,
        {("ota_arbs", "alle"): rows.m.notnull(), ("ota_arbs", "uten_permitterte"): ~rows.permittert},
    )


def count_nedsatt(states: States, first: str, last: str) -> Counts:
    """x and n of `ota_nedsatt`, for months from `first` to `last`."""
    rows = avganger_nedsatt(states, first, last)
    return _tally(rows, {("ota_nedsatt", "alle"): rows.m.notnull()})


def count_unge(states: States, first: str, last: str) -> Counts:
    """x and n of `ota_u30`, for months from `first` to `last`."""
    rows = avganger(states, first, last)
    return _tally(rows, {("ota_u30", "alle"): rows.m < rows.fyller_ung})


def count_landgruppe3(states: States, first: str, last: str) -> Counts:
    """x and n of both groups of `ota_lg3`, for months from `first` to `last`."""
    rows = states.with_landgruppe(avganger(states, first, last))
    return _tally(rows, {("ota_lg3", "alle"): rows.landgruppe3, ("ota_lg3", "fotnote5"): rows.fotnote5})


FAMILY = Family(
    id="overgang_til_arbeid",
    navn="Overgang til arbeid",
    indikatorer=(OTA_ARBS, OTA_NEDSATT, OTA_U30, OTA_LG3),
    query={
        "ota_arbs": count_arbs,
        "ota_nedsatt": count_nedsatt,
        "ota_u30": count_unge,
        "ota_lg3": count_landgruppe3,
    },
)
