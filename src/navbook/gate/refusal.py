"""The refusal of an edition of which hidden rows can be worked out."""

from collections.abc import Callable, Sequence
from typing import NoReturn

from navbook.errors import DisclosureRefused

TOGETHER = "the earlier releases together"
_TOLD = 10


def refuse_rows(rows: Sequence[str], whose: Callable[[str], str] = lambda _: TOGETHER) -> NoReturn:
    """DisclosureRefused that names the first of the rows and `whose` release gives each away."""
    told = [f"{row} (by {whose(row)})" for row in rows[:_TOLD]]
    raise DisclosureRefused(
        f"{len(rows)} hidden cells can be worked out from what is published, so the edition must not be: "
        + "; ".join(told)
        + "; hide more by --profile streng or publish a period that shares no months with the release named"
    )
