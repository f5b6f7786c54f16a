"""CSV injection: text that a spreadsheet would run as a formula is written so that it is read as text."""

import pandas as pd

_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MARK = "'"


def escape_formula(text: str) -> str:
    """`text`, with an apostrophe in front if a spreadsheet would run it as a formula.

    Source: OWASP, CSV injection.
    """
    return _MARK + text if _would_run(text) else text


def unescape_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """A table of text without the apostrophes that `escape_formula` added."""
    return frame.map(lambda text: text[1:] if text.startswith(_MARK) and _would_run(text) else text)


def _would_run(text: str) -> bool:
    return text.lstrip(f"{_MARK} \u00a0").startswith(_SIGNS)
