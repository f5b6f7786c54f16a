"""A family: indicators that are counted in one go from the same rows."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import chain

from navbook.indicators.definition.declaration import Indicator
from navbook.indicators.definition.tally import Counts
from navbook.indicators.states.states import States

Query = Callable[[States, str, str], Counts]


@dataclass(frozen=True)
class Family:
    """Declarations and the query that counts them.

    `query(states, first, last)` returns x and n (a pure count has no n) of every series for all months from
    `first` to `last`; offices and months of nought may be left out. Where indicators of a family share
    little, each has a query of its own, by its id. `notatbok` names the calculation notebook
    where several families share one.
    """

    id: str
    navn: str
    indikatorer: tuple[Indicator, ...]
    query: Query | Mapping[str, Query]
    notatbok: str = ""

    @property
    def notebook(self) -> str:
        """The calculation notebook that counts it: one of its own, or one that it shares with others."""
        return self.notatbok or self.id

    def count(self, asked: Collection[str], states: States, first: str, last: str) -> Counts:
        """What the queries of the indicators asked for return; perhaps with others of the family."""
        if callable(self.query):
            return self.query(states, first, last)
        counts = [query(states, first, last) for id, query in self.query.items() if id in asked]
        return list(chain.from_iterable(counts))
