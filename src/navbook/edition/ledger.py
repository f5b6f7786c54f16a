"""The release ledger: every cell that was ever published, so that a new edition can be held up against all of
them.

One Parquet file beside the published editions. It holds keys and published values, and no word of what was
hidden or why. Only publishing adds to it; nothing is ever taken out, since what has been read stays known.
"""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.edition.read import Edition
from navbook.edition.schema import FYLKE, KONTOR, LANDET, VIST
from navbook.errors import UsageError
from navbook.runtime import atomic_write

FILE = "utgitt.parquet"
CELL = ("indikator", "gruppe", "niva", "enhet", "fylke", "medlemmer", "periode", "x", "n")
COLUMNS = ("utgivelse", "utgave", "uttrekksdato", *CELL)
_TYPES = {"x": pa.float64(), "n": pa.float64(), "utgivelse": pa.int32()}


def read_ledger(path: Path) -> pd.DataFrame:
    """The ledger in `path`, with the columns `COLUMNS`: a row for each cell that was published, under the
    number of the publication (from 1), the period and the date of the extract of its edition.

    `medlemmer` are the office numbers that a unit held then, with a blank between; for a county those of its
    offices. Raises UsageError if the file is no ledger.
    """
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise UsageError(
            f"{path} cannot be read as a release ledger: give the {FILE} of a publication"
        ) from error
    if missing := sorted(set(COLUMNS) - set(table.column_names)):
        raise UsageError(f"{path} is no release ledger: it has no column {missing[0]}")
    return table.select(list(COLUMNS)).to_pandas()


def no_releases() -> pd.DataFrame:
    """A ledger in which nothing was published."""
    return pd.DataFrame(columns=list(COLUMNS))


def released(edition: Edition) -> pd.DataFrame:
    """The cells that an edition publishes, with the columns `CELL`; shown rows only."""
    shown = edition.tall[edition.tall["status"] == VIST]
    units = units_of(edition)
    cells = shown.merge(units, on="enhet", how="left")
    return cells.loc[:, list(CELL)].sort_values(list(CELL[:-2]), ignore_index=True)


def units_of(edition: Edition) -> pd.DataFrame:
    """enhet, fylke and medlemmer of every unit with figures in an edition.

    An office holds itself and the offices that were merged into it, a county what its offices hold, the
    country nothing by name. The special units of a county stand under their own mark.
    """
    units = edition.enheter.astype(object).where(edition.enheter.notna(), "")
    with_figures = set(edition.tall["enhet"])
    successor = dict(zip(units["enhet"], units["etterfolger"], strict=True))
    held: dict[str, list[str]] = {}
    for office in sorted(units.loc[units["niva"] == KONTOR, "enhet"]):
        held.setdefault(_counted_in(office, successor, with_figures), []).append(office)
    county = dict(zip(units["enhet"], units["fylke"], strict=True))
    rows = []
    for unit, level in zip(units["enhet"], units["niva"], strict=True):
        if unit not in with_figures or level == LANDET:
            continue
        parts = [unit] if level == KONTOR else [each for each in held if county.get(each) == unit]
        members = sorted(member for part in parts for member in held.get(part, []))
        rows.append((unit, unit if level == FYLKE else county[unit], " ".join(members)))
    country = units.loc[units["niva"] == LANDET, "enhet"]
    rows += [(unit, "", "") for unit in country]
    return pd.DataFrame(rows, columns=["enhet", "fylke", "medlemmer"]).drop_duplicates("enhet")


def add_release(path: Path, edition: Edition) -> None:
    """Add to the ledger what `edition` publishes and no earlier release told in just these numbers.

    The file is replaced whole, so that it is never half written. Nothing is noted twice: publishing the same
    edition again adds nothing.
    """
    before = read_ledger(path) if path.exists() else no_releases()
    fresh = _not_told(released(edition), before)
    number = 1 + int(before["utgivelse"].max()) if len(before) else 1
    said = edition.utgave
    fresh = fresh.assign(utgivelse=number, utgave=said["periode"], uttrekksdato=said.get("uttrekksdato", ""))
    _write(pd.concat([before, fresh], ignore_index=True) if len(before) else fresh, path)


def _not_told(cells: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    if before.empty:
        return cells
    told = before.loc[:, list(CELL)].drop_duplicates().assign(fortalt=True)
    marked = cells.merge(told, on=list(CELL), how="left")
    return marked.loc[marked["fortalt"].isna(), list(CELL)]


def _counted_in(office: str, successor: dict[str, str], with_figures: set[str]) -> str:
    seen = set()
    while office not in with_figures and successor.get(office) and office not in seen:
        seen.add(office)
        office = successor[office]
    return office


def _write(ledger: pd.DataFrame, path: Path) -> None:
    schema = pa.schema([(name, _TYPES.get(name, pa.string())) for name in COLUMNS])
    arrays = [pa.array(ledger[field.name], type=field.type, from_pandas=True) for field in schema]
    table = pa.Table.from_arrays(arrays, schema=schema)
    with atomic_write(path) as unfinished:
        pq.write_table(table, unfinished, write_statistics=False, compression="zstd")
