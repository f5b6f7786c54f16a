"""Input of the case-mix models: the persons of overgang til arbeid, counted by covariate pattern.

A pattern is a set of traits that the office did not decide. Participation in tiltak (and tiltakspenger),
contact and activity are left out on purpose: adjusting for them would remove the effect that the figures
are meant to show. `innsatsgruppe` is decided by the office; it is included so that a model can be fitted
with and without it.
"""

import ibis
import ibis.expr.types as ir
import pandas as pd

from navbook.extract import Extract
from navbook.extract.codes import landgruppe
from navbook.indicators.definition.known_months import computable
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.states.intervals import with_spell
from navbook.indicators.states.months import index_of, month_at, month_of, month_ranges, month_reaching
from navbook.indicators.states.states import States, states_of
from navbook.indicators.styringsparametere.overgang_til_arbeid import OTA_ARBS, avganger

SERIES: dict[tuple[str, str], str] = {
    ("ota_arbs", "alle"): "~fra_nedsatt",
    ("ota_arbs", "uten_permitterte"): "~fra_nedsatt & permittert == 0",
    ("ota_nedsatt", "alle"): "fra_nedsatt",
    ("ota_u30", "alle"): "ung",
    ("ota_lg3", "alle"): "landgruppe3",
    ("ota_lg3", "fotnote5"): "fotnote5",
}
"""Each series with the condition, over columns of `leaver_patterns`, for a row to be counted."""

TRAITS: dict[str, tuple[str, ...]] = {
    "alder_og_kjonn": tuple(
        f"{sex} {age}"
        for sex in ("kvinner", "menn")
        for age in ("20–24 år", "25–29 år", "30–39 år", "40–49 år", "50–59 år", "60–66 år")
    ),
    "utdanning": ("grunnskole", "videregående", "høyere", "ukjent"),
    "landgruppe": ("Norge", "landgruppe 1", "landgruppe 2", "landgruppe 3", "ukjent"),
    "registrert": ("0–2 måneder", "3–5 måneder", "6–11 måneder", "12 måneder eller mer"),
    "ytelse": ("ingen eller annen", "dagpenger", "arbeidsavklaringspenger", "annen livsoppholdsytelse"),
    "arbeid_for": ("nei", "ja", "ukjent"),
    "permittert": ("nei", "ja"),
    "kalendermaned": (
        *("januar", "februar", "mars", "april", "mai", "juni"),
        *("juli", "august", "september", "oktober", "november", "desember"),
    ),
    "innsatsgruppe": (
        *("ingen", "standard innsats", "situasjonsbestemt innsats"),
        *("spesielt tilpasset innsats", "varig tilpasset innsats", "annen"),
    ),
}
"""The traits with their levels in printing order; a pattern holds the position of each level."""

DECIDED_BY_OFFICE = ("innsatsgruppe",)

_AGES = (25, 30, 40, 50, 60)
_LENGTHS = (3, 6, 12)
_YEAR = 12
# the order of precedence if a person has several benefits: AAP before dagpenger, as in NAV's statistics
_BENEFITS = ({"AAP"}, {"DAG", "DAG_PERM", "DAG_FISK", "DAG_LONN"}, {"SP", "UFO", "OG", "ALD"})
_BENEFIT_PLACES = (2, 1, 3)
_MARKS = ("fra_nedsatt", "ung", "landgruppe3", "fotnote5")
_TYPES = (
    dict.fromkeys(("enhetsnr", "maned"), "str")
    | dict.fromkeys(_MARKS, "bool")
    | dict.fromkeys(TRAITS, "int8")
    | dict.fromkeys(("n", "x"), "float64")
)


def leaver_patterns(extract: Extract) -> pd.DataFrame:
    """One row per office, month and pattern of the persons who left.

    Columns: `enhetsnr`, `maned`, the series marks, a position in TRAITS for each trait, `n` persons and `x`
    of them in work six months later. Sorted by all columns but x and n. Empty for a counts-only extract, or
    if a table is missing.
    """
    months = computable(OTA_ARBS.vindu, OTA_ARBS.lag, extract.manifest)
    if extract.counts_only or not months or not set(OTA_ARBS.tabeller) <= extract.table_names:
        return no_patterns()
    states = states_of(extract)
    rows = _with_traits(states, states.with_landgruppe(avganger(states, months[0], months[-1])))
    keys = ["enhetsnr", "m", *_MARKS, *TRAITS]
    found = rows.group_by(keys).aggregate(n=rows.count(), x=rows.arbeid.cast("int64").sum()).to_pandas()
    found = found.assign(maned=found["m"].map(month_at)).drop(columns="m")
    found = found[list(_TYPES)].astype(_TYPES)
    return found.sort_values(list(_TYPES)[:-2], ignore_index=True)


def no_patterns() -> pd.DataFrame:
    """The columns of `leaver_patterns` without rows."""
    return pd.DataFrame(columns=list(_TYPES)).astype(_TYPES)


def _with_traits(states: States, rows: ir.Table) -> ir.Table:
    person = states.extract.table("person").select(
        "person_id", "fodselsdato", "kjonn", "fodeland", "utdanning"
    )
    rows = rows.inner_join(person, "person_id")
    spells = _spells(states, rows)
    rows = rows.inner_join(spells, ["person_id", rows.m >= spells.fra, rows.m <= spells.til])
    rows = states.keep("avganger_med_forlop", rows)
    rows = _mark(rows, "har_arbeidet", _worked_before(states, rows))
    rows = _with_benefit(states, rows)
    since = rows.m - rows.start
    knows_a_year = rows.m - _YEAR >= index_of(states.extract.manifest.dekker_fom.isoformat()[:7])
    return rows.mutate(
        ung=rows.m < rows.fyller_ung,
        alder_og_kjonn=_age(rows) + ibis.ifelse(rows.kjonn == "K", 0, len(_AGES) + 1),
        utdanning=_place(rows.utdanning, ("GRUNNSKOLE", "VIDEREGAENDE", "HOYERE"), otherwise=3),
        landgruppe=_country_group(rows.fodeland),
        registrert=_steps(since, _LENGTHS),
        arbeid_for=ibis.ifelse(knows_a_year, rows.har_arbeidet.cast("int8"), 2),
        permittert=rows.permittert.cast("int8"),
        kalendermaned=(rows.m % _YEAR).cast("int8"),
        innsatsgruppe=ibis.ifelse(
            rows.innsatsgruppe == "",
            0,
            _place(rows.innsatsgruppe, ("IKVAL", "BFORM", "BATT", "VARIG"), 4) + 1,
        ),
    )


def _spells(states: States, rows: ir.Table) -> ir.Table:
    """Ranges of months under oppfølging, with the month `start` in which the spell began."""
    days = with_spell(states.under_oppfolging.semi_join(rows, "person_id"), SETTINGS.oppfolging_hull)
    ranges = month_ranges(days)
    return ranges.select("person_id", "fra", "til", "innsatsgruppe", start=month_of(ranges.start))


def _worked_before(states: States, rows: ir.Table) -> ir.Table:
    """The rows of persons in work on a counting date of the last year before the spell began."""
    jobs = month_ranges(states.i_arbeid).select("person_id", j_fra="fra", j_til="til")
    before = [
        "person_id",
        jobs.j_fra <= rows.start - 1,
        jobs.j_til >= rows.m - _YEAR,
    ]
    return rows.filter(rows.start - 1 >= rows.m - _YEAR).semi_join(jobs, before)


def _with_benefit(states: States, rows: ir.Table) -> ir.Table:
    """Adds `ytelse`: the position in TRAITS of the benefit that covers the counting date."""
    paid = month_ranges(states.within_cover(states.extract.table("ytelse")))
    on_the_day = rows
    for name, codes in zip(("aap", "dagpenger", "livsopphold"), _BENEFITS, strict=True):
        benefit = paid.filter(paid.ytelse.isin(sorted(codes))).select("person_id", y_fra="fra", y_til="til")
        covered = on_the_day.semi_join(
            benefit, ["person_id", benefit.y_fra <= on_the_day.m, benefit.y_til >= on_the_day.m]
        )
        on_the_day = _mark(on_the_day, name, covered)
    flags = (on_the_day.aap, on_the_day.dagpenger, on_the_day.livsopphold)
    return on_the_day.mutate(ytelse=ibis.cases(*zip(flags, _BENEFIT_PLACES, strict=True), else_=0))


def _mark(rows: ir.Table, name: str, marked: ir.Table) -> ir.Table:
    """Adds a boolean column: whether the row is in `marked`. A person leaves at most once a month."""
    keys = marked.select(hvem="person_id", nar="m").distinct()
    joined = rows.left_join(keys, [rows.person_id == keys.hvem, rows.m == keys.nar])
    return joined.mutate(**{name: joined.hvem.notnull()}).drop("hvem", "nar")


def _age(rows: ir.Table) -> ir.IntegerValue:
    reached = [(rows.m >= month_reaching(rows.fodselsdato, age)).cast("int8") for age in _AGES]
    return sum(reached[1:], reached[0])


def _steps(value: ir.IntegerValue, steps: tuple[int, ...]) -> ir.IntegerValue:
    reached = [(value >= step).cast("int8") for step in steps]
    return sum(reached[1:], reached[0])


def _place(column: ir.StringValue, codes: tuple[str, ...], otherwise: int) -> ir.IntegerValue:
    cases = [(column == code, place) for place, code in enumerate(codes)]
    return ibis.cases(*cases, else_=otherwise)


def _country_group(country: ir.StringValue) -> ir.IntegerValue:
    groups = {place: sorted(c for c, group in landgruppe().items() if group == place) for place in range(4)}
    cases = [(country.isin(codes), place) for place, codes in groups.items() if codes]
    return ibis.cases(*cases, else_=4)
