"""The office register: valid offices on a day, successors of closed offices, and their counties."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_VIKAFOSSEN = "2103"
_SPECIAL_ENDINGS = ("83", "87")


@dataclass(frozen=True, order=True)
class OfficeRow:
    """An office from `gyldig_fom` to `gyldig_tom`, both included (None: still valid)."""

    enhetsnr: str
    gyldig_fom: date
    gyldig_tom: date | None
    navn: str
    fylke_enhetsnr: str
    fylke_navn: str
    etterfolger: str | None = None
    ansatte: int | None = None
    arbeidsmarkedsregion: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the row is in force on the day."""
        return self.gyldig_fom <= day and (self.gyldig_tom is None or day <= self.gyldig_tom)


def is_special_number(enhetsnr: str) -> bool:
    """Whether the number is of no local office: 2103 (secret addresses), ??83 (own staff), ??87 (tiltak)."""
    return enhetsnr == _VIKAFOSSEN or enhetsnr.endswith(_SPECIAL_ENDINGS)


class OfficeRegister:
    """The rows of `kontor`, queried by office and day. An unknown office number raises KeyError."""

    def __init__(self, rows: Iterable[OfficeRow]) -> None:
        self._rows: dict[str, list[OfficeRow]] = defaultdict(list)
        for row in sorted(set(rows), key=lambda row: (row.enhetsnr, row.gyldig_fom)):
            self._rows[row.enhetsnr].append(row)
        self._rows = dict(self._rows)

    @property
    def offices(self) -> tuple[str, ...]:
        """Every office number, in number order."""
        return tuple(self._rows)

    @property
    def counties(self) -> tuple[str, ...]:
        """Every fylke_enhetsnr of any row, in number order; `check` reads rows that lack it."""
        numbers = {row.fylke_enhetsnr for rows in self._rows.values() for row in rows}
        return tuple(sorted(number for number in numbers if number is not None))

    def rows_of(self, enhetsnr: str) -> tuple[OfficeRow, ...]:
        """The rows of an office, the earliest first."""
        return tuple(self._rows[enhetsnr])

    def valid_on(self, day: date) -> list[str]:
        """The offices with a row in force on the day, in number order."""
        return [office for office, rows in self._rows.items() if any(row.covers(day) for row in rows)]

    def row_on(self, enhetsnr: str, day: date) -> OfficeRow:
        """The row in force on the day, else the latest earlier one, else the earliest."""
        rows = self._rows[enhetsnr]
        begun = [row for row in rows if row.gyldig_fom <= day]
        return begun[-1] if begun else rows[0]

    def resolve(self, enhetsnr: str, day: date) -> str:
        """The office that this one is counted in on the day: itself, or the last of its chain of successors.

        An office is closed from the day after its gyldig_tom. Without a successor it is counted in itself.
        """
        seen = {enhetsnr}
        while (successor := self._successor(enhetsnr, day)) and successor not in seen:
            seen.add(successor)
            enhetsnr = successor
        return enhetsnr

    def county_of(self, enhetsnr: str, day: date) -> str:
        """The fylke_enhetsnr of the row in force on the day, else the latest earlier, else the first."""
        return self.row_on(enhetsnr, day).fylke_enhetsnr

    def name_of(self, enhetsnr: str, day: date | None = None) -> str:
        """The office's name on the day, or its latest name."""
        return self.row_on(enhetsnr, day or date.max).navn

    def region_of(self, enhetsnr: str, day: date) -> str:
        """The arbeidsmarkedsregion of the same row as the county; empty if the register does not say."""
        return self.row_on(enhetsnr, day).arbeidsmarkedsregion or ""

    def county_name(self, fylke_enhetsnr: str, day: date | None = None) -> str:
        """The name of a county on the day (or its latest), as its offices' rows give it."""
        rows = [row for rows in self._rows.values() for row in rows if row.fylke_enhetsnr == fylke_enhetsnr]
        begun = [row for row in rows if day is None or row.gyldig_fom <= day] or rows
        if not begun:
            raise KeyError(fylke_enhetsnr)
        return max(begun, key=lambda row: (row.gyldig_fom, row.enhetsnr)).fylke_navn

    def overlaps(self) -> list[tuple[OfficeRow, OfficeRow]]:
        """Rows of one office that hold on the same day, as (earlier, later), in order of number."""
        return [
            (first, second)
            for rows in self._rows.values()
            for first, second in pairwise(rows)
            if first.gyldig_tom is None or second.gyldig_fom <= first.gyldig_tom
        ]

    def loops(self) -> list[tuple[str, ...]]:
        """Circular chains of successors, each once, beginning with its lowest number."""
        found = set()
        for office in self._rows:
            chain = [office]
            while (following := self._last_successor(chain[-1])) and following not in chain:
                chain.append(following)
            if following:
                loop = chain[chain.index(following) :]
                start = loop.index(min(loop))
                found.add(tuple(loop[start:] + loop[:start]))
        return sorted(found)

    def frame(self) -> "pd.DataFrame":
        """The rows of `kontor` in order of number and day; days as datetime64, an open end as NaT."""
        import pandas as pd  # imported late: counting does not need it

        names = list(OfficeRow.__dataclass_fields__)
        rows = [[getattr(row, name) for name in names] for rows in self._rows.values() for row in rows]
        frame = pd.DataFrame(rows, columns=names)
        for name in ("gyldig_fom", "gyldig_tom"):
            frame[name] = pd.to_datetime(frame[name])
        return frame

    def _successor(self, enhetsnr: str, day: date) -> str | None:
        if enhetsnr not in self._rows:
            return None
        row = self.row_on(enhetsnr, day)
        closed = row.gyldig_tom is not None and row.gyldig_tom < day
        return row.etterfolger if closed else None

    def _last_successor(self, enhetsnr: str) -> str | None:
        rows = self._rows.get(enhetsnr)
        return rows[-1].etterfolger if rows else None
