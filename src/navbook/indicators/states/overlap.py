"""Events of the persons of a stock: ranges of months joined with ranges of events."""

import ibis
import ibis.expr.types as ir

from navbook.indicators.states.months import by_month


def shared_months(base: ir.Table, events: ir.Table) -> ir.Table:
    """One row per month `m` that a row of `base` and a row of `events` of the same person share.

    Both hold ranges of months, `fra` to `til`; the other columns of both are kept.
    """
    named = events.rename(h_fra="fra", h_til="til")
    both = base.inner_join(named, ["person_id", named.h_fra <= base.til, named.h_til >= base.fra])
    common = both.mutate(
        fra=ibis.greatest(both.fra, both.h_fra).cast("int32"),
        til=ibis.least(both.til, both.h_til).cast("int32"),
    )
    return by_month(common.drop("h_fra", "h_til"))


def months_with_event(base: ir.Table, events: ir.Table, mark: str) -> ir.Table:
    """The person-months of `base` with an event, each once; `mark` is true if any of the events has it.

    `base` holds disjoint ranges of months per person, `events` ranges of months with the boolean `mark`.
    """
    return _once(shared_months(base, events.select("person_id", mark, "fra", "til")), mark)


def _once(months: ir.Table, mark: str) -> ir.Table:
    keys = [column for column in months.columns if column != mark]
    return months.group_by(keys).aggregate(**{mark: months[mark].any()})
