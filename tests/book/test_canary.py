"""Canaries: numbers planted where they must not be told, and looked for in everything that is published.

The extract holds counts only. Each canary stands in one month, so that its year holds it too, and no sum of
published numbers is one.
"""

import re
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from extracts import write_extract
from navbook.book.site.site_manifest import write_site_manifest
from navbook.cli import main
from navbook.estimate import Estimates
from navbook.runtime.periods import month_range
from whole_way import done, prints, texts

pytestmark = pytest.mark.slow

NORTH = {"fylke_enhetsnr": "9700", "fylke_navn": "NAV Nordfylket"}
SOUTH = {"fylke_enhetsnr": "9800", "fylke_navn": "NAV Sørfylket"}
ALONE = {"fylke_enhetsnr": "9900", "fylke_navn": "NAV Enefylket"}
KONTOR = [
    {"enhetsnr": "9001", "navn": "NAV Storvik", **NORTH},
    {"enhetsnr": "9002", "navn": "NAV Midtbygd", **NORTH},
    {"enhetsnr": "9003", "navn": "NAV Lilleøy", **NORTH},
    {"enhetsnr": "9004", "navn": "NAV Byhavn", **SOUTH},
    {"enhetsnr": "9005", "navn": "NAV Elvemo", **SOUTH},
    {"enhetsnr": "9006", "navn": "NAV Fjellgrend", **SOUTH},
    {"enhetsnr": "9007", "navn": "NAV Alenes", **ALONE},
]
MONTHS = month_range("2021-01", "2022-12")
LARGE = {"9001": 4_000_000, "9004": 5_000_000}

# x and n of one month of a year; every other month of that year has nobody
FEW_LEFT = ("ota_nedsatt", "alle", "9003", "2022-05", 734_512, 734_514)
PARTNER = ("ota_nedsatt", "alle", "9002", "2022-05", 845_627, 956_731)
ALONE_IN_COUNTY = ("ota_nedsatt", "alle", "9007", "2022-05", 645_893, 645_895)
NEXT_COUNTY_SMALLEST = ("ota_nedsatt", "alle", "9006", "2022-05", 523_419, 687_341)
BASE = ("ota_u30", "alle", "9005", "2021-03", 412_783, 412_784)
MONTH = ("u30_kontakt30", "BATT", "9004", "2022-07", 38_917, 38_918)
CANARIES = (FEW_LEFT, PARTNER, ALONE_IN_COUNTY, BASE, MONTH)


def plain_rows() -> dict[tuple[str, str, str, str], list[float]]:
    """Large round counts, so that nothing but what the canaries ask for is hidden; canary years are empty."""
    rows: dict[tuple[str, str, str, str], list[float]] = {}
    for k, (indikator, gruppe) in enumerate(
        (("ota_nedsatt", "alle"), ("ota_u30", "alle"), ("u30_kontakt30", "BATT"))
    ):
        for office in (row["enhetsnr"] for row in KONTOR):
            size = LARGE.get(office, 1_500_000) + 100_000 * k
            for month in MONTHS:
                rows[indikator, gruppe, office, month] = [size * 0.4, float(size)]
    for indikator, gruppe, office, month, x, n in CANARIES:
        if indikator != "u30_kontakt30":
            for each in MONTHS:
                if each[:4] == month[:4]:
                    rows[indikator, gruppe, office, each] = [0.0, 0.0]
        rows[indikator, gruppe, office, month] = [float(x), float(n)]
    return rows


def planted(folder: Path) -> Path:
    """The extract of counts with the canaries in it."""
    names = ("indikator", "gruppe", "enhetsnr", "maned", "x", "n")
    tellinger = [dict(zip(names, (*key, *values), strict=True)) for key, values in plain_rows().items()]
    return write_extract(folder, {"kontor": KONTOR, "tellinger": tellinger}, fmt="parquet")


def forms() -> dict[str, str]:
    """How a canary could be printed: its count, and its share with four decimals or more."""
    found = {}
    for indikator, gruppe, office, month, x, n in CANARIES:
        what = f"{indikator}/{gruppe}/{office}/{month}"
        found |= {str(x): what, str(n): what}
        for decimals in (4, 5, 6):
            for share in (x / n, 100 * x / n):
                text = f"{share:.{decimals}f}"
                if "9999" not in text and "0000" not in text:
                    found |= {text: what, text.replace(".", ","): what}
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the book of the planted counts was built."""
    folder = tmp_path_factory.mktemp("kanari")
    done("build", planted(folder / "uttrekk"), "--period", "2022", "--workers", 2, cwd=folder)
    return folder


def sung(folder: Path) -> list[str]:
    """Every canary that is heard, and where."""
    looked_for = forms()
    heard = []
    for place, text in texts(folder):
        for number in set(re.findall(r"\d+(?:[.,]\d+)?", text)):
            if what := looked_for.get(number.removesuffix(".0").removesuffix(",0")):
                heard.append(f"{place}: {what}")
    return heard


def test_the_canaries_are_where_they_must_not_be_told(folder: Path) -> None:
    """Otherwise the silence below would mean nothing."""
    withheld = pq.read_table(folder / "privat" / "revisjon" / "2022.parquet").to_pandas()
    values = set(withheld.verdi)
    for *what, x, n in CANARIES:
        assert {float(x), float(n)} <= values, what
    private = pq.read_table(folder / "privat" / "tellinger" / "2022.parquet").to_pandas()
    assert float(NEXT_COUNTY_SMALLEST[5]) not in set(private.n)


def test_no_canary_is_in_the_site(folder: Path) -> None:
    assert sung(folder / "_build" / "html") == []


def test_no_canary_is_in_the_edition(folder: Path) -> None:
    assert sung(folder / "utgaver") == []


def test_with_hiding_switched_off_the_audit_refuses_and_nothing_is_published(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = sys.modules["navbook.gate.decide"]
    honest = gate.published_rows

    def everything(estimates: Estimates, hidden: np.ndarray, omitted: np.ndarray) -> object:
        return honest(estimates, np.zeros_like(hidden), np.zeros_like(omitted))

    monkeypatch.setattr(gate, "published_rows", everything)
    monkeypatch.setattr(sys.modules["navbook.disclosure.audit.audit_site"], "FINDINGS_REPORTED", 1_000_000)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "_build" / "html").mkdir(parents=True)
    (tmp_path / "_build" / "html" / "index.html").write_text("den gamle boka", encoding="utf-8")
    write_site_manifest(tmp_path / "_build" / "html", ["index.html"], withheld=0)
    before = prints(tmp_path / "_build")
    arguments = ["build", str(folder / "uttrekk"), "--period", "2022", "--workers", "2", "--office", "9003"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 5, result.output
    assert "withheld values can be read" in result.output
    assert not any(form in result.output for form in forms())
    for indikator, gruppe, office, month, _, _ in CANARIES:
        periods = (month, month[:4])
        keys = [
            f"{indikator}/{gruppe}/{office}/{period} {felt} " for period in periods for felt in ("x", "n")
        ]
        assert any(key in result.output for key in keys), keys
    assert prints(tmp_path / "_build") == before
    assert list((tmp_path / "utgaver").iterdir()) == []
