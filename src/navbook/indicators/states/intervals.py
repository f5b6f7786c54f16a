"""Intervals of days per person: which row wins a day, what joins to a spell, what is cut by what.

Every table here has `person_id`, `fom` and `tom`, both days inclusive and neither empty.
"""

import ibis
import ibis.expr.types as ir

from navbook.indicators.states.months import days_after


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
    return side_by_side(intervals, gap).select("person_id", "fom", "tom")


def side_by_side(intervals: ir.Table, gap: int = 0) -> ir.Table:
    """As `merged`, with the last day of the spell before (`forrige`) and the first of the next (`neste`)."""
    intervals = intervals.select("person_id", "fom", "tom")
    whole = ibis.window(group_by="person_id", order_by=["fom", "tom"], preceding=None, following=None)
    # beside the other window, for rows that are sorted once
    starts = _opening(intervals, gap, siste=intervals.tom.max().over(whole)).filter(ibis._.apner)
    along = ibis.window(group_by="person_id", order_by="fom")
    # what was seen when the next spell opens is where this one ends
    ended = ibis.coalesce(starts.til_na.lead().over(along), starts.siste)
    spells = starts.mutate(tom=ended, forrige=starts.til_na, neste=starts.fom.lead().over(along))
    return spells.select("person_id", "fom", "tom", "forrige", "neste")


def _opening(intervals: ir.Table, gap: int, **more: ir.Value) -> ir.Table:
    """Adds `til_na`, the last day of all before an interval; `apner`, whether it begins a spell; `more`."""
    before = ibis.window(group_by="person_id", order_by=["fom", "tom"], preceding=(None, 1), following=None)
    seen = intervals.mutate(til_na=intervals.tom.max().over(before), **more)
    return seen.mutate(apner=seen.til_na.isnull() | (seen.fom > days_after(seen.til_na, gap + 1)))


def _numbered(intervals: ir.Table, gap: int) -> ir.Table:
    """Adds `nr`, which spell of the person an interval is part of."""
    seen = _opening(intervals, gap)
    marked = seen.mutate(apner=ibis.ifelse(seen.apner, 1, 0))
    so_far = ibis.window(group_by="person_id", order_by=["fom", "tom"], preceding=None, following=0)
    return marked.mutate(nr=marked.apner.sum().over(so_far)).drop("til_na", "apner")


def cut_by(intervals: ir.Table, holes: ir.Table, name: str) -> ir.Table:
    """The same days in pieces, each with a column `name` telling whether it lies in a hole.

    The intervals must be disjoint, the holes `side_by_side`.
    """
    named = holes.select(
        "person_id",
        hull_fom=holes.fom,
        hull_tom=holes.tom,
        for_hull=days_after(holes.fom, -1),
        etter_hull=days_after(holes.tom, 1),
        etter_forrige=days_after(holes.forrige, 1),
        neste=holes.neste,
    )
    met = intervals.left_join(
        named, ["person_id", named.hull_fom <= intervals.tom, named.hull_tom >= intervals.fom]
    )
    # of each hole met: the days before it (0), in it (1) and after it (2); all days are after no hole at all
    bits = met.cross_join(ibis.range(3).unnest().name("bit").as_table())
    # what lies between two holes is before the later of them, and so not after the earlier
    last = bits.neste.isnull() | (bits.neste > bits.tom)
    bits = bits.filter(ibis.ifelse(bits.bit == 2, last, bits.hull_fom.notnull()))
    bit_fom = ibis.cases(
        (bits.bit == 0, ibis.greatest(ibis.coalesce(bits.etter_forrige, bits.fom), bits.fom)),
        (bits.bit == 1, ibis.greatest(bits.fom, bits.hull_fom)),
        else_=ibis.coalesce(bits.etter_hull, bits.fom),
    )
    bit_tom = ibis.cases(
        (bits.bit == 0, bits.for_hull),
        (bits.bit == 1, ibis.least(bits.tom, bits.hull_tom)),
        else_=bits.tom,
    )
    pieces = bits.mutate(bit_fom=bit_fom, bit_tom=bit_tom)
    pieces = pieces.filter(pieces.bit_fom <= pieces.bit_tom)
    pieces = pieces.mutate(fom=pieces.bit_fom, tom=pieces.bit_tom, **{name: pieces.bit == 1})
    return pieces.select(*intervals.columns, name)
