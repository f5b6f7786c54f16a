"""The part of an edition that one page may read. A page sees nothing outside its part."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from navbook.edition.read import Edition, Result, digest_of_rows, tall_frame
from navbook.edition.schema import FURTHER
from navbook.runtime import json_digest

# a funnel shows a unit among all others, so the page of a unit reads the complete table
READ_IN_FULL = ("trakt", "traktlinjer", "avvikstrakt")
# only chapters read these, and chapters read the complete edition
CHAPTER_TABLES = ("modell", "laering")
# keys of utgave.json that change with every number and that no page shows; only a chapter reads CHAPTER_KEYS
BOOKKEEPING = ("filer", "kilder", "uttrekk_hmac", "skjulte_celler", "navbook", "trakter")
CHAPTER_KEYS = ("skjuling",)


@dataclass(frozen=True)
class Part(Edition):
    """The rows of `tall` for some units or one indicator, with the texts that belong to them.

    It holds the rows of `tall` whose `column` is in `values`, those of the units in `compared` for the
    periods that the book shows, the rows of `enheter` that are in `named` and have figures, the comments of
    the units in `comments`, and, if `series_of` is given, only the entries of the letter with a series of
    that indicator. Definitions and events are complete. Tables that no page may read raise AttributeError.
    """

    edition: Edition
    column: str
    values: frozenset[str]
    named: frozenset[str]
    comments: frozenset[str] = frozenset()
    series_of: str | None = None
    compared: frozenset[str] = frozenset()

    @cached_property
    def arrow(self) -> pa.Table:
        return self.edition.arrow.take(pa.array(self._positions_in_tall))

    @cached_property
    def _positions_in_tall(self) -> Any:
        known = self.edition.positions(self.column)
        own = [known.get(value, np.array([], int)) for value in self.values]
        others = [self.edition.positions_shown(unit) for unit in self.compared]
        return np.unique(np.concatenate([np.array([], int), *own, *others]))

    @cached_property
    def tall(self) -> pd.DataFrame:
        return tall_frame(self.arrow)

    @cached_property
    def utgave(self) -> dict[str, Any]:
        left_out = {*BOOKKEEPING, *CHAPTER_KEYS}
        kept = {name: value for name, value in self.edition.utgave.items() if name not in left_out}
        if self.series_of and "perioder" in kept:
            kept["perioder"] = {k: v for k, v in kept["perioder"].items() if k == self.series_of}
        return kept

    @cached_property
    def definisjoner(self) -> list[dict[str, Any]]:
        return self.edition.definisjoner

    @cached_property
    def krav(self) -> dict[str, Any]:
        if self.series_of is None:
            return self.edition.krav
        kept = dict(self.edition.krav)
        for name in ("rader", "katalog"):
            kept[name] = [entry for entry in kept.get(name) or [] if self._concerns(entry)]
        return kept

    @cached_property
    def kommentarer(self) -> dict[str, str]:
        return {unit: text for unit, text in self.edition.kommentarer.items() if unit in self.comments}

    @cached_property
    def tekster(self) -> dict[str, dict[str, str]]:
        return {
            kind: {unit: text for unit, text in texts.items() if unit in self.comments}
            for kind, texts in self.edition.tekster.items()
        }

    @cached_property
    def units_with_figures(self) -> pd.DataFrame:
        every = self.edition.units_with_figures
        return every[every["enhet"].isin(self.named)]

    @cached_property
    def units_by_number(self) -> dict[str, list[dict[str, Any]]]:
        every = self.edition.units_by_number
        return {enhet: every[enhet] for enhet in sorted(self.named) if enhet in every}

    @cached_property
    def enheter(self) -> pd.DataFrame:
        return self.units_with_figures

    def further(self, name: str) -> pd.DataFrame:
        if name in CHAPTER_TABLES:
            raise AttributeError(f"no page may read {name}: add what the page needs to its part")
        if name not in self._further:
            table = self.edition.further(name)
            self._further[name] = table if self._complete(name) else table.iloc[self._positions_in(name)]
        return self._further[name]

    def compute_once(self, table: str, compute: Callable[[Edition], Result]) -> Result:
        if self._complete(table):
            return self.edition.compute_once(table, compute)
        return super().compute_once(table, compute)

    def _complete(self, name: str) -> bool:
        """Whether the part has every row of a further table."""
        return self.column == "enhet" and name in READ_IN_FULL

    @cached_property
    def _further(self) -> dict[str, pd.DataFrame]:
        return {}

    @cached_property
    def hendelser(self) -> pd.DataFrame:
        return self.edition.hendelser

    @property
    def kvalitet(self) -> pd.DataFrame:
        raise AttributeError("no page may read kvalitet: add what the page needs to its part")

    def digest(self) -> str:
        """The SHA-256 of everything that the part holds, in hexadecimal."""
        content = [
            list(self.edition.arrow.column_names),
            digest_of_rows(self.edition.digests_of_tall[self._positions_in_tall]),
            self.utgave,
            self.edition.digest_of_texts if self.series_of is None else self.digest_of_texts,
            self.kommentarer,
            self.tekster,
            list(self.units_by_number.values()),
            [self._digest_of(name) for name in FURTHER if name not in CHAPTER_TABLES],
        ]
        return json_digest(content)

    def _digest_of(self, name: str) -> str:
        if self._complete(name):
            return self.edition.digest_of_further(name)
        return digest_of_rows(self.edition.digests_of_rows(name)[self._positions_in(name)])

    def _positions_in(self, name: str) -> Any:
        """The positions of the part's rows in a further table, in the table's order."""
        if self.column not in FURTHER[name]:
            return np.array([], int)
        positions = self.edition.positions_in_further(name, self.column)
        found = [positions[value] for value in self.values if value in positions]
        return np.sort(np.concatenate([np.array([], int), *found]))

    def _concerns(self, entry: dict[str, Any]) -> bool:
        return any(series["indikator"] == self.series_of for series in entry.get("serier") or [])


def part_of_units(
    edition: Edition,
    units: Collection[str],
    also_named: Collection[str] = (),
    comments: Collection[str] = (),
    compared: Collection[str] = (),
) -> Part:
    """The part with every row of some units; of the units in `compared` only the rows of the periods shown,
    and of those in `also_named` only the names.
    """
    return Part(
        edition.folder,
        edition,
        "enhet",
        frozenset(units),
        named=frozenset(units) | frozenset(also_named) | frozenset(compared),
        comments=frozenset(comments),
        compared=frozenset(compared),
    )


def part_of_indicator(edition: Edition, indikator: str) -> Part:
    """The part with every row of one indicator, and every unit's name."""
    every = frozenset(edition.units_with_figures["enhet"])
    return Part(
        edition.folder, edition, "indikator", frozenset({indikator}), named=every, series_of=indikator
    )
