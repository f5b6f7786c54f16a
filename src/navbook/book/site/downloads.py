"""The files a reader can take with them: the edition as it stands, and each page's own rows of `tall`."""

import shutil
from pathlib import Path

import numpy as np

from navbook.book.execution.page_list import page_units
from navbook.edition import Edition
from navbook.edition.schema import COUNTRY
from navbook.runtime.errors import UsageError


def write_downloads(edition: Edition, folder: Path) -> None:
    """Write `folder/…`: every file of the edition, and kontor/, fylke/, indikator/ and landet.csv."""
    folder.mkdir(parents=True)
    for path in sorted(edition.folder.iterdir()):
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    rows = _Rows(edition)
    for unit in page_units(edition):
        if unit["enhet"] != COUNTRY:
            rows.write("enhet", unit["enhet"], folder / unit["niva"] / f"{unit['enhet']}.csv")
    rows.write("enhet", COUNTRY, folder / "landet.csv")
    for indicator in rows.values("indikator"):
        rows.write("indikator", indicator, folder / "indikator" / f"{indicator}.csv")


class _Rows:
    """The lines of `tall.csv` by the value of a key column; the lines themselves are copied as they are.

    They stand in the order of `tall.parquet`, which says where those of a value are.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._head, *lines = (edition.folder / "tall.csv").read_bytes().splitlines(keepends=True)
        if len(lines) != edition.arrow.num_rows:
            raise UsageError(
                f"{edition.folder} has not as many rows in tall.csv as in tall.parquet: build it again"
            )
        self._lines = np.array(lines, dtype=object)

    def values(self, column: str) -> list[str]:
        return list(self._edition.positions(column))

    def write(self, column: str, value: str, path: Path) -> None:
        """Write the head and the lines of one value; nothing if there are none."""
        places = self._edition.positions(column).get(value)
        if places is not None:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"".join([self._head, *self._lines[places]]))
