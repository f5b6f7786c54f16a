"""A small edition made from hand-made counts: six offices in two invented counties, and one unit of
neither.

For tests of what reads an edition. `make_small_edition(folder)` writes `folder/2022` and returns its path;
set NAVBOOK_UTGAVER to `folder` to read it by name.
"""

import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from navbook.disclosure import load_settings
from navbook.estimate import Estimates, estimate
from navbook.extract.manifest import Manifest
from navbook.extract.register import OfficeRegister, OfficeRow
from navbook.gate import Decision, Source, Written, decide, write_edition
from navbook.indicators import REGISTRY, Indicator
from navbook.letters import letter_for
from navbook.letters.load import LETTERS
from navbook.runtime.periods import month_range, parse_period
from shared_results import RESULTS

NORTH, SOUTH = "9700", "9800"
# reading a letter takes longer than everything a test does with it
letter_in = cache(letter_for)
OFFICES: dict[str, tuple[str, int]] = {
    # office: its county, and how many it serves; 9003 is too small to show, 9783 is no local office
    "9001": (NORTH, 400),
    "9002": (NORTH, 150),
    "9003": (NORTH, 3),
    "9783": (NORTH, 40),
    "9004": (SOUTH, 600),
    "9005": (SOUTH, 90),
    "9006": (SOUTH, 45),
}
NAMES = {
    "9001": "NAV Storvik",
    "9002": "NAV Midtbygd",
    "9003": "NAV Lilleøy",
    "9783": "NAV Nordfylket egne ansatte",
    "9004": "NAV Byhavn",
    "9005": "NAV Elvemo",
    "9006": "NAV Fjellgrend",
    NORTH: "NAV Nordfylket",
    SOUTH: "NAV Sørfylket",
}
GOALS = pd.DataFrame(
    [
        ("9001", 2022, "SP12", 0.055),
        ("9001", 2021, "SP12", 0.061),
        ("9002", 2022, "hva som helst", 0.5),
        ("9999", 2022, "SP12", 0.05),
        ("9004", 2022, "SP01", 0.4),
    ],
    columns=["enhetsnr", "ar", "parameter", "mal"],
)
MANIFEST = Manifest(
    kilde="Oppdiktede tellinger",
    uttrekksdato=date(2023, 8, 1),
    dekker_fom=date(2019, 1, 1),
    dekker_tom=date(2023, 7, 31),
    syntetisk=True,
)
COMMENTS = {"9001": "Vi flyttet i **mars**, og åpnet igjen i april."}
REPORTED = pd.DataFrame(
    [
        ("equal_rows", "oppfolging: rows are equal in all columns; each is counted once", "9001", 25),
        ("equal_rows", "oppfolging: rows are equal in all columns; each is counted once", "9004", 12),
    ],
    columns=["kode", "tekst", "enhetsnr", "antall"],
)


def office_row(
    enhetsnr: str,
    county: str,
    fom: str = "2015-01-01",
    tom: str | None = None,
    successor: str | None = None,
) -> OfficeRow:
    """A row of the office register, with an invented name."""
    return OfficeRow(
        enhetsnr=enhetsnr,
        gyldig_fom=date.fromisoformat(fom),
        gyldig_tom=date.fromisoformat(tom) if tom else None,
        navn=NAMES.get(enhetsnr, f"NAV {enhetsnr}"),
        fylke_enhetsnr=county,
        fylke_navn=NAMES.get(county, f"Fylke {county}"),
        etterfolger=successor,
    )


def only_letters_of(years: Iterable[int], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the letters of some years be the only ones, as copies in a folder that is returned."""
    folder.mkdir()
    for year in years:
        shutil.copy(LETTERS / f"{year}.yml", folder)
    monkeypatch.setattr("navbook.letters.load.LETTERS", folder)
    monkeypatch.setattr(sys.modules[__name__], "letter_in", letter_for)
    return folder


def small_register() -> OfficeRegister:
    """The register of the seven units above, all of them valid all the time."""
    return OfficeRegister([office_row(enhetsnr, county) for enhetsnr, (county, _) in OFFICES.items()])


CountRow = tuple[str, str, str, str, float, float | None]


def counts_frame(rows: Iterable[CountRow]) -> pd.DataFrame:
    """A count table from rows of indikator, gruppe, enhetsnr, maned, x, n."""
    columns = ["indikator", "gruppe", "enhetsnr", "maned", "x", "n"]
    frame = pd.DataFrame(list(rows), columns=columns).astype({"x": "float64", "n": "float64"})
    return frame.assign(forelopig=False)


def small_counts(
    first: str = "2019-01",
    last: str = "2022-12",
    indicators: Mapping[str, Indicator] = REGISTRY,
    size: Callable[[str], int] = lambda enhetsnr: OFFICES[enhetsnr][1],
) -> pd.DataFrame:
    """Counts of every declared series for the seven units, by a plain rule: shares rise a little every
    year.
    """
    rows: list[CountRow] = []
    for indicator in indicators.values():
        places = {group.id: place for place, group in enumerate(indicator.grupper)}
        for group in indicator.grupper:
            of_all = places[group.deler_n_med or group.id]
            part = PARTS.get(indicator.id, {}).get(group.id, 1.0 if group.id == "alle" else 0.4)
            part *= 0.6 if indicator.perioder != "alle" else 1.0
            for month in month_range(first, last):
                share = 0.30 + 0.04 * (int(month[:4]) - 2019) + 0.01 * (int(month[5:]) % 4)
                share -= 0.10 if group.deler_n_med else 0.0
                for enhetsnr in OFFICES:
                    n = float(max(int(size(enhetsnr) * part) - of_all % 3, 0))
                    x = float(round(n * share))
                    pure = indicator.type == "antall"
                    rows.append(
                        (indicator.id, group.id, enhetsnr, month, n if pure else x, None if pure else n)
                    )
    return counts_frame(rows)


# the share of all that is in a group: enough is left over for those in none
PARTS = {
    "portefolje": {
        "arbeidssoker": 0.5,
        "nedsatt": 0.35,
        "BATT": 0.15,
        "VARIG": 0.1,
        "AAP": 0.2,
        "IKVAL": 0.2,
        "BFORM": 0.2,
    }
}
PARTS |= dict.fromkeys(("g13_kontakt", "g13_aktivitet", "g13_bare_dialog"), PARTS["portefolje"])
# enough for tests of what does not depend on the indicator: parts of others, a count, and a share of its own
FEW = {
    name: REGISTRY[name]
    for name in ("ota_arbs", "ota_nedsatt", "portefolje", "u30_aktivitet", "formidlinger")
}
Numbers = tuple[float, float | None]


def series_counts(
    indikator: str, gruppe: str, months: Iterable[str], offices: Mapping[str, Numbers]
) -> pd.DataFrame:
    """Counts of one series: the same x and n of each office in each of the months."""
    months = list(months)
    return counts_frame(
        (indikator, gruppe, enhetsnr, month, x, n) for enhetsnr, (x, n) in offices.items() for month in months
    )


def register_of(counties: Mapping[str, str]) -> OfficeRegister:
    """A register of offices that have always been there, by office and county."""
    return OfficeRegister([office_row(enhetsnr, county) for enhetsnr, county in counties.items()])


def decided(
    counts: pd.DataFrame | list[pd.DataFrame],
    period: str,
    register: OfficeRegister | Mapping[str, str] | None = None,
    *,
    indicators: Mapping[str, Indicator] = REGISTRY,
    profile: str = "nav",
    manifest: Manifest = MANIFEST,
    tables: Collection[str] | None = None,
) -> Decision:
    """What the gate decides for an edition made of `counts`, without writing it.

    `register` may be offices with their counties; the default is the small register.
    """
    frame = pd.concat(counts, ignore_index=True) if isinstance(counts, list) else counts
    if register is None:
        register = small_register()
    if not isinstance(register, OfficeRegister):
        register = register_of(register)
    asked = parse_period(period)
    letter = letter_in(asked.year)
    estimates = estimate(frame, register, manifest, letter, indicators, asked, tables)
    return decide(estimates, load_settings(), profile, RESULTS)


def row(
    tall: pd.DataFrame, enhet: str, periode: str, indikator: str = "ota_arbs", gruppe: str = "alle"
) -> pd.Series:
    """The one row of `tall` with this key."""
    keys = {"indikator": indikator, "gruppe": gruppe, "enhet": enhet, "periode": periode}
    found = tall
    for name, value in keys.items():
        found = found[found[name] == value]
    assert len(found) == 1, f"{keys} stands {len(found)} times"
    return found.iloc[0]


def small_estimates(
    period: str = "2022",
    counts: pd.DataFrame | None = None,
    register: OfficeRegister | None = None,
    manifest: Manifest = MANIFEST,
) -> Estimates:
    """The estimates of the small edition, before the gate."""
    asked = parse_period(period)
    frame = small_counts() if counts is None else counts
    register = register or small_register()
    return estimate(frame, register, manifest, letter_in(asked.year), REGISTRY, asked)


def write_small_edition(
    folder: Path,
    period: str = "2022",
    counts: pd.DataFrame | None = None,
    register: OfficeRegister | None = None,
    manifest: Manifest = MANIFEST,
    plans: Mapping[str, str] | None = None,
    report_texts: Mapping[str, str] | None = None,
    decided: Callable[[Estimates], Decision] | None = None,
) -> Written:
    """Write the small edition to `folder/<period>`, with what the gate says of it, or what is `decided`."""
    texts = {"plans": plans or {}, "report_texts": report_texts or {}}
    source = Source(manifest, REPORTED, COMMENTS, goals=GOALS, **texts)
    private = folder.parent / f"{folder.name}-privat"
    estimates = small_estimates(period, counts, register, manifest)
    decision = decided(estimates) if decided else decide(estimates, load_settings(), "nav", RESULTS)
    return write_edition(estimates, source, REGISTRY, folder, private, decision=decision)


def make_small_edition(folder: Path, period: str = "2022") -> Path:
    """Write the small edition to `folder/<period>` and return that path."""
    return write_small_edition(folder, period).folder
