"""Numbers, periods and counts as a Norwegian page prints them, written apart from the book's own printing."""

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
WORDS = ["ingen", "ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"]


def ends(periode: str) -> tuple[int, int]:
    """The first and the last month of a period, as months since year 0."""

    def month(text: str) -> int:
        return int(text[:4]) * 12 + int(text[5:7]) - 1

    if ".." in periode:
        first, last = periode.split("..")
        return month(first), month(last)
    if re.fullmatch(r"\d{4}", periode):
        return int(periode) * 12, int(periode) * 12 + 11
    if "-T" in periode:
        first_month = int(periode[:4]) * 12 + 4 * (int(periode[-1]) - 1)
        return first_month, first_month + 3
    return month(periode), month(periode)


def printed(value: float | Decimal, decimals: int = 0, signed: bool = False) -> str:
    """A number as a Norwegian page prints it: half up, decimal comma, a space between thousands."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    amount = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(amount):,}".replace(",", " ").replace(".", ",")
    sign = "−" if amount < 0 else "+" if signed and amount > 0 else ""
    return sign + text


def per_cent(share: float | Decimal, decimals: int, signed: bool = False) -> str:
    exact = share if isinstance(share, Decimal) else Decimal(repr(float(share)))
    return printed(exact * 100, decimals, signed)


def in_words(count: int) -> str:
    return WORDS[count] if count < len(WORDS) else printed(count)


def period_text(periode: str) -> str:
    """A period in words."""
    if re.fullmatch(r"\d{4}", periode):
        return periode
    if "-T" in periode:
        return f"{periode[-1]}. tertial {periode[:4]}"
    first, last = ends(periode)
    words = [f"{MONTHS[at % 12]} {at // 12}" for at in (first, last)]
    if first == last:
        return words[0]
    if first // 12 == last // 12:
        words[0] = MONTHS[first % 12]
    return "–".join(words)


def strings(value: Any) -> Iterator[str]:
    """Every text in nested lists and dicts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, Iterable):
        for each in value:
            yield from strings(each)
