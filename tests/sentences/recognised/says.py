"""The list of recognised sentences, and how one is added to it."""

import re
from collections.abc import Callable

from claims import Claim

Derivation = Callable[[Claim, re.Match[str]], bool]
RECOGNISED: list[tuple[re.Pattern[str], Derivation]] = []
# a number as it is printed, and a small count in words
N = r"[+−]?\d{1,3}(?: \d{3})*(?:,\d+)?"
W = rf"(?:ingen|ett|to|tre|fire|fem|seks|sju|åtte|ni|ti|elleve|tolv|{N})"


def says(pattern: str) -> Callable[[Derivation], Derivation]:
    """Register what must be so for the sentences that match `pattern` as a whole.

    The function returns whether the claim is so, or raises AssertionError.
    """

    def register(derive: Derivation) -> Derivation:
        RECOGNISED.append((re.compile(pattern, re.IGNORECASE), derive))
        return derive

    return register
