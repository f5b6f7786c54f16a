"""A NORG2 export as the table `kontor`: local offices and special units, with validity and NAV region.

The export is a JSON list of units as NORG2's own service gives them: `{"enhet": {…}, "overordnetEnhet": …}`,
or the units alone with `overordnetEnhet` as a field. A unit may occur more than once with disjoint validity,
for example if it has moved to another region.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from navbook.edition.formulas import escape_formula
from navbook.extract.register import OfficeRegister, OfficeRow, is_special_number
from navbook.runtime.bounded_text import TextRefused, load_json, read_text
from navbook.runtime.errors import InvalidExtract, UsageError

LOCAL, REGION = "LOKAL", "FYLKE"
CLOSED = ("Nedlagt", "Inaktiv")
UNKNOWN_START = "1970-01-01"  # what NORG2 writes for an unknown day
_LONGEST_CHAIN = 10
_MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class Norg2Unit:
    """A unit of the export; days are ISO text, missing fields are empty."""

    enhetsnr: str
    navn: str
    type: str
    status: str
    fom: str
    tom: str
    overordnet: str
    etterfolger: str

    @property
    def wanted(self) -> bool:
        """Whether the unit belongs in `kontor`."""
        return self.type == LOCAL or is_special_number(self.enhetsnr)

    @property
    def of_unknown_validity(self) -> bool:
        """Whether it closed on an unknown day, or has not opened yet."""
        unopened = self.status == "Under etablering" and not self.fom
        return unopened or (self.status in CLOSED and not self.tom)


@dataclass
class Norg2Register:
    """The rows of `kontor` made from an export, and what the user must know about them.

    `left_out` are units of unknown validity, `unnamed` regions without a name in the export, and
    `without_successor` closed offices without `etterfolger`.
    """

    rows: list[OfficeRow] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    without_successor: list[str] = field(default_factory=list)


def read_norg2(path: Path) -> list[Norg2Unit]:
    """The units of an export, in its order. Raises UsageError if the file is no NORG2 export."""
    try:
        content = load_json(read_text(path, _MAX_BYTES))
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}): name a NORG2 export in JSON") from error
    except TextRefused as error:
        raise UsageError(f"{path} is not JSON ({error}): name a NORG2 export in JSON") from error
    if not isinstance(content, list) or not content:
        raise UsageError(f"{path} is not a list of units: name a NORG2 export in JSON")
    return [_unit(record, place, path) for place, record in enumerate(content, start=1)]


def _unit(record: Any, place: int, path: Path) -> Norg2Unit:
    own = record.get("enhet", record) if isinstance(record, dict) else None
    if not isinstance(own, dict) or not isinstance(own.get("enhetNr"), (str, int)):
        raise UsageError(f"{path}, unit {place} has no enhetNr: name a NORG2 export in JSON")

    def said(*names: str) -> str:
        values = [source.get(name) for name in names for source in (own, record)]
        return next((str(value).strip() for value in values if value not in (None, "")), "")

    return Norg2Unit(
        enhetsnr=said("enhetNr").zfill(4),
        navn=said("navn"),
        type=said("type"),
        status=said("status"),
        fom=said("aktiveringsdato", "underEtableringDato")[:10],
        tom=said("nedleggelsesdato")[:10],
        overordnet=_four_digits(said("overordnetEnhet")),
        etterfolger=_four_digits(said("etterfolger")),
    )


def _four_digits(number: str) -> str:
    return number.zfill(4) if number else ""


def office_register(units: list[Norg2Unit]) -> Norg2Register:
    """The local offices and special units of an export.

    The region of an office is the first unit of type FYLKE in its chain of `overordnetEnhet`, else the last
    unit of the chain; without a chain, the region with the same first two digits.
    `nedleggelsesdato` is the last day. Raises UsageError if no unit has a type, InvalidExtract with every
    unit that cannot become an office.
    """
    if not any(unit.type for unit in units):
        raise UsageError("no unit of the export has a type: export complete units, with navn, type and dates")
    regions = _regions(units)
    above = {unit.enhetsnr: unit.overordnet for unit in units}
    found, faults = Norg2Register(), list[str]()
    for unit in dict.fromkeys(unit for unit in units if unit.wanted):
        if unit.of_unknown_validity:
            found.left_out.append(unit.enhetsnr)
            continue
        region = _region_of(unit, above, regions)
        if wrong := _fault(unit, region):
            faults.append(f"{unit.enhetsnr} ({wrong})")
            continue
        found.rows.append(_row(unit, region, regions.get(region) or f"NAV-region {region}"))
    register = OfficeRegister(found.rows)
    faults += _faults_between(register)
    if faults:
        raise InvalidExtract(
            f"{len(faults)} units of the export cannot be offices: {', '.join(faults)}; "
            "correct them in the export and run again"
        )
    found.rows.sort()
    found.unnamed = sorted({row.fylke_enhetsnr for row in found.rows} - set(regions))
    last = [register.rows_of(office)[-1] for office in register.offices]
    found.without_successor = [row.enhetsnr for row in last if row.gyldig_tom and not row.etterfolger]
    return found


def _faults_between(register: OfficeRegister) -> list[str]:
    """Faults between rows: overlapping validity, circular successors, unknown successors."""
    twice = [f"{a.enhetsnr} (has two rows on {b.gyldig_fom})" for a, b in register.overlaps()]
    rings = [f"{' → '.join([*ring, ring[0]])} (circular successors)" for ring in register.loops()]
    known = set(register.offices)
    lost = [
        f"{row.enhetsnr} (its successor {row.etterfolger} is no office of the export)"
        for office in register.offices
        for row in register.rows_of(office)
        if row.etterfolger and row.etterfolger not in known
    ]
    return twice + rings + lost


def _regions(units: list[Norg2Unit]) -> dict[str, str]:
    """Number → name of the regions; the name of an open unit overrides that of a closed one."""
    named = [unit for unit in units if unit.type == REGION and unit.navn]
    return {unit.enhetsnr: unit.navn for unit in sorted(named, key=lambda unit: unit.status not in CLOSED)}


def _region_of(unit: Norg2Unit, above: dict[str, str], regions: dict[str, str]) -> str:
    number = unit.overordnet
    for _ in range(_LONGEST_CHAIN):
        if number in regions or not above.get(number):
            break
        number = above[number]
    by_digits = f"{unit.enhetsnr[:2]}00"
    return number or (by_digits if by_digits in regions else "")


def _fault(unit: Norg2Unit, region: str) -> str:
    """Why the unit cannot be a row of `kontor`; empty if it can be."""
    if len(unit.enhetsnr) != 4 or not (unit.enhetsnr.isascii() and unit.enhetsnr.isdigit()):
        return "its number has not four digits"
    if not unit.navn:
        return "it has no navn"
    if not region:
        return "it belongs to no region"
    days = [_day(text) for text in (unit.fom, unit.tom) if text]
    if None in days:
        return "a day is not written YYYY-MM-DD"
    if unit.fom and unit.tom and unit.fom > unit.tom:
        return "it closes before it opens"
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _row(unit: Norg2Unit, region: str, region_name: str) -> OfficeRow:
    return OfficeRow(
        enhetsnr=unit.enhetsnr,
        gyldig_fom=date.fromisoformat(unit.fom or UNKNOWN_START),
        gyldig_tom=_day(unit.tom) if unit.tom else None,
        navn=unit.navn,
        fylke_enhetsnr=region,
        fylke_navn=region_name,
        etterfolger=unit.etterfolger or None,
    )


def kontor_lines(rows: list[OfficeRow]) -> Iterator[list[str]]:
    """The header and rows of `kontor.csv`, with the columns of the contract.

    A name that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    yield ["enhetsnr", "navn", "fylke_enhetsnr", "fylke_navn", "gyldig_fom", "gyldig_tom", "etterfolger"]
    for row in rows:
        last = row.gyldig_tom.isoformat() if row.gyldig_tom else ""
        yield [
            *(row.enhetsnr, escape_formula(row.navn), row.fylke_enhetsnr, escape_formula(row.fylke_navn)),
            *(row.gyldig_fom.isoformat(), last, row.etterfolger or ""),
        ]
