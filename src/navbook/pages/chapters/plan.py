"""The plan of the book's chapters, read from `kapitler.yml` in this folder."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PLAN = Path(__file__).with_name("kapitler.yml")


@dataclass(frozen=True)
class Pair:
    """Process (`innsats`) and outcome (`resultat`) of the same group, with a note (`om`) on reading them."""

    innsats: tuple[str, ...]
    resultat: tuple[str, ...]
    om: str


@dataclass(frozen=True)
class SummaryLine:
    """A line of a chapter's summary: what it is about (`om`), and its series (`tall`) with their labels."""

    om: str
    tall: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chapter:
    """One chapter. Figures are named by indicator id or by the number of a letter's entry (F02, G05).

    `grupper` are groups of the portfolio; `brevet` entries and `begreper` terms of the letter to quote.
    `kort` are lines of the summary that set series beside each other; `uten_maneder` are
    series that have no months: the page shows them for the period and its base.
    """

    id: str
    tittel: str
    ingress: str
    grupper: tuple[str, ...]
    par: tuple[Pair, ...]
    mer: tuple[str, ...]
    brevet: tuple[str, ...]
    begreper: tuple[str, ...]
    sier_ikke: tuple[str, ...]
    kort: tuple[SummaryLine, ...] = ()
    uten_maneder: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every figure that the chapter names, without repeats, in the order of the chapter."""
        paired = [name for pair in self.par for name in (*pair.innsats, *pair.resultat)]
        return tuple(dict.fromkeys([*paired, *self.mer]))


def _chapter(record: dict[str, Any]) -> Chapter:
    pairs = tuple(
        Pair(tuple(pair["innsats"]), tuple(pair["resultat"]), pair["om"].strip()) for pair in record["par"]
    )
    words = {name: record[name].strip() for name in ("id", "tittel", "ingress")}
    lists = {
        name: tuple(str(item).strip() for item in record[name])
        for name in ("grupper", "mer", "brevet", "begreper", "sier_ikke")
    }
    brief = tuple(
        SummaryLine(line["om"].strip(), tuple(line["tall"].items())) for line in record.get("kort", [])
    )
    without_months = tuple(record.get("uten_maneder", []))
    every: dict[str, Any] = {**words, **lists, "par": pairs, "kort": brief, "uten_maneder": without_months}
    return Chapter(**every)


@cache
def chapter_plan() -> tuple[Chapter, ...]:
    """Every chapter, in the order of the book."""
    return tuple(_chapter(record) for record in yaml.safe_load(PLAN.read_text(encoding="utf-8")))
