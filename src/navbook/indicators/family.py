"""A family: indicators that are counted from the same rows."""

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

    `query(states, first, last)` returns x and n (a pure count has no n) of every series for the months from
    `first` to `last`; offices and months with zero may be left out. A family may instead have one query for
    each indicator, by id. `notatbok` names the calculation notebook if several families share one.
    """

    id: str
    navn: str
    indikatorer: tuple[Indicator, ...]
    query: Query | Mapping[str, Query]
    notatbok: str = ""

    @property
    def notebook(self) -> str:
        """The name of the calculation notebook: the shared one, else that of the family."""
        return self.notatbok or self.id

    def count(self, requested: Collection[str], states: States, first: str, last: str) -> Counts:
        """The counts of the requested indicators; one query of the family may also return the others."""
        if callable(self.query):
            return self.query(states, first, last)
        counts = [query(states, first, last) for id, query in self.query.items() if id in requested]
        return list(chain.from_iterable(counts))
