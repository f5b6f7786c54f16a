"""kvalitet.csv: what the check reported, as counts for counties and the country, through the same gate."""

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
from navbook.paths import DATA

FILE = "kvalitet.yml"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sentence(_Frozen):
    """The sentence of a code, and those of tables in which the code means something of their own."""

    tekst: str
    tabeller: dict[str, str] = {}


class Wording(_Frozen):
    """The names of the tables and the sentences of the codes."""

    tabeller: dict[str, str]
    koder: dict[str, Sentence]

    def sentence(self, code: str, told: str) -> str:
        """The sentence for a report `<table>: <what>` of that code; the report itself where it has none."""
        if code not in self.koder:
            return told
        table = told.partition(":")[0]
        name = self.tabeller.get(table, table)
        words = self.koder[code].tabeller.get(table, self.koder[code].tekst)
        return words.format(Tabell=name[:1].upper() + name[1:])


@cache
def load_wording(path: Path = DATA / FILE) -> Wording:
    """The wording in `path`."""
    return Wording.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def in_bokmaal(reported: pd.DataFrame) -> pd.DataFrame:
    """The reported observations (kode, tekst, enhetsnr, antall) with their text in bokmål."""
    wording = load_wording()
    texts = [
        wording.sentence(code, told) for code, told in zip(reported["kode"], reported["tekst"], strict=True)
    ]
    return reported.assign(tekst=texts)


OBSERVATION = ["kode", "tekst"]


def quality_table(reported: pd.DataFrame, units: Units, minimum: float) -> pd.DataFrame:
    """The rows of kvalitet.csv from what was `reported` (kode, tekst, enhetsnr or None, antall).

    One row for the country, and where the observation is about offices one for each county. Small counts
    are hidden, and what would give them back with them.
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
    told = np.where(hidden, np.nan, counts)
    rows = pd.DataFrame(
        {
            "niva": [*[FYLKE] * len(by_county), "", LANDET],
            "enhet": [*by_county.index, "", COUNTRY],
            "antall": told,
            "status": np.where(hidden, SKJULT, VIST),
        }
    ).assign(**{name: part[name].iloc[0] for name in OBSERVATION})
    # what belongs to no county is a cell of the sum, but not a row
    return rows[rows["enhet"] != ""]


def _hidden(counts: np.ndarray, minimum: float) -> np.ndarray:
    """Which of the counties, the rest and the country (the last two places) are hidden."""
    rest = len(counts) - 2
    rows = np.delete(np.arange(len(counts)), rest)
    shows = csr_array(eye_array(len(counts)))[:, rows]
    # that nobody belongs to no county is known
    sizes = np.where((np.arange(len(counts)) == rest) & (counts == 0), 0.0, minimum)
    parts = np.append(-np.ones(len(counts) - 1), 1.0)
    system = System(
        values=counts,
        matrix=csr_array(parts[None, :] if rest > 0 else np.zeros((0, len(counts)))),
        shown_by=shows,
        own_cells=shows,
        threshold=sizes,
        required_width=np.maximum(sizes - 1, 0.0),
        forced=np.zeros(len(rows), dtype=bool),
        cost=np.append(counts[:rest] / counts.sum(), 10.0) + np.arange(len(rows)) * 1e-9 + 1,
        row_class=np.full(len(rows), LAST_RESORT),
    )
    hidden = np.zeros(len(counts), dtype=bool)
    hidden[rows] = protect(system).hidden
    return hidden
