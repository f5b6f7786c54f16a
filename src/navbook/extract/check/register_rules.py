"""Rules on `kontor`: no office stands twice on one day, and successors lead somewhere."""

from collections.abc import Iterator

from navbook.extract.check.subject import Subject
from navbook.extract.report import MAX_KEYS, Problem


def check_register(subject: Subject) -> Iterator[Problem]:
    """Overlapping rows of one office, and chains of successors that never end."""
    if subject.register is None:
        return
    overlapping = [
        f"{first.enhetsnr} ({first.gyldig_fom} and {second.gyldig_fom})"
        for first, second in subject.register.overlaps()
    ]
    if overlapping:
        yield Problem(
            "kontor",
            "gyldig_fom",
            "the office has two rows that hold on the same day",
            "end the earlier row the day before the later one begins",
            "office_overlap",
            keys=tuple(overlapping[:MAX_KEYS]),
            count=len(overlapping),
        )
    loops = [" → ".join([*loop, loop[0]]) for loop in subject.register.loops()]
    if loops:
        yield Problem(
            "kontor",
            "etterfolger",
            "the successors lead back to the office they began with",
            "let the chain end in an office that is still open",
            "successor_loop",
            keys=tuple(loops[:MAX_KEYS]),
            count=len(loops),
        )
