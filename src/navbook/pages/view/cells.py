"""The rows of an edition as objects, looked up by key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from navbook.edition.schema import (
    ENDRET_DEFINISJON,
    FLOATS,
    FOR_FA,
    IKKE_BEREGNBAR,
    IKKE_I_UTTREKKET,
    SKJULT,
    UTEN_GRUNNLAG,
    VIST,
)
from navbook.pages.format import exact_share, month_count, percent_decimals

SHOWN, HIDDEN, NOT_IN_EXTRACT, NOT_COMPUTABLE = VIST, SKJULT, IKKE_I_UTTREKKET, IKKE_BEREGNBAR
# why a shown cell has no verdict
TOO_FEW, WITHOUT_BASE, REDEFINED = FOR_FA, UTEN_GRUNNLAG, ENDRET_DEFINISJON


@dataclass(frozen=True)
class Cell:
    """One row of the edition. Shares are 0–1; a missing value is None or empty text.

    `stock`: the counts are sums over months of persons who may be the same each month. `base_share` is the
    share of the base period from its counts, None where they are not known: `basis_verdi` is rounded already.
    `statement` is the code of what the edition says of a hidden row.
    """

    indikator: str
    gruppe: str
    enhet: str
    periode: str
    niva: str = ""
    status: str = NOT_IN_EXTRACT
    stock: bool = False
    x: float | None = None
    n: float | None = None
    verdi: float | None = None
    nedre: float | None = None
    ovre: float | None = None
    basis_periode: str = ""
    basis_verdi: float | None = None
    endring: float | None = None
    endring_nedre: float | None = None
    endring_ovre: float | None = None
    krav: float | None = None
    vurdering: str = ""
    forventet: float | None = None
    avvik: float | None = None
    avvik_nedre: float | None = None
    avvik_ovre: float | None = None
    forelopig: bool = False
    definisjon: str = ""
    base_share: Decimal | None = None
    statement: str = ""

    @property
    def shown(self) -> bool:
        return self.status == SHOWN

    @property
    def is_count(self) -> bool:
        """A count without a denominator."""
        return self.shown and self.verdi is None

    @property
    def divisor(self) -> int:
        """What a sum is divided by before it is printed: the number of months of a stock, else one."""
        return month_count(self.periode) if self.stock else 1

    @property
    def decimals(self) -> int:
        """Decimals of the printed share, by the (mean monthly) number of cases."""
        return percent_decimals(None if self.n is None else self.n / self.divisor)

    @property
    def share(self) -> Decimal | None:
        """The share from its counts, so that it is rounded only once; from `verdi` if they are missing."""
        if self.verdi is None:
            return None
        if self.x is not None and self.n:
            return exact_share(self.x, self.n)
        return Decimal(repr(self.verdi))

    @property
    def keys(self) -> dict[str, str]:
        """The key of the row, as the attributes of a table row."""
        return {
            "indikator": self.indikator,
            "gruppe": self.gruppe,
            "enhet": self.enhet,
            "periode": self.periode,
        }


_DERIVED = ("stock", "forelopig", "base_share", "statement")
_OF_A_ROW = tuple(field.name for field in fields(Cell) if field.name not in _DERIVED)
_KEY = ("indikator", "gruppe", "enhet", "periode")


def _clean(name: str, value: Any) -> Any:
    missing = value is None or value is pd.NA or value != value
    if name in FLOATS:
        return None if missing else float(value)
    return "" if missing else str(value)


class Cells:
    """The cells of some units or indicators of an edition, by key.

    A cell is made when it is first needed: an indicator may have fifty thousand rows, of which its page shows
    a few hundred.
    """

    def __init__(
        self, rows: pd.DataFrame, stocks: Iterable[str], statements: pd.DataFrame | None = None
    ) -> None:
        self._stocks = set(stocks)
        said = pd.DataFrame(columns=[*_KEY, "utsagn"]) if statements is None else statements
        self._statements = dict(
            zip(zip(*(said[name] for name in _KEY), strict=True), said["utsagn"], strict=True)
        )
        # plain arrays: one lookup in a pandas column costs more than converting all of it
        self._columns = {name: rows[name].to_numpy(object) for name in (*_OF_A_ROW, "forelopig")}
        keys = zip(*(self._columns[name] for name in _KEY), strict=True)
        self._places: dict[tuple[str, ...], int] = {key: place for place, key in enumerate(keys)}
        self._made: dict[int, Cell] = {}

    def get(self, indikator: str, gruppe: str, enhet: str, periode: str) -> Cell:
        """The cell of that key; one with the status "not in the extract" if the edition has no such row."""
        place = self._places.get((indikator, gruppe, enhet, periode))
        return Cell(indikator, gruppe, enhet, periode) if place is None else self._cell(place)

    def all(self) -> Iterator[Cell]:
        """Every cell, in the order of the edition."""
        return map(self._cell, self._places.values())

    def series_keys(self) -> list[tuple[str, str]]:
        """The (indikator, gruppe) pairs that have rows, in the order of the edition."""
        return list(self._series)

    def months(self, indikator: str, gruppe: str, enhet: str) -> list[Cell]:
        """The single months of a series in a unit, oldest first."""
        periods = self._months.get((indikator, gruppe, enhet), ())
        return [self.get(indikator, gruppe, enhet, periode) for periode in sorted(periods)]

    @cached_property
    def _series(self) -> dict[tuple[str, str], None]:
        return dict.fromkeys((indikator, gruppe) for indikator, gruppe, _, _ in self._places)

    @cached_property
    def _months(self) -> dict[tuple[str, str, str], list[str]]:
        found: dict[tuple[str, str, str], list[str]] = {}
        for indikator, gruppe, enhet, periode in self._places:
            if _is_month(periode):
                found.setdefault((indikator, gruppe, enhet), []).append(periode)
        return found

    def _cell(self, place: int) -> Cell:
        if place not in self._made:
            values = {name: _clean(name, self._columns[name][place]) for name in _OF_A_ROW}
            forelopig = self._columns["forelopig"][place]
            self._made[place] = Cell(
                **values,
                stock=values["indikator"] in self._stocks,
                forelopig=forelopig is not pd.NA and bool(forelopig),
                base_share=self._base_share(values),
                statement=self._statements.get(tuple(values[name] for name in _KEY), ""),
            )
        return self._made[place]

    def _base_share(self, values: dict[str, Any]) -> Decimal | None:
        """The share of the row that a row is compared with, from its counts."""
        key = (values["indikator"], values["gruppe"], values["enhet"], values["basis_periode"])
        place = self._places.get(key)
        if place is None or values["basis_verdi"] is None:
            return None
        x, n = (_clean(name, self._columns[name][place]) for name in ("x", "n"))
        return exact_share(x, n) if x is not None and n else None


def _is_month(periode: str) -> bool:
    return len(periode) == len("2022-03") and "T" not in periode
