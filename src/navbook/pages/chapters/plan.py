"""The plan of the book's chapters: `kapitler.yml` beside this file, as records."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PLAN = Path(__file__).with_name("kapitler.yml")


@dataclass(frozen=True)
class Pair:
    """What is done (`innsats`) beside how it went (`resultat`), and what must be known to read the two."""

    innsats: tuple[str, ...]
    resultat: tuple[str, ...]
    om: str


@dataclass(frozen=True)
class Chapter:
    """One chapter. Figures are named by indicator id, or by the letter's number of an entry (F02, G05).

    `grupper` are groups of the portfolio, `brevet` entries and `begreper` terms of the letter to quote.
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

    @property
    def names(self) -> tuple[str, ...]:
        """Every figure that the chapter names, each once, in the order of the chapter."""
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
    every: dict[str, Any] = {**words, **lists, "par": pairs}
    return Chapter(**every)


@cache
def chapter_plan() -> tuple[Chapter, ...]:
    """Every chapter, in the order of the book."""
    return tuple(_chapter(record) for record in yaml.safe_load(PLAN.read_text(encoding="utf-8")))
