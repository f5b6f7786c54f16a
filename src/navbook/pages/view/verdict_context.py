"""What the edition holds on a verdict: detectable change, level, and expected range."""

from collections.abc import Mapping
from dataclasses import dataclass

from navbook.edition import Edition

Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class VerdictContext:
    """What the edition holds on one verdict; shares 0–1, None if missing.

    `smallest` is the smallest detectable change, `expected` to `upper` what was expected from regression to
    the mean, `reached` whether the level is reached.
    """

    smallest: float | None
    reached: bool | None
    expected: float | None
    lower: float | None
    upper: float | None


def read_verdict_contexts(edition: Edition) -> Mapping[Key, VerdictContext]:
    """The context of each verdict, by (indikator, gruppe, enhet, periode)."""
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
