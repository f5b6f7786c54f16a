"""The units of an edition, and which unit each registered office is counted in.

Successors and counties are those of the last day of the edition's period, for every period in the edition.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from navbook.edition.area import area_name
from navbook.edition.offices import special_unit_of
from navbook.edition.schema import COUNTRY, FYLKE, KONTOR, LANDET, UNIT_COLUMNS
from navbook.extract.register import OfficeRegister, is_special_number
from navbook.runtime.periods import Period, first_day

SPECIAL_NAME = "Enheter utenom NAV-kontor"
RESIDUAL = "~"


@dataclass(frozen=True)
class Units:
    """The leaves (offices, special units, then units without a row), and the sums of them.

    `frame` has the columns of enheter.csv, one row per unit with a row in the edition; `merged` has the same
    for the offices that are counted in their successor. `leaves` is every unit that holds counts of its own
    with its county, `leaf_of` the leaf of each registered office number. `joined` are offices too small to be
    shown, each with the office that its counts are in.
    """

    frame: pd.DataFrame
    merged: pd.DataFrame
    leaves: pd.DataFrame
    leaf_of: dict[str, str]
    staff: dict[str, float]
    joined: Mapping[str, str] = field(default_factory=dict)

    @property
    def area(self) -> str:
        """The name of the top level."""
        return str(self.frame.loc[self.frame["niva"] == LANDET, "navn"].iloc[0])

    @property
    def counties(self) -> list[str]:
        return self.frame.loc[self.frame["niva"] == FYLKE, "enhet"].tolist()


def roll_up(
    register: OfficeRegister, counted: Iterable[str], period: Period, area: str | None = None
) -> Units:
    """The units of an edition for `period`, with the place of every office in `counted`.

    An office with a successor on the last day is counted in it. The special units of a county are one unit.
    An office valid on some day of the period has a row, also when it has closed without a successor; one
    that closed earlier has none and is counted in the sums only. `area` is what the extract says it covers.
    """
    day = period.last_day
    in_force = _in_force(register, period)
    leaf_of: dict[str, str] = {}
    county: dict[str, str] = {}
    for enhetsnr in sorted({*in_force, *counted}):
        unit = register.resolve(enhetsnr, day)
        fylke = register.county_of(unit, day)
        leaf = special_unit_of(fylke) if is_special_number(unit) else unit
        leaf_of[enhetsnr], county[leaf] = leaf, fylke
    listed = {leaf_of[enhetsnr] for enhetsnr in in_force}
    counties = {county[leaf] for leaf in listed}
    for enhetsnr, leaf in leaf_of.items():
        if leaf not in listed:
            leaf_of[enhetsnr] = f"{county[leaf]}{RESIDUAL}"
            county[leaf_of[enhetsnr]] = county[leaf]
    staff = _staff(register, listed)
    merged = [number for number, leaf in leaf_of.items() if leaf != number and leaf in listed]
    return Units(
        merged=_merged(register, day, [number for number in merged if not is_special_number(number)]),
        frame=_frame(register, day, sorted(listed), sorted(counties), county, staff, area),
        leaves=_leaves(set(leaf_of.values()), county, listed, counties),
        leaf_of=leaf_of,
        staff=staff,
    )


def _in_force(register: OfficeRegister, period: Period) -> list[str]:
    """The offices valid on some day of the period."""
    offices = register.frame()
    begins, ends = (pd.to_datetime(offices[name]) for name in ("gyldig_fom", "gyldig_tom"))
    first, last = pd.Timestamp(first_day(period.first)), pd.Timestamp(period.last_day)
    overlaps = (begins <= last) & (ends.isna() | (ends >= first))
    return sorted(set(offices.loc[overlaps, "enhetsnr"]))


def _leaves(names: set[str], county: dict[str, str], listed: set[str], counties: set[str]) -> pd.DataFrame:
    rows = [
        # counts of a county that is gone are in the country only
        (leaf, county[leaf] if county[leaf] in counties else None, leaf in listed)
        for leaf in sorted(names, key=lambda leaf: (leaf not in listed, leaf))
    ]
    return pd.DataFrame(rows, columns=["enhet", "fylke", "rad"])


def _staff(register: OfficeRegister, listed: set[str]) -> dict[str, float]:
    """The staff of each office as its latest row in the register has it; offices without a number are left
    out.
    """
    offices = register.frame()
    if "ansatte" not in offices.columns:
        return {}
    numbers = pd.to_numeric(offices["ansatte"]).groupby(offices["enhetsnr"]).last().dropna()
    return {str(enhetsnr): float(number) for enhetsnr, number in numbers.items() if enhetsnr in listed}


def _frame(
    register: OfficeRegister,
    day: date,
    listed: list[str],
    counties: list[str],
    county: dict[str, str],
    staff: dict[str, float],
    area: str | None,
) -> pd.DataFrame:
    offices = [_office(register, leaf, county[leaf], day, staff.get(leaf)) for leaf in listed]
    sums = [(fylke, FYLKE, register.county_name(fylke, day), fylke, "", "", "", "") for fylke in counties]
    top = area_name(area, [row[2] for row in sums])
    country = [(COUNTRY, LANDET, top, "", "", "", "", "")]
    return pd.DataFrame([*offices, *sums, *country], columns=list(UNIT_COLUMNS))


def _merged(register: OfficeRegister, day: date, numbers: list[str]) -> pd.DataFrame:
    rows = [_office(register, number, register.county_of(number, day), day, None) for number in numbers]
    return pd.DataFrame(rows, columns=list(UNIT_COLUMNS))


def _office(
    register: OfficeRegister, leaf: str, fylke: str, day: date, staff: float | None
) -> tuple[str, ...]:
    if leaf == special_unit_of(fylke):
        return (leaf, KONTOR, SPECIAL_NAME, fylke, "", "", "", "")
    row = register.row_on(leaf, day)
    end = row.gyldig_tom.isoformat() if row.gyldig_tom else ""
    begin, successor = row.gyldig_fom.isoformat(), row.etterfolger or ""
    return (leaf, KONTOR, row.navn, fylke, begin, end, successor, size_class(staff))


def size_class(staff: float | None) -> str:
    """The size class of an office by its staff: under 30, 30 to 49, 50 and more; empty if not known."""
    if staff is None:
        return ""
    return "<30" if staff < 30 else "30-49" if staff < 50 else "50+"
