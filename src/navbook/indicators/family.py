"""A family: indicators that are counted in one go from the same rows."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from navbook.indicators.declaration import Indicator
from navbook.indicators.states import States

Query = Callable[[States, str, str], pd.DataFrame]


@dataclass(frozen=True)
class Family:
    """Declarations and the query that counts them.

    `query(states, first, last)` returns indikator, gruppe, enhetsnr, m (month index), x and n (missing for
    pure counts) for all months from `first` to `last`; rows of nought may be left out. `notatbok` names the
    calculation notebook where several families share one.
    """

    id: str
    navn: str
    indikatorer: tuple[Indicator, ...]
    query: Query
    notatbok: str = ""

    @property
    def notebook(self) -> str:
        """The calculation notebook that counts it: one of its own, or one that it shares with others."""
        return self.notatbok or self.id
