"""What the edition holds about a verdict besides the verdict itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from navbook.edition import Edition

Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class VerdictContext:
    """What the edition holds beside one verdict, shares 0-1, None for what it does not."""

    smallest: float | None
    reached: bool | None
    expected: float | None
    lower: float | None
    upper: float | None


def read_verdict_contexts(edition: Edition) -> Mapping[Key, VerdictContext]:
    """What stands beside each verdict, by (indikator, gruppe, enhet, periode)."""
    rows = edition.further("tillegg")
    names = ["indikator", "gruppe", "enhet", "periode"]
    values = ["minste_endring", "niva_nadd", "ventet", "ventet_nedre", "ventet_ovre"]
    found: dict[Key, VerdictContext] = {}
    for *key, smallest, reached, expected, lower, upper in rows[names + values].itertuples(
        index=False, name=None
    ):
        some = [None if value != value else float(value) for value in (smallest, expected, lower, upper)]
        level = None if reached != reached else bool(reached)
        found[str(key[0]), str(key[1]), str(key[2]), str(key[3])] = VerdictContext(some[0], level, *some[1:])
    return found
