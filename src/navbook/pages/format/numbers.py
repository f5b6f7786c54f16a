"""Numbers, dates and periods as Norwegian text.

Shares come as 0–1 and are printed as per cent. Rounding is half up, on decimals: floats round half to even.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.dates import format_date
from babel.numbers import format_decimal

from navbook.runtime.periods import first_day, parse_period

LOCALE = "nb_NO"
WHOLE_PERCENT_BELOW = 200  # contract, head: whole per cent where n < 200
_NARROW_SPACE = "\u202f"
_MINUS = "\u2212"
_WORDS = ["ingen", "ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"]


def rounded(value: float | Decimal, decimals: int = 0) -> Decimal:
    """`value` rounded half up to that many decimals."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: float | Decimal, decimals: int = 0) -> str:
    """`value` with decimal comma and a narrow space between thousands: `1 234,5`."""
    amount = rounded(value, decimals)
    return _written(abs(amount) if amount == 0 else amount, decimals)  # no "−0"


@cache  # a page shows the same few hundred numbers again and again
def _written(amount: Decimal, decimals: int) -> str:
    text = format_decimal(amount, format="#,##0" + ("." + "0" * decimals if decimals else ""), locale=LOCALE)
    return re.sub(r"[\u00a0\u202f ]", _NARROW_SPACE, text).replace("-", _MINUS)


def signed(value: float | Decimal, decimals: int = 0) -> str:
    """As `number`, with a plus sign before positive values."""
    text = number(value, decimals)
    return f"+{text}" if rounded(value, decimals) > 0 else text


def count_word(count: int) -> str:
    """A small count in words, neuter gender: `ett`, `tolv`; from 13 in digits."""
    return _WORDS[count] if count < len(_WORDS) else number(count)


def percent_decimals(n: float | None) -> int:
    """Decimals of a printed share of n cases: none below 200 cases, else one."""
    return 0 if n is not None and n < WHOLE_PERCENT_BELOW else 1


def percent(share: float | Decimal, decimals: int = 1) -> str:
    """A share 0–1 as per cent, without the sign: `41,2`."""
    exact = share if isinstance(share, Decimal) else Decimal(repr(float(share)))
    return number(exact * 100, decimals)


def exact_share(x: float, n: float) -> Decimal:
    """x/n as a decimal, so that it is rounded only once."""
    return Decimal(repr(float(x))) / Decimal(repr(float(n)))


def signed_points(change: float, decimals: int = 1) -> str:
    """A difference of shares as percentage points with its sign: `+1,8`."""
    return signed(Decimal(repr(float(change))) * 100, decimals)


def range_text(lower: str, upper: str) -> str:
    """Two printed limits as a range: `38,1–44,9`, or with «til» if one of them has a sign."""
    mixed = any(sign in lower + upper for sign in (_MINUS, "+"))
    return f"{lower} til {upper}" if mixed else f"{lower}–{upper}"


def date_text(day: date | str) -> str:
    """A date in words: `15. januar 2023`."""
    as_date = date.fromisoformat(day) if isinstance(day, str) else day
    return str(format_date(as_date, format="d. MMMM y", locale=LOCALE))


def month_text(month: str) -> str:
    """A month in words: `mars 2022`."""
    return str(format_date(first_day(month), format="MMMM y", locale=LOCALE))


def period_text(name: str) -> str:
    """A period in words: `2022`, `1. tertial 2022`, `mars 2022`, `juli 2021–juni 2022`, `mars–juni 2023`."""
    if name.isdigit():
        return name
    if "-T" in name:
        year, tertial = name.split("-T")
        return f"{tertial}. tertial {year}"
    period = parse_period(name)
    if period.first == period.last:
        return month_text(period.first)
    first, last = month_text(period.first), month_text(period.last)
    if period.first[:4] == period.last[:4]:
        first = first.split()[0]
    return f"{first}–{last}"


def month_count(period: str) -> int:
    """The number of months in the period of that name."""
    return len(parse_period(period).months)
