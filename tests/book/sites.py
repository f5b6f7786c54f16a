"""Small sites to publish: a real edition with two pages, and the manifest that a build writes."""

import json
import shutil
from pathlib import Path

import pandas as pd

from editions import make_small_edition
from navbook.book.site.site_manifest import write_site_manifest
from navbook.edition.schema import VIST
from navbook.runtime import file_digest


def sites_of_two_years(folder: Path) -> list[Path]:
    """Two sites of each of two years."""
    editions = [make_small_edition(folder / "utgaver", period) for period in ("2021", "2022")]
    return [
        make_site(folder / f"{edition.name}-{text}", edition.name, text * 50_000, edition)
        for edition in editions
        for text in "ab"
    ]


def make_site(folder: Path, period: str, text: str, edition: Path) -> Path:
    """A site of this edition under another period, whose front page is `text`."""
    shutil.copytree(edition, folder / "data")
    manifest = json.loads((folder / "data" / "utgave.json").read_text(encoding="utf-8"))
    manifest["periode"] = period
    (folder / "data" / "utgave.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "kontor").mkdir()
    for name in ("index", "landet", "kontor/9001"):
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    write_site_manifest(folder, ["landet", "kontor/9001"], 7)
    return folder


def corrected_site(site: Path, folder: Path, number: int) -> Path:
    """A copy of a site in which one published cell has the count `number`, as in a corrected edition."""
    shutil.copytree(site, folder)
    table = folder / "data" / "tall.parquet"
    figures = pd.read_parquet(table)
    first = (figures["status"] == VIST).idxmax()
    figures.loc[first, ["x", "n"]] = number
    figures.to_parquet(table)
    file = folder / "data" / "utgave.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["filer"][table.name] = file_digest(table)
    file.write_text(json.dumps(manifest), encoding="utf-8")
    write_site_manifest(folder, ["landet", "kontor/9001"], 7)
    return folder
