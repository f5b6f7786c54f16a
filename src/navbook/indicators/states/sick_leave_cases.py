"""Sick-leave cases: certificates merged to cases, and the day on which a case passes a given length."""

import ibis
import ibis.expr.types as ir

from navbook.indicators.definition.declaration import Edge, Window
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.states.intervals import with_spell
from navbook.indicators.states.months import days_after, index_of, month_of
from navbook.indicators.states.states import States

_GRADED_TYPE = "ORDINAER"
_FULL = 100


def window_of_passing(days: int) -> Window:
    """The window needed to find the cases that pass `days` days in a month."""
    before = days + SETTINGS.sykmelding_hull + 1
    return Window(fom=Edge(anker="forste_dag", dager=-before), tom=Edge(), tekst=f"f(m)-{before} til d(m)")


def tilfeller(states: States, *, arbeidsgiver: bool) -> ir.Table:
    """Certificates with (or without) an employer, each with the `start` of its case.

    Columns: person_id, sykmelding_id, enhetsnr, fom, tom, gradert, start, slutt.
    """
    rows = states.within_cover(states.extract.table("sykmelding"))
    rows = rows.filter(rows.arbeidsgiver if arbeidsgiver else ~rows.arbeidsgiver)
    lowered = (rows.type == _GRADED_TYPE) & (rows.grad < _FULL)
    rows = rows.select(
        "person_id", "sykmelding_id", "enhetsnr", "fom", "tom", gradert=lowered.fill_null(False)
    )
    name = f"tilfeller_{'med' if arbeidsgiver else 'uten'}_arbeidsgiver"
    return states.shared(name, lambda: with_spell(rows, SETTINGS.sykmelding_hull))


def passert(cases: ir.Table, days: int, first: str, last: str) -> ir.Table:
    """Cases of `tilfeller` that a certificate covers `days` after their start, from month `first` to `last`.

    Columns: person_id, start, dag (the passing day), m (its month), enhetsnr of the certificate that day
    (the latest fom, then the highest number), gradert (whether any certificate that day is).
    """
    cases = cases.mutate(dag=days_after(cases.start, days))
    covering = cases.filter(cases.fom <= cases.dag, cases.tom >= cases.dag)
    covering = covering.mutate(m=month_of(covering.dag))
    covering = covering.filter(covering.m.between(index_of(first), index_of(last)))
    case = ibis.window(group_by=["person_id", "start"])
    newest = ibis.window(
        group_by=["person_id", "start"], order_by=[ibis.desc(covering.fom), ibis.desc(covering.enhetsnr)]
    )
    covering = covering.mutate(
        gradert=covering.gradert.max().over(case), plass=ibis.row_number().over(newest)
    )
    rows = covering.filter(covering.plass == 0)
    return rows.select("person_id", "start", "dag", "m", "enhetsnr", "gradert")
