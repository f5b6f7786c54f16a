"""The release ledger: every cell that was ever published, so that a new edition can be checked against all.

It is one Parquet file next to the published editions. It holds keys and published values, and nothing about
what was hidden or why. Only publishing adds rows. No row is ever removed: what was published stays known.
"""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from navbook.edition.read import Edition
from navbook.edition.schema import FYLKE, KONTOR, LANDET, SLATT_SAMMEN, VIST
from navbook.runtime import atomic_write
from navbook.runtime.errors import UsageError

FILE = "utgitt.parquet"
CELL = ("indikator", "gruppe", "niva", "enhet", "fylke", "medlemmer", "periode", "x", "n")
COLUMNS = ("utgivelse", "utgave", "uttrekksdato", *CELL)
_TYPES = {"x": pa.float64(), "n": pa.float64(), "utgivelse": pa.int32()}


def read_ledger(path: Path) -> pd.DataFrame:
    """The ledger in `path`, with the columns `COLUMNS`: one row for each published cell.

    `utgivelse` is the number of the publication (from 1), `utgave` and `uttrekksdato` are those of its
    edition. `medlemmer` lists the offices that were counted in the unit then, separated by blanks.
    Raises UsageError if the file is not a ledger.
    """
    try:
        table = pq.read_table(path, page_checksum_verification=True)
    except (OSError, pa.ArrowInvalid) as error:
        raise UsageError(
            f"{path} cannot be read as a release ledger: give the {FILE} of a publication"
        ) from error
    if missing := sorted(set(COLUMNS) - set(table.column_names)):
        raise UsageError(f"{path} is no release ledger: it has no column {missing[0]}")
    return table.select(list(COLUMNS)).to_pandas()


def no_releases() -> pd.DataFrame:
    """A ledger without any publication."""
    return pd.DataFrame(columns=list(COLUMNS))


def released(edition: Edition) -> pd.DataFrame:
    """The cells that an edition publishes (rows with status `vist`), with the columns `CELL`."""
    shown = edition.tall[edition.tall["status"] == VIST]
    units = units_of(edition)
    cells = shown.merge(units, on="enhet", how="left")
    return cells.loc[:, list(CELL)].sort_values(list(CELL[:-2]), ignore_index=True)


def units_of(edition: Edition) -> pd.DataFrame:
    """`enhet`, `fylke` and `medlemmer` of every unit with figures in an edition.

    The members of an office are the office itself and those merged into it or counted in it; of a county, the
    members of its offices; of the country, none are listed. The special units of a county are one unit.
    """
    units = edition.enheter.astype(object).where(edition.enheter.notna(), "")
    said = edition.further("utsagn")
    with_figures = set(edition.tall["enhet"]).difference(said.loc[said["utsagn"] == SLATT_SAMMEN, "enhet"])
    successor = dict(zip(units["enhet"], units["etterfolger"], strict=True))
    held: dict[str, list[str]] = {}
    for office in sorted(units.loc[units["niva"] == KONTOR, "enhet"]):
        held.setdefault(_counted_in(office, successor, with_figures), []).append(office)
    county = dict(zip(units["enhet"], units["fylke"], strict=True))
    rows = []
    for unit, level in zip(units["enhet"], units["niva"], strict=True):
        if unit not in with_figures or level == LANDET:
            continue
        parts = [unit] if level == KONTOR else [office for office in held if county.get(office) == unit]
        members = sorted(member for part in parts for member in held.get(part, []))
        rows.append((unit, unit if level == FYLKE else county[unit], " ".join(members)))
    country = units.loc[units["niva"] == LANDET, "enhet"]
    rows += [(unit, "", "") for unit in country]
    return pd.DataFrame(rows, columns=["enhet", "fylke", "medlemmer"]).drop_duplicates("enhet")


def add_release(path: Path, edition: Edition) -> None:
    """Add the cells of `edition` that no earlier release published with the same numbers.

    The file is replaced in one step, so that it is never half written. Publishing the same edition again
    adds nothing.
    """
    before = read_ledger(path) if path.exists() else no_releases()
    added = _not_yet_released(released(edition), before)
    number = 1 + int(before["utgivelse"].max()) if len(before) else 1
    manifest = edition.utgave
    added = added.assign(
        utgivelse=number, utgave=manifest["periode"], uttrekksdato=manifest.get("uttrekksdato", "")
    )
    _write(pd.concat([before, added], ignore_index=True) if len(before) else added, path)


def is_in_ledger(path: Path, edition: Edition) -> bool:
    """Whether every cell that `edition` publishes is in the ledger."""
    return _not_yet_released(released(edition), read_ledger(path)).empty


def _not_yet_released(cells: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    if before.empty:
        return cells
    known = before.loc[:, list(CELL)].drop_duplicates().assign(utgitt_for=True)
    marked = cells.merge(known, on=list(CELL), how="left")
    return marked.loc[marked["utgitt_for"].isna(), list(CELL)]


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
        pq.write_table(
            table, unfinished, write_statistics=False, compression="zstd", write_page_checksum=True
        )
