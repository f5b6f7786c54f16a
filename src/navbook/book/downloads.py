"""The files a reader can take with them: the edition as it stands, and each page's own rows of `tall`."""

import shutil
from pathlib import Path

import pandas as pd

from navbook.book.pagelist import COUNTRY, page_units
from navbook.edition import Edition


def write_downloads(edition: Edition, folder: Path) -> None:
    """Write `folder/…`: every file of the edition, and kontor/, fylke/, indikator/ and landet.csv."""
    folder.mkdir(parents=True)
    for path in sorted(edition.folder.iterdir()):
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    rows = pd.read_csv(
        edition.folder / "tall.csv", sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig"
    )
    by_unit = dict(iter(rows.groupby("enhet")))
    for unit in page_units(edition):
        if unit["enhet"] != COUNTRY:
            _write(by_unit[unit["enhet"]], folder / unit["niva"] / f"{unit['enhet']}.csv")
    if COUNTRY in by_unit:
        _write(by_unit[COUNTRY], folder / "landet.csv")
    for indicator, part in rows.groupby("indikator"):
        _write(part, folder / "indikator" / f"{indicator}.csv")


def _write(rows: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    rows.to_csv(path, sep=";", index=False, encoding="utf-8-sig", lineterminator="\n")
