"""Reads an edition, the only source of figures for pages and book."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.edition.area import HELE_LANDET, Area
from navbook.edition.formulas import unescape_formulas
from navbook.edition.schema import FURTHER, MANIFEST, TEXT_COLUMNS
from navbook.runtime import json_digest
from navbook.runtime.errors import UsageError

FOLDER_VARIABLE = "NAVBOOK_UTGAVER"
Result = TypeVar("Result")


@dataclass(frozen=True)
class Edition:
    """The published tables of one edition, each read when it is first used.

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
        file = self.folder / "tall.parquet"
        try:
            # without threads: a process that has threads cannot be forked safely, and the file is small
            return pq.ParquetFile(file, pre_buffer=False).read(use_threads=False)
        except (OSError, pa.ArrowException) as error:
            raise UsageError(f"{file} is damaged or missing: build the edition again") from error

    @cached_property
    def tall(self) -> pd.DataFrame:
        return tall_frame(self.arrow)

    def positions(self, column: str) -> dict[str, Any]:
        """The positions in `tall` of the rows of each value of a key column (`enhet` or `indikator`)."""
        return self._positions[column]

    @cached_property
    def _positions(self) -> dict[str, dict[str, Any]]:
        keys = self.arrow.select(["enhet", "indikator"]).to_pandas(use_threads=False)
        return {column: dict(keys.groupby(column).indices) for column in keys}

    def positions_shown(self, unit: str) -> Any:
        """The positions of a unit's rows for the periods that the book shows, as an array of integers."""
        places = self.positions("enhet").get(unit, np.array([], int))
        return places[self._shown[places]]

    @cached_property
    def _shown(self) -> Any:
        """Whether each row of `tall` is for the period that the book shows of its indicator, as an array."""
        periods = self.arrow.column("periode").to_numpy(zero_copy_only=False)
        wanted = np.full(len(periods), str(self.utgave["periode"]), dtype=object)
        for indikator, known in self.utgave.get("perioder", {}).items():
            if known.get("vist"):
                wanted[self.positions("indikator").get(indikator, np.array([], int))] = known["vist"]
        return periods == wanted

    @cached_property
    def units_with_figures(self) -> pd.DataFrame:
        """The rows of `enheter` that have rows in `tall`."""
        return self.enheter[self.enheter["enhet"].isin(self.positions("enhet"))]

    @cached_property
    def units_of_period(self) -> frozenset[str]:
        """The units that have rows for the edition's own period."""
        return frozenset(self.tall.loc[self.tall["periode"] == self.utgave["periode"], "enhet"])

    @cached_property
    def units_by_number(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of `units_with_figures` by unit; a unit that changed its name or county has several."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.units_with_figures.to_dict("records"):
            found.setdefault(str(row["enhet"]), []).append({str(k): v for k, v in row.items()})
        return found

    @cached_property
    def utgave(self) -> dict[str, Any]:
        return self._json(MANIFEST)

    @property
    def area(self) -> Area:
        """What the top level is called; an edition of an older navbook is of the whole country."""
        return Area(self.utgave.get("omrade") or HELE_LANDET)

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
    def tekster(self) -> dict[str, dict[str, str]]:
        """What units wrote themselves: `planer` by office and `rapport` by county, as Markdown."""
        return self._json("tekster.json")

    @cached_property
    def enheter(self) -> pd.DataFrame:
        return self._csv("enheter.csv")

    @cached_property
    def hendelser(self) -> pd.DataFrame:
        return self._csv("hendelser.csv")

    def further(self, name: str) -> pd.DataFrame:
        """A further table (one of schema.FURTHER): text keys, float64 values; empty if the edition lacks it.

        Raises KeyError for any other name.
        """
        return self._further[name]

    def compute_once(self, table: str, compute: Callable[["Edition"], Result]) -> Result:
        """The result of `compute`, which reads the further table `table` of an edition; kept for later calls.

        Parts that share the complete table with their edition share the result.
        """
        if table not in self._computed:
            self._computed[table] = compute(self)
        return self._computed[table]

    @cached_property
    def _computed(self) -> dict[str, Any]:
        return {}

    def digest_of_further(self, name: str) -> str:
        """The SHA-256 of a further table, computed once."""
        return self._digests_of_further[name]

    def positions_in_further(self, name: str, column: str) -> dict[str, Any]:
        """The positions of the rows of each value of a key column of a further table."""
        known = self._positions_in_further
        if (name, column) not in known:
            known[name, column] = {str(k): v for k, v in self.further(name).groupby(column).indices.items()}
        return known[name, column]

    @cached_property
    def digests_of_tall(self) -> Any:
        """A 64-bit hash of each row of `tall`, as an array."""
        return pd.util.hash_pandas_object(self.tall, index=False).to_numpy()

    def digests_of_rows(self, name: str) -> Any:
        """A 64-bit hash of each row of a further table, as an array."""
        return self._digests_of_rows[name]

    @cached_property
    def _positions_in_further(self) -> dict[tuple[str, str], dict[str, Any]]:
        return {}

    @cached_property
    def _digests_of_rows(self) -> dict[str, Any]:
        tables = {name: self.further(name) for name in FURTHER}
        return {name: pd.util.hash_pandas_object(t, index=False).to_numpy() for name, t in tables.items()}

    @cached_property
    def _digests_of_further(self) -> dict[str, str]:
        return {name: digest_of_rows(self.digests_of_rows(name)) for name in FURTHER}

    @cached_property
    def _further(self) -> dict[str, pd.DataFrame]:
        return {name: read_further(self.folder / f"{name}.csv", columns) for name, columns in FURTHER.items()}

    @cached_property
    def digest_of_texts(self) -> str:
        """The SHA-256 of the texts that most pages read: definitions, events and the letter."""
        texts = [self.definisjoner, self.hendelser.to_dict("split"), self.krav]
        return json_digest(texts)

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
        frame = pd.read_csv(
            self.folder / name, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
        return unescape_formulas(frame)


def tall_frame(table: pa.Table) -> pd.DataFrame:
    """Rows of `tall` as pages read them: missing numbers are NaN, `forelopig` is a nullable boolean."""
    return table.to_pandas(use_threads=False).astype({"forelopig": "boolean"})


def digest_of_rows(digests: Any) -> str:
    """The SHA-256 of some rows of a table, given the hashes of the rows in order."""
    return hashlib.sha256(digests.tobytes()).hexdigest()


def read_further(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """A table written by `write_further`, with these columns; empty if there is no such file."""
    types = {column: "str" if column in TEXT_COLUMNS else "float64" for column in columns}
    if not path.is_file():
        return pd.DataFrame(columns=list(columns)).astype(types)
    frame = pd.read_csv(
        path,
        sep=";",
        decimal=",",
        dtype={c: "str" for c in columns if c in TEXT_COLUMNS},
        keep_default_na=False,
        na_values={c: [""] for c in columns if c not in TEXT_COLUMNS},
        encoding="utf-8-sig",
    )
    return frame.astype(types)


_preloaded: dict[Path, Edition] = {}


def preload_editions() -> list[Edition]:
    """Read every edition in the folder NAVBOOK_UTGAVER and return them, before processes are forked.

    A forked process then has them in memory. The editions must not change while such a process lives.
    """
    folder = os.environ.get(FOLDER_VARIABLE)
    for manifest in sorted(Path(folder).glob(f"*/{MANIFEST}")) if folder else ():
        edition = _preloaded[manifest.parent] = Edition(manifest.parent)
        _ = (edition.units_with_figures, edition.utgave, edition.definisjoner, edition.krav)
        _ = (edition.kommentarer, edition.hendelser, [edition.further(name) for name in FURTHER])
    return list(_preloaded.values())


def read_edition(name: str) -> Edition:
    """The edition called `name`, from the folder NAVBOOK_UTGAVER if set, else the nearest `utgaver/`.

    Raises UsageError if `name` is a path or if there is no such edition.
    """
    if not name or Path(name).name != name:
        raise UsageError(f"'{name}' is not the name of an edition: give a name such as 2022, not a path")
    for folder in _places():
        if (folder / name / MANIFEST).is_file():
            return _preloaded.get(folder / name) or Edition(folder / name)
    raise UsageError(
        f"There is no edition '{name}' in {_places()[0]} or above: run navbook build --period {name}"
    )


def _places() -> list[Path]:
    if folder := os.environ.get(FOLDER_VARIABLE):
        return [Path(folder)]
    here = Path.cwd()
    return [place / "utgaver" for place in (here, *here.parents)]
