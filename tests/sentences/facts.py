"""What an edition and its letters say, read from their files alone: no code of navbook takes part.

A verdict is derived again from the counts in `tall.csv` and the rule in the letter's own file.
"""

import csv
import json
import re
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from printed import ends

COUNTRY = "0000"
LEAST = 30
Z = 1.959963984540054


class Key(NamedTuple):
    indikator: str
    gruppe: str
    enhet: str
    periode: str


@dataclass(frozen=True)
class Row:
    """A row of tall.csv; a missing number is None."""

    fields: dict[str, str]

    def __getattr__(self, name: str) -> str:
        try:
            return self.fields[name]
        except KeyError as error:
            raise AttributeError(name) from error

    def number(self, name: str) -> float | None:
        text = self.fields.get(name, "")
        return float(text.replace(",", ".")) if text else None

    @property
    def shown(self) -> bool:
        return self.fields.get("status") == "vist"


NO_ROW = Row({"status": "ikke_i_uttrekket"})


@dataclass(frozen=True)
class Demand:
    """A series under a row of a letter: whether it is judged, and by which rule."""

    parameter: str
    indikator: str
    gruppe: str
    maal: str
    judged: bool
    supplement: bool
    requirement: str
    rule: dict[str, Any]
    footnotes: tuple[tuple[int, str], ...]


class Facts:
    """An edition in a folder, and the folder of the letters that there were."""

    def __init__(self, folder: Path, letters: Path) -> None:
        self.folder, self.letters = folder, letters
        self.utgave: dict[str, Any] = self._json("utgave.json")
        self.definitions: dict[str, Any] = {d["id"]: d for d in self._json("definisjoner.json")}
        self.period: str = self.utgave["periode"]
        self._tables: dict[str, list[dict[str, str]]] = {}

    def _json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file of the edition; none if it has no such file."""
        if name not in self._tables:
            self._tables[name] = self._read(name)
        return self._tables[name]

    def _read(self, name: str) -> list[dict[str, str]]:
        file = self.folder / f"{name}.csv"
        if not file.is_file():
            return []
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines, delimiter=";"))

    @cached_property
    def rows(self) -> dict[Key, Row]:
        names = Key._fields
        return {Key(*(row[name] for name in names)): Row(row) for row in self.table("tall")}

    @cached_property
    def units(self) -> dict[str, dict[str, str]]:
        """The units that have figures, by number."""
        present = {key.enhet for key in self.rows}
        return {row["enhet"]: row for row in self.table("enheter") if row["enhet"] in present}

    @cached_property
    def top(self) -> str:
        """What a sentence calls the top level: the country, or the area that the extract covers."""
        name = next((str(row["navn"]) for row in self.table("enheter") if row["enhet"] == COUNTRY), "")
        return "landet" if name in ("", "Hele landet") else name

    @cached_property
    def reasons(self) -> dict[Key, str]:
        return {Key(*(row[n] for n in Key._fields)): row["grunn"] for row in self.table("grunner")}

    @cached_property
    def notes(self) -> dict[Key, Row]:
        return {Key(*(row[n] for n in Key._fields)): Row(row) for row in self.table("tillegg")}

    def row(self, indikator: str, gruppe: str, enhet: str, periode: str = "") -> Row:
        key = Key(indikator, gruppe, enhet, periode or self.shown_period(indikator))
        return self.rows.get(key, NO_ROW)

    def market(self, enhet: str, region: str, periode: str) -> Row:
        """A row of arbeidsmarked.csv; the region is empty for all regions together."""
        wanted = {"enhet": enhet, "arbeidsmarkedsregion": region, "periode": periode}
        return Row(next(row for row in self.table("arbeidsmarked") if wanted.items() <= row.items()))

    # Periods

    def shown_period(self, indikator: str) -> str:
        return self.utgave["perioder"].get(indikator, {}).get("vist") or self.period

    def months(self, periode: str) -> list[tuple[int, int]]:
        """(year, month) of every month of a period."""
        first, last = ends(periode)
        return [divmod(at, 12) for at in range(first, last + 1)]

    def moved(self, periode: str, months: int) -> str:
        """The period of the same length that many months later."""
        first, last = (end + months for end in ends(periode))
        if re.fullmatch(r"\d{4}", periode):
            return f"{first // 12}"
        if "-T" in periode:
            return f"{first // 12}-{periode[-2:]}"
        if ".." in periode:
            return "..".join(f"{at // 12}-{at % 12 + 1:02}" for at in (first, last))
        return f"{first // 12}-{first % 12 + 1:02}"

    # The letters

    @cached_property
    def letter_files(self) -> dict[int, dict[str, Any]]:
        return {
            int(path.stem): yaml.safe_load(path.read_text(encoding="utf-8"))
            for path in sorted(self.letters.glob("*.yml"))
        }

    def letter_year(self, periode: str) -> int | None:
        """The letter of a period: of the year of its last month, else the latest before; None before the
        first."""
        year = self.months(periode)[-1][0]
        return max((known for known in self.letter_files if known <= year), default=None)

    def demands(self, year: int | None) -> list[Demand]:
        """Every series under a row of a letter, in the letter's order."""
        if year is None:
            return []
        return [
            Demand(
                row["id"], series["indikator"], series["gruppe"], series.get("maal", "andel"),
                bool(series.get("judged")), bool(series.get("supplement")),
                row["requirement"], row["rule"],
                tuple((note["number"], note["text"]) for note in row.get("footnotes", ())),
            )
            for row in self.letter_files[year]["parameters"]
            for series in row["series"]
        ]  # fmt: skip

    @cached_property
    def in_force(self) -> list[Demand]:
        """The series of the letter that the edition answers to."""
        return self.demands(self.letter_year(self.period))

    def demand(self, indikator: str, gruppe: str) -> Demand | None:
        """What the letter of the period shown says of a series; None if it has no such row."""
        year = self.letter_year(self.shown_period(indikator))
        found = (d for d in self.demands(year) if (d.indikator, d.gruppe) == (indikator, gruppe))
        return next(found, None)

    # Numbers

    def divisor(self, indikator: str, periode: str) -> int:
        """What a sum is divided by: the months of a stock, else one."""
        stock = self.definitions.get(indikator, {}).get("beholdning")
        return len(self.months(periode)) if stock else 1

    def side(self, key: Key) -> tuple[float, float] | None:
        """x and n of a row (monthly means of a stock); n is nan for a count; None if it is not shown."""
        row = self.rows.get(key, NO_ROW)
        x, n = row.number("x"), row.number("n")
        if not row.shown or x is None:
            return None
        by = self.divisor(key.indikator, key.periode)
        return x / by, float("nan") if n is None else n / by

    # Verdicts

    def verdict(self, indikator: str, gruppe: str, enhet: str) -> str:
        """The verdict that the letter and the counts give for the period shown; empty where none is due."""
        key = Key(indikator, gruppe, enhet, self.shown_period(indikator))
        demand, row = self.demand(indikator, gruppe), self.rows.get(key, NO_ROW)
        if not row.shown:
            return ""
        if demand is None or not demand.judged:
            return "ikke_relevant"
        return _judged(self, key, row, demand)


def _judged(facts: Facts, key: Key, row: Row, demand: Demand) -> str:
    kind, rule = demand.rule["kind"], demand.rule
    now = facts.side(key)
    assert now is not None
    if kind == "fixed_limit":
        lower, upper = row.number("nedre"), row.number("ovre")
        if now[1] < LEAST:
            return "for_fa"
        if lower is None or upper is None:  # the limits are the spread of the months: one month has none
            return "kan_ikke_avgjores"
        return _side_of(lower - rule["limit"], upper - rule["limit"], -1 if rule["operator"] == "<" else 1)
    base = facts.side(key._replace(periode=facts.moved(key.periode, -rule.get("base_months_back", 12))))
    level = None
    if kind == "towards_level":
        back = 12 * (rule["level_year"] - facts.months(key.periode)[-1][0])
        level = facts.side(key._replace(periode=facts.moved(key.periode, back)))
    if base is None or (kind == "towards_level" and level is None):
        # the count of langtid_aktivitet is of the same group as its share
        group = facts.side(key._replace(gruppe="alle")) if key.gruppe == "antall" else now
        return "for_fa" if group is not None and group[1] < LEAST else "uten_grunnlag"
    return _compared(now, base, level, rule.get("polarity", 1))


def _compared(
    now: tuple[float, float], base: tuple[float, float], level: tuple[float, float] | None, polarity: int
) -> str:
    if level is None:
        change = difference(now, base)
        return "for_fa" if change is None else _side_of(*change, polarity)
    gap, change = difference(level, base), difference(now, base)
    if gap is None or change is None or (level[1] < LEAST):
        return "for_fa"
    towards = _side_of(*gap, 1)
    if towards == "kan_ikke_avgjores":
        return "ikke_relevant"
    return _side_of(*change, 1 if towards == "oppfylt" else -1)


def difference(now: tuple[float, float], base: tuple[float, float]) -> tuple[float, float] | None:
    """The 95 % limits of a change: Newcombe's of a share, Wilson's of x1/(x1 + x0) less a half of a count;
    None where there are too few."""
    (x1, n1), (x0, n0) = now, base
    if n1 != n1:
        if x1 + x0 < LEAST:
            return None
        lower, upper = wilson(x1, x1 + x0)
        return lower - 0.5, upper - 0.5
    if min(n1, n0) < LEAST:
        return None
    (lower1, upper1), (lower0, upper0), by = wilson(x1, n1), wilson(x0, n0), x1 / n1 - x0 / n0
    return (
        by - sqrt((x1 / n1 - lower1) ** 2 + (upper0 - x0 / n0) ** 2),
        by + sqrt((upper1 - x1 / n1) ** 2 + (x0 / n0 - lower0) ** 2),
    )


def wilson(x: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % limits of a share."""
    middle, half = (x + Z * Z / 2) / (n + Z * Z), Z * sqrt(x * (n - x) / n + Z * Z / 4) / (n + Z * Z)
    return (0.0 if x == 0 else middle - half), (1.0 if x == n else middle + half)


def _side_of(lower: float, upper: float, wanted: int) -> str:
    if (lower > 0 and wanted > 0) or (upper < 0 and wanted < 0):
        return "oppfylt"
    if (upper < 0 and wanted > 0) or (lower > 0 and wanted < 0):
        return "ikke_oppfylt"
    return "kan_ikke_avgjores"
