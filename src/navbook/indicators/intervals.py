"""Intervals of days per person: which row wins a day, what joins to a spell, what is cut by what.

Every table here has `person_id`, `fom` and `tom`, both days inclusive and neither empty.
"""

from typing import cast

import ibis
import ibis.expr.types as ir

from navbook.indicators.month_index import days_after


def tangled(rows: ir.Table) -> ir.Table:
    """The persons, once each, of whom two rows cover the same day."""
    # where any two rows overlap, some two do that stand beside each other by fom
    following = rows.fom.lead().over(ibis.window(group_by="person_id", order_by=["fom", "tom"]))
    return rows.mutate(neste=following).filter(ibis._.neste <= ibis._.tom).select("person_id").distinct()


def winning(rows: ir.Table, persons: ir.Table | None = None) -> ir.Table:
    """Disjoint intervals: on each day only the row with the latest fom counts, then the highest enhetsnr.

    `persons` are the `tangled` ones of a large table, kept beforehand, for they are asked for many times.
    """
    persons = tangled(rows) if persons is None else persons
    plain = rows.anti_join(persons, "person_id")
    return plain.union(_untangle(rows.semi_join(persons, "person_id")))


def _untangle(rows: ir.Table) -> ir.Table:
    """Each person's days cut at every start and end, and each piece given to the row that wins it."""
    starts = rows.select("person_id", dag=rows.fom)
    ends = rows.select("person_id", dag=days_after(rows.tom, 1))
    cuts = starts.union(ends, distinct=True)
    following = cuts.dag.lead().over(ibis.window(group_by="person_id", order_by="dag"))
    pieces = cuts.mutate(neste=following)
    pieces = pieces.filter(pieces.neste.notnull())
    pieces = pieces.select("person_id", bit_fom=pieces.dag, bit_tom=days_after(pieces.neste, -1))
    by_rank = ibis.window(group_by="person_id", order_by=["fom", "enhetsnr"])
    ranked = rows.mutate(rang=ibis.row_number().over(by_rank))
    days = ranked.select("person_id", "rang", rad_fom=ranked.fom, rad_tom=ranked.tom)
    covering = pieces.inner_join(
        days, ["person_id", days.rad_fom <= pieces.bit_fom, days.rad_tom >= pieces.bit_tom]
    )
    won = covering.group_by("person_id", "bit_fom", "bit_tom").aggregate(rang=covering.rang.max())
    whole = won.inner_join(ranked, ["person_id", "rang"])
    return whole.mutate(fom=whole.bit_fom, tom=whole.bit_tom).select(rows.columns)


def with_spell(intervals: ir.Table, gap: int) -> ir.Table:
    """Adds `start` and `slutt` of the spell an interval is part of; parts lie at most `gap` days apart."""
    numbered = _numbered(intervals, gap)
    spell = ibis.window(group_by=["person_id", "nr"])
    whole = numbered.mutate(start=numbered.fom.min().over(spell), slutt=numbered.tom.max().over(spell))
    return whole.drop("nr")


def merged(intervals: ir.Table, gap: int = 0) -> ir.Table:
    """The spells themselves, one row each: `person_id, fom, tom`, disjoint and never adjacent."""
    parts = _numbered(intervals.select("person_id", "fom", "tom"), gap)
    spells = parts.group_by("person_id", "nr").aggregate(fom=parts.fom.min(), tom=parts.tom.max())
    return spells.drop("nr")


def _numbered(intervals: ir.Table, gap: int) -> ir.Table:
    """Adds `nr`, which spell of the person an interval is part of."""
    before = ibis.window(group_by="person_id", order_by=["fom", "tom"], preceding=(None, 1), following=None)
    seen = intervals.mutate(til_na=intervals.tom.max().over(before))
    opens = seen.til_na.isnull() | (seen.fom > days_after(seen.til_na, gap + 1))
    marked = seen.mutate(apner=ibis.ifelse(opens, 1, 0))
    so_far = ibis.window(group_by="person_id", order_by=["fom", "tom"], preceding=None, following=0)
    return marked.mutate(nr=marked.apner.sum().over(so_far)).drop("til_na", "apner")


def cut_by(intervals: ir.Table, holes: ir.Table, name: str) -> ir.Table:
    """The same days in pieces, each with a column `name` telling whether it lies in a hole.

    The intervals must be disjoint, the holes merged.
    """
    along = ibis.window(group_by="person_id", order_by="fom")
    named = holes.select(
        "person_id",
        hull_fom=holes.fom,
        hull_tom=holes.tom,
        forrige=holes.tom.lag().over(along),
        neste=holes.fom.lead().over(along),
    )
    hits = intervals.inner_join(
        named, ["person_id", named.hull_fom <= intervals.tom, named.hull_tom >= intervals.fom]
    )
    inside = _piece(
        hits,
        intervals,
        name,
        ibis.greatest(hits.fom, hits.hull_fom),
        ibis.least(hits.tom, hits.hull_tom),
        True,
    )
    open_from = ibis.greatest(ibis.coalesce(days_after(hits.forrige, 1), hits.fom), hits.fom)
    before = _piece(hits, intervals, name, open_from, days_after(hits.hull_fom, -1), False)
    last = hits.filter(hits.neste.isnull() | (hits.neste > hits.tom))
    after = _piece(last, intervals, name, days_after(last.hull_tom, 1), last.tom, False)
    whole = intervals.anti_join(hits, ["person_id", "fom"]).mutate(**{name: ibis.literal(False)})
    return whole.union(inside, before, after)


def _piece(
    hits: ir.Table, intervals: ir.Table, name: str, fom: ir.Value, tom: ir.Value, inside: bool
) -> ir.Table:
    pieces = hits.mutate(bit_fom=fom, bit_tom=tom)
    pieces = pieces.filter(pieces.bit_fom <= pieces.bit_tom)
    pieces = pieces.mutate(fom=pieces.bit_fom, tom=pieces.bit_tom, **{name: ibis.literal(inside)})
    return cast(ir.Table, pieces.select(*intervals.columns, name))
