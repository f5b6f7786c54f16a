"""Text that a spreadsheet would run as a formula, written so that it is read as text."""

import pandas as pd

_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MARK = "'"


def defused(text: str) -> str:
    """`text` with an apostrophe before it if a spreadsheet would take it for a formula.

    Source: OWASP, CSV injection.
    """
    return _MARK + text if _would_run(text) else text


def restored(frame: pd.DataFrame) -> pd.DataFrame:
    """A table of text as it was before `defused`."""
    return frame.map(lambda text: text[1:] if text.startswith(_MARK) and _would_run(text) else text)


def _would_run(text: str) -> bool:
    return text.lstrip(f"{_MARK} \u00a0").startswith(_SIGNS)
