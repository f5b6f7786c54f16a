"""Intervals of days per person: resolve overlaps, merge to spells, split at other intervals.

Every table here has `person_id`, `fom` and `tom`, both days inclusive and neither empty.
"""

import ibis
import ibis.expr.types as ir

from navbook.indicators.states.months import days_after


def with_overlaps(rows: ir.Table) -> ir.Table:
    """The persons with two rows that cover the same day, each person once."""
    # if any two rows overlap, then two that are neighbours in order of fom overlap
    following = rows.fom.lead().over(ibis.window(group_by="person_id", order_by=["fom", "tom"]))
    return rows.mutate(neste=following).filter(ibis._.neste <= ibis._.tom).select("person_id").distinct()


def resolve_overlaps(rows: ir.Table, persons: ir.Table | None = None) -> ir.Table:
    """Disjoint intervals: on each day the row with the latest fom counts, then the highest enhetsnr.

    `persons` is the result of `with_overlaps`, if the caller has kept it; a large table needs it twice.
    """
    persons = with_overlaps(rows) if persons is None else persons
    plain = rows.anti_join(persons, "person_id")
    return plain.union(_resolve(rows.semi_join(persons, "person_id")))


def _resolve(rows: ir.Table) -> ir.Table:
    """The days of each person split at every start and end; each piece goes to the row that counts."""
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
    full = won.inner_join(ranked, ["person_id", "rang"])
    return full.mutate(fom=full.bit_fom, tom=full.bit_tom).select(rows.columns)


def with_spell(intervals: ir.Table, gap: int) -> ir.Table:
    """Adds `start` and `slutt` of the spell of each interval; its parts are at most `gap` days apart."""
    numbered = _numbered(intervals, gap)
    spell = ibis.window(group_by=["person_id", "nr"])
    spells = numbered.mutate(start=numbered.fom.min().over(spell), slutt=numbered.tom.max().over(spell))
    return spells.drop("nr")


def merged(intervals: ir.Table, gap: int = 0) -> ir.Table:
    """The spells, one row each: `person_id, fom, tom`; those of a person are more than `gap` days apart."""
    return merged_with_neighbours(intervals, gap).select("person_id", "fom", "tom")


def merged_with_neighbours(intervals: ir.Table, gap: int = 0) -> ir.Table:
    """As `merged`, with the end of the previous spell (`forrige`) and the start of the next (`neste`)."""
    intervals = intervals.select("person_id", "fom", "tom")
    everything = ibis.window(group_by="person_id", order_by=["fom", "tom"], preceding=None, following=None)
    # computed with the other window function, so that the rows are sorted once
    starts = _opening(intervals, gap, siste=intervals.tom.max().over(everything)).filter(ibis._.apner)
    along = ibis.window(group_by="person_id", order_by="fom")
    # a spell ends at the latest tom seen when the next spell opens
    ended = ibis.coalesce(starts.til_na.lead().over(along), starts.siste)
    spells = starts.mutate(tom=ended, forrige=starts.til_na, neste=starts.fom.lead().over(along))
    return spells.select("person_id", "fom", "tom", "forrige", "neste")


def _opening(intervals: ir.Table, gap: int, **more: ir.Value) -> ir.Table:
    """Adds `til_na`, the latest tom of earlier intervals; `apner`, whether it opens a spell; and `more`."""
    before = ibis.window(group_by="person_id", order_by=["fom", "tom"], preceding=(None, 1), following=None)
    seen = intervals.mutate(til_na=intervals.tom.max().over(before), **more)
    return seen.mutate(apner=seen.til_na.isnull() | (seen.fom > days_after(seen.til_na, gap + 1)))


def _numbered(intervals: ir.Table, gap: int) -> ir.Table:
    """Adds `nr`, the number of the spell of each interval within the person."""
    seen = _opening(intervals, gap)
    marked = seen.mutate(apner=ibis.ifelse(seen.apner, 1, 0))
    so_far = ibis.window(group_by="person_id", order_by=["fom", "tom"], preceding=None, following=0)
    return marked.mutate(nr=marked.apner.sum().over(so_far)).drop("til_na", "apner")


def split_by(intervals: ir.Table, holes: ir.Table, name: str) -> ir.Table:
    """The intervals split at the borders of `holes`; the column `name` says whether a piece is inside one.

    The intervals must be disjoint; `holes` is a result of `merged_with_neighbours`.
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
    # three pieces for each hole: before (0), inside (1), after (2); an interval without a hole has only (2)
    bits = met.cross_join(ibis.range(3).unnest().name("bit").as_table())
    # days between two holes belong to the piece before the later one
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
