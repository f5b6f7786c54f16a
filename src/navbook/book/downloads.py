"""The files a reader can take with them: the edition as it stands, and each page's own rows of `tall`."""

import shutil
from pathlib import Path

from navbook.book.pagelist import COUNTRY, page_units
from navbook.edition import Edition


def write_downloads(edition: Edition, folder: Path) -> None:
    """Write `folder/…`: every file of the edition, and kontor/, fylke/, indikator/ and landet.csv."""
    folder.mkdir(parents=True)
    for path in sorted(edition.folder.iterdir()):
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    rows = _Rows(edition.folder / "tall.csv")
    for unit in page_units(edition):
        if unit["enhet"] != COUNTRY:
            rows.write("enhet", unit["enhet"], folder / unit["niva"] / f"{unit['enhet']}.csv")
    rows.write("enhet", COUNTRY, folder / "landet.csv")
    for indicator in rows.values("indikator"):
        rows.write("indikator", indicator, folder / "indikator" / f"{indicator}.csv")


class _Rows:
    """The lines of `tall.csv` by the value of a key column; the lines themselves are copied as they are."""

    def __init__(self, path: Path) -> None:
        self._head, *lines = path.read_bytes().splitlines(keepends=True)
        names = self._head.decode("utf-8-sig").rstrip().split(";")
        self._lines: dict[str, dict[str, list[bytes]]] = {}
        for column in ("enhet", "indikator"):
            place = names.index(column)
            chosen = self._lines[column] = {}
            for line in lines:
                # The key columns are codes, which hold no separator, and come before all else.
                chosen.setdefault(line.split(b";", place + 1)[place].decode(), []).append(line)

    def values(self, column: str) -> list[str]:
        return list(self._lines[column])

    def write(self, column: str, value: str, path: Path) -> None:
        """Write the head and the lines of one value; nothing if there are none."""
        lines = self._lines[column].get(value)
        if lines:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"".join([self._head, *lines]))
