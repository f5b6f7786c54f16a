"""Norwegian number words from 0 to 999, bokmål with its older forms."""

import re

_ONES = {"null": 0, "ingen": 0, "en": 1, "én": 1, "ei": 1, "ett": 1, "to": 2, "tre": 3, "fire": 4,
         "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9}  # fmt: skip
_TEENS = {"ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16,
          "sytten": 17, "atten": 18, "nitten": 19}  # fmt: skip
_TENS = {"tjue": 20, "tyve": 20, "tretti": 30, "tredve": 30, "førti": 40, "femti": 50, "seksti": 60,
         "sytti": 70, "åtti": 80, "nitti": 90}  # fmt: skip


_ARTICLES = {"en", "ei", "ett"}


def _below_hundred() -> dict[str, int]:
    counted = {word: number for word, number in _ONES.items() if number}
    joined = {tens + ones: base + number for tens, base in _TENS.items() for ones, number in counted.items()}
    turned = {
        f"{ones}og{tens}": base + number for tens, base in _TENS.items() for ones, number in counted.items()
    }
    return _ONES | _TEENS | _TENS | joined | turned


def _all() -> dict[str, int]:
    small = _below_hundred()
    hundreds = {"hundre": 100} | {
        f"{word}{space}hundre": 100 * number
        for word, number in _ONES.items()
        if number
        for space in ("", " ")
    }
    rest = {
        f"{hundred}{join}{word}": base + number
        for hundred, base in hundreds.items()
        for word, number in small.items()
        if number
        for join in (" og ", "og")
    }
    # as single words these are articles
    return {word: number for word, number in (small | hundreds | rest).items() if word not in _ARTICLES}


NUMBER_WORDS = _all()
# a run of words that may be a number; which one, NUMBER_WORDS knows
_PIECES = sorted({*_ONES, *_TEENS, *_TENS, "hundre"}, key=len, reverse=True)
_PIECE = "|".join(_PIECES)
_WORDS = re.compile(rf"\b(?:{_PIECE}|og)+(?:\s(?:og\s)?(?:{_PIECE}|og)+)*\b", re.IGNORECASE)


def with_digits(text: str) -> str:
    """The text with number words as digits: «tjueto personer» as «22 personer»."""
    return _WORDS.sub(lambda found: str(NUMBER_WORDS.get(found[0].lower(), found[0])), text)
