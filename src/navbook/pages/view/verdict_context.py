"""What the edition holds on a verdict: detectable change, level, and expected range."""

from collections.abc import Mapping
from dataclasses import dataclass

from navbook.edition import Edition
from navbook.edition.schema import BASIS_SKJULT, BASIS_UKJENT, ENDRET_DEFINISJON, NIVA_SKJULT, NIVA_UKJENT
from navbook.pages.view.cells import HIDDEN, NOT_COMPUTABLE, REDEFINED

Key = tuple[str, str, str, str]
# the reason in the edition → what is the matter, and whether with the level rather than the base
MISSING = {
    BASIS_SKJULT: (HIDDEN, False),
    BASIS_UKJENT: (NOT_COMPUTABLE, False),
    NIVA_SKJULT: (HIDDEN, True),
    NIVA_UKJENT: (NOT_COMPUTABLE, True),
    ENDRET_DEFINISJON: (REDEFINED, False),
}


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


def read_verdict_reasons(edition: Edition) -> Mapping[Key, str]:
    """The code of the reason of each row without a verdict, by (indikator, gruppe, enhet, periode)."""
    rows = edition.further("grunner")
    keys = [rows[name].astype(str) for name in ("indikator", "gruppe", "enhet", "periode")]
    return dict(zip(zip(*keys, strict=True), rows["grunn"].astype(str), strict=True))
