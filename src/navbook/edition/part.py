"""A part of an edition: what one page reads of it. What is not in the part is not there for the page."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from navbook.edition.read import Edition, digest_of_rows, tall_frame
from navbook.edition.schema import FURTHER
from navbook.runtime import json_digest

# A unit stands among all others in a funnel: its page reads all of it.
DRAWN_WHOLE = ("trakt", "traktlinjer", "avvikstrakt")
# read by chapters, which read the whole edition
OF_CHAPTERS = ("modell", "laering")
# the manifest's own bookkeeping changes with every number, and no page shows it; a chapter tells of hiding
BOOKKEEPING = ("filer", "kilder", "uttrekk_hmac", "skjulte_celler", "navbook", "trakter")
TOLD_BY_CHAPTERS = ("skjuling",)


@dataclass(frozen=True)
class Part(Edition):
    """The rows of `tall` of some units or of one indicator, with the words that belong to them.

    Of `whole` it holds: rows of `tall` whose `column` is in `values`; of `enheter` those named and in
    `tall`; the comments of `comments`; of the letter, if `series_of` is given, only the entries with a
    series of that indicator. Definitions and events are few, and whole. What a page may ask for, and no
    part holds, raises AttributeError.
    """

    whole: Edition
    column: str
    values: frozenset[str]
    named: frozenset[str]
    comments: frozenset[str] = frozenset()
    series_of: str | None = None

    @cached_property
    def arrow(self) -> pa.Table:
        return self.whole.arrow.take(pa.array(self._places_in_tall))

    @cached_property
    def _places_in_tall(self) -> Any:
        known = self.whole.places(self.column)
        return np.sort(np.concatenate([known.get(value, np.array([], int)) for value in self.values]))

    @cached_property
    def tall(self) -> pd.DataFrame:
        return tall_frame(self.arrow)

    @cached_property
    def utgave(self) -> dict[str, Any]:
        left_out = {*BOOKKEEPING, *TOLD_BY_CHAPTERS}
        kept = {name: value for name, value in self.whole.utgave.items() if name not in left_out}
        if self.series_of and "perioder" in kept:
            kept["perioder"] = {k: v for k, v in kept["perioder"].items() if k == self.series_of}
        return kept

    @cached_property
    def definisjoner(self) -> list[dict[str, Any]]:
        return self.whole.definisjoner

    @cached_property
    def krav(self) -> dict[str, Any]:
        if self.series_of is None:
            return self.whole.krav
        kept = dict(self.whole.krav)
        for name in ("rader", "katalog"):
            kept[name] = [entry for entry in kept.get(name) or [] if self._concerns(entry)]
        return kept

    @cached_property
    def kommentarer(self) -> dict[str, str]:
        return {unit: text for unit, text in self.whole.kommentarer.items() if unit in self.comments}

    @cached_property
    def units_with_figures(self) -> pd.DataFrame:
        every = self.whole.units_with_figures
        return every[every["enhet"].isin(self.named)]

    @cached_property
    def units_by_number(self) -> dict[str, list[dict[str, Any]]]:
        every = self.whole.units_by_number
        return {enhet: every[enhet] for enhet in sorted(self.named) if enhet in every}

    @cached_property
    def enheter(self) -> pd.DataFrame:
        return self.units_with_figures

    def further(self, name: str) -> pd.DataFrame:
        if name in OF_CHAPTERS:
            raise AttributeError(f"no page reads {name}: let its part of the edition hold what it needs")
        if name not in self._further:
            table = self.whole.further(name)
            is_whole = self.column == "enhet" and name in DRAWN_WHOLE
            self._further[name] = table if is_whole else table.iloc[self._places_in(name)]
        return self._further[name]

    @cached_property
    def _further(self) -> dict[str, pd.DataFrame]:
        return {}

    @cached_property
    def hendelser(self) -> pd.DataFrame:
        return self.whole.hendelser

    @property
    def kvalitet(self) -> pd.DataFrame:
        raise AttributeError("no page reads kvalitet: let its part of the edition hold what it needs")

    def digest(self) -> str:
        """The SHA-256 of all that the part holds: another value anywhere in it gives another digest."""
        words = [
            list(self.whole.arrow.column_names),
            digest_of_rows(self.whole.digests_of_tall[self._places_in_tall]),
            self.utgave,
            self.whole.digest_of_words if self.series_of is None else self.digest_of_words,
            self.kommentarer,
            list(self.units_by_number.values()),
            [self._digest_of(name) for name in FURTHER if name not in OF_CHAPTERS],
        ]
        return json_digest(words)

    def _digest_of(self, name: str) -> str:
        if self.column == "enhet" and name in DRAWN_WHOLE:
            return self.whole.digest_of_further(name)
        return digest_of_rows(self.whole.digests_of_rows(name)[self._places_in(name)])

    def _places_in(self, name: str) -> Any:
        """The places of the part's rows in a table beside `tall`, in its order."""
        if self.column not in FURTHER[name]:
            return np.array([], int)
        places = self.whole.places_of_further(name, self.column)
        found = [places[value] for value in self.values if value in places]
        return np.sort(np.concatenate([np.array([], int), *found]))

    def _concerns(self, entry: dict[str, Any]) -> bool:
        return any(series["indikator"] == self.series_of for series in entry.get("serier") or [])


def part_of_units(
    whole: Edition, units: Collection[str], also_named: Collection[str] = (), comments: Collection[str] = ()
) -> Part:
    """The part with every row of some units; of `also_named` it holds the names only."""
    return Part(
        whole.folder,
        whole,
        "enhet",
        frozenset(units),
        named=frozenset(units) | frozenset(also_named),
        comments=frozenset(comments),
    )


def part_of_indicator(whole: Edition, indikator: str) -> Part:
    """The part with every row of one indicator, and every unit's name."""
    every = frozenset(whole.units_with_figures["enhet"])
    return Part(whole.folder, whole, "indikator", frozenset({indikator}), named=every, series_of=indikator)
