"""Reads an edition: the only thing that pages and book know of the figures."""

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.edition.schema import MANIFEST
from navbook.errors import UsageError

FOLDER_VARIABLE = "NAVBOOK_UTGAVER"


@dataclass(frozen=True)
class Edition:
    """The published tables of one edition, read when they are asked for.

    `tall` has the contract's columns with text keys, float64 values (missing as NaN) and nullable booleans.
    Raises UsageError if the folder holds no edition.
    """

    folder: Path

    def __post_init__(self) -> None:
        if not (self.folder / MANIFEST).is_file():
            raise UsageError(
                f"{self.folder} is not an edition: it has no {MANIFEST}; build the edition first"
            )

    @cached_property
    def arrow(self) -> pa.Table:
        """`tall` as it is stored."""
        # No thread of its own: a process that has threads cannot be forked safely, and the file is small.
        return pq.ParquetFile(self.folder / "tall.parquet", pre_buffer=False).read(use_threads=False)

    @cached_property
    def tall(self) -> pd.DataFrame:
        return tall_frame(self.arrow)

    def places(self, column: str) -> dict[str, Any]:
        """For each value of a key column (`enhet` or `indikator`) the places of its rows in `tall`."""
        return self._places[column]

    @cached_property
    def _places(self) -> dict[str, dict[str, Any]]:
        keys = self.arrow.select(["enhet", "indikator"]).to_pandas(use_threads=False)
        return {column: dict(keys.groupby(column).indices) for column in keys}

    @cached_property
    def units_with_figures(self) -> pd.DataFrame:
        """The rows of `enheter` that have rows in `tall`."""
        return self.enheter[self.enheter["enhet"].isin(self.places("enhet"))]

    @cached_property
    def utgave(self) -> dict[str, Any]:
        return self._json(MANIFEST)

    @cached_property
    def definisjoner(self) -> list[dict[str, Any]]:
        return self._json("definisjoner.json")

    @cached_property
    def krav(self) -> dict[str, Any]:
        return self._json("krav.json")

    @cached_property
    def kommentarer(self) -> dict[str, str]:
        return self._json("kommentarer.json")

    @cached_property
    def enheter(self) -> pd.DataFrame:
        return self._csv("enheter.csv")

    @cached_property
    def hendelser(self) -> pd.DataFrame:
        return self._csv("hendelser.csv")

    @cached_property
    def digest_of_words(self) -> str:
        """The SHA-256 of what most pages read whole: definitions, events and the letter."""
        words = [self.definisjoner, self.hendelser.to_dict("split"), self.krav]
        return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @cached_property
    def kvalitet(self) -> pd.DataFrame:
        frame = self._csv("kvalitet.csv")
        return frame.assign(antall=pd.to_numeric(frame["antall"]))

    @property
    def navn(self) -> str:
        return str(self.utgave["periode"])

    def _json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def _csv(self, name: str) -> pd.DataFrame:
        return pd.read_csv(
            self.folder / name, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )


def tall_frame(table: pa.Table) -> pd.DataFrame:
    """Rows of `tall` as pages read them: missing numbers as NaN, nullable booleans."""
    return table.to_pandas(use_threads=False).astype({"forelopig": "boolean"})


_held: dict[Path, Edition] = {}


def hold_editions() -> None:
    """Read every edition in the folder NAVBOOK_UTGAVER, for processes that are forked from this one.

    They must not change while such a process lives.
    """
    folder = os.environ.get(FOLDER_VARIABLE)
    for manifest in sorted(Path(folder).glob(f"*/{MANIFEST}")) if folder else ():
        edition = _held[manifest.parent] = Edition(manifest.parent)
        _ = (edition.units_with_figures, edition.utgave, edition.definisjoner, edition.krav)
        _ = (edition.kommentarer, edition.hendelser)


def read_edition(name: str) -> Edition:
    """The edition called `name`, from the folder NAVBOOK_UTGAVER if set, else the nearest `utgaver/`.

    Raises UsageError if `name` is a path or if there is no such edition.
    """
    if not name or Path(name).name != name:
        raise UsageError(f"'{name}' is not the name of an edition: give a name such as 2022, not a path")
    for folder in _places():
        if (folder / name / MANIFEST).is_file():
            return _held.get(folder / name) or Edition(folder / name)
    raise UsageError(
        f"There is no edition '{name}' in {_places()[0]} or above: run navbook build --period {name}"
    )


def _places() -> list[Path]:
    if folder := os.environ.get(FOLDER_VARIABLE):
        return [Path(folder)]
    here = Path.cwd()
    return [place / "utgaver" for place in (here, *here.parents)]
