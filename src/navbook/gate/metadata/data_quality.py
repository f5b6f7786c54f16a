"""kvalitet.csv: what the check reported, as counts by county and country, with the same suppression."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict
from scipy.sparse import csr_array, eye_array

from navbook.disclosure import LAST_RESORT, System, protect
from navbook.edition.schema import COUNTRY, FYLKE, LANDET, QUALITY_COLUMNS, SKJULT, VIST
from navbook.estimate.units import Units
from navbook.runtime.paths import own_file

FILE = own_file("data/kvalitet.yml")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CodeText(_Frozen):
    """The sentence of a code, and other sentences for tables in which the code means something else."""

    tekst: str
    tabeller: dict[str, str] = {}


class QualityWording(_Frozen):
    """The names of the tables and the sentences of the codes."""

    tabeller: dict[str, str]
    koder: dict[str, CodeText]

    def sentence(self, code: str, report: str) -> str:
        """The sentence for a `report` (`<table>: <text>`) of that code; else the report itself."""
        if code not in self.koder:
            return report
        table = report.partition(":")[0]
        name = self.tabeller.get(table, table)
        words = self.koder[code].tabeller.get(table, self.koder[code].tekst)
        return words.format(Tabell=name[:1].upper() + name[1:])


@cache
def load_wording(path: Path = FILE) -> QualityWording:
    """The wording in `path`; pydantic's ValidationError names every field that is wrong."""
    return QualityWording.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def in_bokmaal(reported: pd.DataFrame) -> pd.DataFrame:
    """The reported observations (kode, tekst, enhetsnr, antall) with their text in bokmål."""
    wording = load_wording()
    texts = [
        wording.sentence(code, report)
        for code, report in zip(reported["kode"], reported["tekst"], strict=True)
    ]
    return reported.assign(tekst=texts)


OBSERVATION = ["kode", "tekst"]


def quality_table(reported: pd.DataFrame, units: Units, minimum: float) -> pd.DataFrame:
    """The rows of kvalitet.csv (QUALITY_COLUMNS) of the `reported` observations.

    `reported` has kode, tekst, enhetsnr (or None) and antall. Each observation has a row for the country and,
    if it is about offices, one for each county. Counts below `minimum` are hidden, and what would
    disclose them.
    """
    tables = [_observation(part, units, minimum) for _, part in reported.groupby(OBSERVATION, sort=True)]
    if not tables:
        return pd.DataFrame(columns=list(QUALITY_COLUMNS))
    return pd.concat(tables, ignore_index=True).loc[:, list(QUALITY_COLUMNS)]


def _observation(part: pd.DataFrame, units: Units, minimum: float) -> pd.DataFrame:
    county_of = units.leaves.set_index("enhet")["fylke"]
    leaf = part["enhetsnr"].map(lambda number: units.leaf_of.get(number))
    county = leaf.map(lambda name: county_of.get(name))
    by_county = part["antall"].groupby(county).sum().reindex(units.counties, fill_value=0)
    if county.isna().all():
        by_county = by_county.iloc[:0]
    total = float(part["antall"].sum())
    counts = np.array([*by_county, total - by_county.sum(), total], dtype=np.float64)
    hidden = _hidden(counts, minimum)
    shown = np.where(hidden, np.nan, counts)
    rows = pd.DataFrame(
        {
            "niva": [*[FYLKE] * len(by_county), "", LANDET],
            "enhet": [*by_county.index, "", COUNTRY],
            "antall": shown,
            "status": np.where(hidden, SKJULT, VIST),
        }
    ).assign(**{name: part[name].iloc[0] for name in OBSERVATION})
    # what belongs to no county is a cell of the sum but has no row
    return rows[rows["enhet"] != ""]


def _hidden(counts: np.ndarray, minimum: float) -> np.ndarray:
    """Flags for the counties, the rest that belongs to no county, and the country, in that order."""
    rest = len(counts) - 2
    rows = np.delete(np.arange(len(counts)), rest)
    shown_by = csr_array(eye_array(len(counts)))[:, rows]
    # if nobody belongs to no county, everyone knows it
    sizes = np.where((np.arange(len(counts)) == rest) & (counts == 0), 0.0, minimum)
    parts = np.append(-np.ones(len(counts) - 1), 1.0)
    system = System(
        values=counts,
        matrix=csr_array(parts[None, :] if rest > 0 else np.zeros((0, len(counts)))),
        shown_by=shown_by,
        own_cells=shown_by,
        threshold=sizes,
        required_width=np.maximum(sizes - 1, 0.0),
        forced=np.zeros(len(rows), dtype=bool),
        cost=np.append(counts[:rest] / counts.sum(), 10.0) + np.arange(len(rows)) * 1e-9 + 1,
        row_class=np.full(len(rows), LAST_RESORT),
    )
    hidden = np.zeros(len(counts), dtype=bool)
    hidden[rows] = protect(system).hidden
    return hidden
