"""The letter's rows as the edition carries them: wording, requirement and series."""

import re
from dataclasses import dataclass, field
from typing import Any

from navbook.runtime.periods import parse_period

FIXED_LIMIT, TOWARDS_LEVEL = "fixed_limit", "towards_level"
_DIVIDED_BY = re.compile(r",?( og)? fordelt på$")


@dataclass(frozen=True)
class LetterSeries:
    """One series of a row of the letter.

    `wording` is the row's exact text, `part` that of the sub-row, `requirement` the letter's requirement.
    `supplement`: added by the book. `rule` is the rule as data (kind, operator, limit, level_year, polarity,
    text). `judged_by` is the year of the letter that judges the period shown, if that is not the letter in
    force: `judged`, `requirement` and `rule` are then those of that letter. It is 0 if no letter covers it.
    """

    indikator: str
    gruppe: str
    parameter: str = ""
    wording: str = ""
    part: str = ""
    requirement: str = ""
    judged: bool = False
    supplement: bool = False
    measure: str = "andel"
    rule: dict[str, Any] = field(default_factory=dict)
    judged_by: int | None = None

    @property
    def kind(self) -> str:
        return str(self.rule.get("kind") or "none")

    @property
    def polarity(self) -> int:
        return int(self.rule.get("polarity") or 1)

    def level_period(self, periode: str) -> str:
        """The same period of the year whose level the rule looks to; empty for other rules."""
        if self.kind != TOWARDS_LEVEL or not self.rule.get("level_year"):
            return ""
        period = parse_period(periode)
        return period.shifted(12 * (int(self.rule["level_year"]) - period.year)).name


@dataclass(frozen=True)
class LetterRow:
    """A row of the letter with its series. `gloss` is what it asks for in the book's own plain words."""

    id: str
    wording: str
    requirement: str
    footnotes: list[tuple[str, str]]
    silent: str
    series: list[LetterSeries]
    gloss: str = ""

    @property
    def title(self) -> str:
        """The wording as a heading over the row's parts, which name themselves what it is divided by."""
        return _DIVIDED_BY.sub("", self.wording)


def _joined(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _parameter(row: dict[str, Any]) -> LetterRow:
    wording, requirement = str(row["ordlyd"]), _joined(row.get("krav"))
    series = [
        LetterSeries(
            indikator=serie["indikator"],
            gruppe=serie["gruppe"],
            parameter=row["id"],
            wording=wording,
            part=_joined(serie.get("ordlyd")),
            requirement=requirement,
            judged=bool(serie.get("vurderes")),
            supplement=bool(serie.get("tillegg")),
            measure=serie.get("maal") or "andel",
            rule=dict(row.get("regel") or {}),
        )
        for serie in row.get("serier") or []
    ]
    notes = [(str(note["nr"]), str(note["tekst"])) for note in row.get("fotnoter") or []]
    silent, gloss = (_joined(row.get(name)) for name in ("taust", "gloss"))
    return LetterRow(str(row["id"]), wording, requirement, notes, silent, series, gloss)


def letter_rows(krav: dict[str, Any]) -> list[LetterRow]:
    """The rows of the letter in force, in its order; none for a year before the first letter."""
    return [_parameter(row) for row in krav.get("rader") or []]


def catalogue_series(krav: dict[str, Any]) -> list[LetterSeries]:
    """The series of the letter's entries outside its table, which have no requirement."""
    return [
        LetterSeries(
            indikator=serie["indikator"],
            gruppe=serie["gruppe"],
            parameter=str(entry["id"]),
            wording=_joined(entry.get("hva")),
            part=_joined(serie.get("ordlyd")),
            measure=serie.get("maal") or "andel",
            supplement=bool(serie.get("tillegg")),
        )
        for entry in krav.get("katalog") or []
        for serie in entry.get("serier") or []
    ]


def has_report(periode: str) -> bool:
    """Whether counties report on a period of that name: a year or a tertial."""
    return periode.isdigit() or "-T" in periode
