"""Rules on single rows of one table each: scales, and numbers that must fit together."""

from dataclasses import replace

from navbook.extract import codes
from navbook.extract.check.context import RowRule
from navbook.extract.store import listed

MAX_PERSONS = 10_000_000
MAX_DAGSVERK = 1_000_000

Needs = tuple[RowRule, tuple[str, ...]]
"""A rule, and the columns it needs."""

_STILL_RUNNING = listed(sorted(codes.deltakerstatus_uten_tom()))
_IN_DAGSVERK = listed(
    sorted({kode.split("/")[0] for kode, unit in codes.series_units().items() if unit == "dagsverk"})
)


def _not_negative(column: str) -> Needs:
    remedy = "correct it: a count or a number of days is 0 or more"
    rule = RowRule(column, "negative", f"{column} < 0", "the number is below 0", remedy, shown=column)
    return rule, (column,)


def _before_birth(column: str) -> Needs:
    shown = f"{column} || ' < ' || fodselsdato"
    rule = RowRule(
        column,
        "before_birth",
        f"{column} < fodselsdato",
        f"{column} is before the birth",
        "correct the days",
        shown=shown,
    )
    return rule, (column, "fodselsdato")


def _whole_persons(column: str, counts: bool = True) -> tuple[Needs, Needs]:
    """Numbers of persons are whole and no more than there are; in counts only dagsverk may be a fraction."""
    fraction, needed = _whole(column, "the number of persons is not whole")
    if counts:
        persons = f"indikator NOT IN ({_IN_DAGSVERK})"
        fraction = replace(fraction, broken=f"{persons} AND {fraction.broken}")
        needed = (column, "indikator")
    too_many = RowRule(
        column,
        "too_large",
        f"abs({column}) > {MAX_PERSONS}",
        "the number is larger than any office can have",
        "correct it",
        shown=column,
    )
    return (fraction, needed), (too_many, (column,))


def _whole(column: str, what: str) -> Needs:
    remedy = "correct it; write thousands without a point, 1012 and not 1.012"
    broken = f"{column} <> trunc({column})"
    return RowRule(column, "not_whole", broken, what, remedy, shown=column), (column,)


def _reported(needs: Needs) -> Needs:
    rule, needed = needs
    return replace(rule, severity="reported"), needed


_YEAR: Needs = (
    RowRule(
        "ar",
        "out_of_range",
        "ar NOT BETWEEN 2000 AND 2100",
        "ar is not a year of four digits",
        "write the year as 2022",
        shown="ar",
    ),
    ("ar",),
)


def _at_most(column: str, limit: int) -> Needs:
    what = "the number is larger than any office can have"
    return RowRule(column, "too_large", f"{column} > {limit}", what, "correct it", shown=column), (column,)


TABLE_RULES: dict[str, tuple[Needs, ...]] = {
    "kontor": (
        _not_negative("ansatte"),
        _reported(_whole("ansatte", "the number of employees is not whole")),
        *(
            (
                RowRule(
                    column,
                    "reserved_number",
                    f"{column} = '0000'",
                    "0000 is the number of the country in the edition",
                    "give the unit its own number",
                ),
                (column,),
            )
            for column in ("enhetsnr", "fylke_enhetsnr")
        ),
    ),
    "person": (_before_birth("dodsdato"), _before_birth("utvandringsdato")),
    "arbeidsforhold": (
        _not_negative("stillingsprosent"),
        (
            RowRule(
                "stillingsprosent",
                "out_of_range",
                "stillingsprosent > 200",
                "stillingsprosent is over 200",
                "check that it is in per cent of a full position",
                severity="reported",
                shown="stillingsprosent",
            ),
            ("stillingsprosent",),
        ),
    ),
    "tiltak": (
        (
            RowRule(
                "tom",
                "tom_missing",
                f"tom IS NULL AND deltakerstatus NOT IN ({_STILL_RUNNING})",
                "tom is empty though the participation has ended",
                "fill in the last day; it may be empty for one who takes part now or never began",
                shown="deltakerstatus",
            ),
            ("tom", "deltakerstatus"),
        ),
    ),
    "sykmelding": (
        (
            RowRule(
                "grad",
                "out_of_range",
                "grad NOT BETWEEN 0 AND 100",
                "grad is not 0 to 100",
                "correct it",
                shown="grad",
            ),
            ("grad",),
        ),
        (
            RowRule(
                "grad",
                "wrong_scale",
                "grad > 0 AND grad < 1",
                "grad is a share and not a per cent",
                "write grad as a number from 0 to 100",
                shown="grad",
            ),
            ("grad",),
        ),
    ),
    "tellinger": (
        (
            RowRule(
                "x", "x_over_n", "x > n", "x is greater than n", "correct the counts", shown="x || ' > ' || n"
            ),
            ("x", "n"),
        ),
        _not_negative("x"),
        _not_negative("n"),
        *_whole_persons("x"),
        *_whole_persons("n"),
    ),
    "fravaer_ansatte": (
        (
            RowRule(
                "avtalte_dagsverk",
                "x_over_n",
                "egenmeldt_dagsverk + legemeldt_dagsverk > avtalte_dagsverk",
                "more days lost than agreed",
                "correct the numbers: lost days are part of the agreed ones",
                shown="(egenmeldt_dagsverk + legemeldt_dagsverk) || ' > ' || avtalte_dagsverk",
            ),
            ("avtalte_dagsverk", "egenmeldt_dagsverk", "legemeldt_dagsverk"),
        ),
        _not_negative("avtalte_dagsverk"),
        _not_negative("egenmeldt_dagsverk"),
        _not_negative("legemeldt_dagsverk"),
        _not_negative("ansatte"),
        _reported(_whole("ansatte", "the number of employees is not whole")),
        _at_most("avtalte_dagsverk", MAX_DAGSVERK),
    ),
    "ytelse": (_reported(_not_negative("uker_igjen")),),
    "serviceklage": (
        (
            RowRule(
                "behandlet",
                "fom_after_tom",
                "behandlet < mottatt",
                "the complaint was answered before it came",
                "correct the days: it would count as answered in time",
                severity="reported",
                shown="behandlet || ' < ' || mottatt",
            ),
            ("mottatt", "behandlet"),
        ),
    ),
    "lokale_mal": (_not_negative("mal"), _YEAR),
    "kommunale_tall": (_not_negative("verdi"), *_whole_persons("verdi", counts=False)),
    "kommunale_mal": (_YEAR,),
    "arbeidsmarked": (
        *(_not_negative(column) for column in ("arbeidsstyrke", "helt_ledige", "ledige_stillinger")),
        *_whole_persons("arbeidsstyrke", counts=False),
        *_whole_persons("helt_ledige", counts=False),
        _whole("ledige_stillinger", "the number of vacancies is not whole"),
        (
            RowRule(
                "helt_ledige",
                "x_over_n",
                "helt_ledige > arbeidsstyrke",
                "more fully unemployed than there are in the labour force",
                "correct the numbers: the fully unemployed are part of the labour force",
                shown="helt_ledige || ' > ' || arbeidsstyrke",
            ),
            ("helt_ledige", "arbeidsstyrke"),
        ),
    ),
}
