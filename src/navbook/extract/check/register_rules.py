"""Rules on `kontor`: rows of an office do not overlap, and successors are not circular."""

from collections.abc import Iterator

from navbook.extract.check.context import CheckContext
from navbook.extract.report import MAX_KEYS, Problem


def check_register(context: CheckContext) -> Iterator[Problem]:
    """Overlapping rows of an office, numbers of both a county and an office, and circular successors."""
    if context.register is None:
        return
    overlapping = [
        f"{first.enhetsnr} ({first.gyldig_fom} and {second.gyldig_fom})"
        for first, second in context.register.overlaps()
    ]
    if overlapping:
        yield Problem(
            "kontor",
            "gyldig_fom",
            "the office has two rows that are valid on the same day",
            "end the earlier row the day before the later one begins",
            "office_overlap",
            keys=tuple(overlapping[:MAX_KEYS]),
            count=len(overlapping),
        )
    counties = {
        row.fylke_enhetsnr for office in context.register.offices for row in context.register.rows_of(office)
    }
    both = sorted(counties & set(context.register.offices))
    if both:
        yield Problem(
            "kontor",
            "fylke_enhetsnr",
            "the number of a county is the number of an office too",
            "give the county the number of its NAV region, which no office has",
            "county_is_office",
            keys=tuple(both[:MAX_KEYS]),
            count=len(both),
        )
    loops = [" → ".join([*loop, loop[0]]) for loop in context.register.loops()]
    if loops:
        yield Problem(
            "kontor",
            "etterfolger",
            "the successors are circular",
            "let the chain end in an office that is still open",
            "successor_loop",
            keys=tuple(loops[:MAX_KEYS]),
            count=len(loops),
        )
