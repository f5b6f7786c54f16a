"""Reconstruct the estimates behind a published edition from its files and the private counts."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from navbook.disclosure import load_settings
from navbook.disclosure.array_types import Flags
from navbook.edition import Edition
from navbook.edition.offices import local_offices, special_unit_of
from navbook.edition.schema import FYLKE, KEY, SKJULT, SLATT_SAMMEN, VIST
from navbook.estimate import Estimates, estimate
from navbook.estimate.units import size_class
from navbook.extract.manifest import Manifest
from navbook.extract.register import OfficeRegister, OfficeRow, is_special_number
from navbook.gate.releases import refuse_disclosed
from navbook.gate.suppression import EarlierReleases, own_cells, primary_rows
from navbook.gate.withheld import withheld_values
from navbook.indicators import REGISTRY
from navbook.letters import letter_for
from navbook.runtime.errors import UsageError
from navbook.runtime.periods import parse_period

LONG_AGO = date(1900, 1, 1)
# a number of staff by size class
LARGEST = {size_class(number): number for number in (29, 49, 50)}


def withheld_behind(
    edition: Edition, counts: pd.DataFrame, ledger: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Every true value that `edition` must not show: what is primary today, and what it says it hid.

    Which rows are hidden for others is a choice. That of the edition is taken as it is, for the gate of today
    may choose otherwise; `refuse_disclosed_by_releases` attacks it.
    `counts` is the count table that the edition was made of, `ledger` what was published before. Columns as
    `withheld` of `audit_site`. Raises UsageError if the counts name an office that the edition does not know.
    """
    earlier = None if ledger is None else EarlierReleases(ledger, counts)
    return _withheld(edition, _estimates_behind(edition, counts), earlier)


def refuse_disclosed_by_releases(edition: Edition, counts: pd.DataFrame, ledger: pd.DataFrame) -> int:
    """The number of hidden rows of `edition` that were attacked; DisclosureRefused if one is disclosed.

    `ledger` holds what earlier editions published (no rows: the edition is attacked by itself).
    """
    minimum = load_settings().minimum(edition.utgave["personvern"]["profil"])
    return refuse_disclosed(edition.tall, _estimates_behind(edition, counts), counts, minimum, ledger)


def _estimates_behind(edition: Edition, counts: pd.DataFrame) -> Estimates:
    manifest = edition.utgave
    return estimate(
        counts,
        _register(edition, list(counts["enhetsnr"].unique())),
        _manifest(edition),
        letter_for(parse_period(manifest["periode"]).year),
        REGISTRY,
        parse_period(manifest["periode"]),
        join_below=_join_below(edition),
    )


def _join_below(edition: Edition) -> int:
    """As `join_below`, for an edition: 0 where no office is counted in another."""
    joined = (edition.further("utsagn")["utsagn"] == SLATT_SAMMEN).any()
    return load_settings().minimum(edition.utgave["personvern"]["profil"]) if joined else 0


def _withheld(edition: Edition, estimates: Estimates, earlier: EarlierReleases | None) -> pd.DataFrame:
    settings = load_settings()
    minimum = settings.minimum(edition.utgave["personvern"]["profil"])
    primary = primary_rows(estimates, settings, minimum, earlier)[own_cells(estimates)]
    hidden = primary | _hidden_in(edition.tall, estimates)
    withheld = [withheld_values(estimates, hidden, settings), _said_to_be_hidden(edition.tall, estimates)]
    return pd.concat(withheld, ignore_index=True).drop_duplicates([*KEY, "felt"], ignore_index=True)


def _hidden_in(tall: pd.DataFrame, estimates: Estimates) -> Flags:
    """The places (series, unit, period) that `tall` does not show as a row, a base or a level.

    Rows of an office that is counted in another are not among them.
    """
    places = ["_series", "_unit", "_period", "_base", "_level", "krav"]
    true = estimates.rows[[*KEY, *places]]
    rows = tall.merge(true, on=list(KEY), suffixes=("", "_true"), validate="one_to_one")
    cube, layout = estimates.cube, estimates.layout
    hidden = np.broadcast_to(layout.behind[:, None, :], cube.known.shape) & cube.known
    shown = rows["status"] == VIST
    for place, seen in (
        ("_base", shown & rows["basis_periode"].notna()),
        ("_level", shown & (rows["krav"].notna() | rows["krav_true"].isna())),
    ):
        visible = rows[seen & (rows[place] >= 0)]
        hidden[visible["_series"], visible["_unit"], visible[place]] = False
    own = rows[~rows["enhet"].isin(list(estimates.units.joined))]
    hidden[own["_series"], own["_unit"], own["_period"]] = own["status"] == SKJULT
    return hidden


def _manifest(edition: Edition) -> Manifest:
    utgave = edition.utgave
    return Manifest(
        kilde=utgave["kilde"],
        uttrekksdato=date.fromisoformat(utgave["uttrekksdato"]),
        dekker_fom=date.fromisoformat(utgave["dekker_fom"]),
        dekker_tom=date.fromisoformat(utgave["dekker_tom"]),
        syntetisk=utgave["syntetisk"],
        omrade=utgave.get("omrade"),
    )


def _said_to_be_hidden(tall: pd.DataFrame, estimates: Estimates) -> pd.DataFrame:
    """The true numerator, complement and share of every row that is published as hidden."""
    hidden = tall.loc[tall["status"] == SKJULT, list(KEY)].merge(estimates.rows, on=list(KEY))
    hidden = hidden.assign(**{"n-x": hidden["n"] - hidden["x"]})
    values = hidden.melt(list(KEY), ["x", "n-x", "verdi"], var_name="felt", value_name="verdi_")
    return values.rename(columns={"verdi_": "verdi"}).dropna(subset="verdi")


def _register(edition: Edition, counted: list[str]) -> OfficeRegister:
    """The office register as far as enheter.csv gives it; special units are recognised by their numbers."""
    units = edition.enheter.astype(object).where(edition.enheter.notna(), "")
    staff = _staff(units, edition.tall)
    names = dict(zip(units["enhet"], units["navn"], strict=True))
    offices = local_offices(units)
    rows = [
        _row(unit["enhet"], unit["fylke"], names, unit["gyldig_fom"], unit["gyldig_tom"], unit["etterfolger"])
        for unit in offices.to_dict("records")
    ]
    rows = [replace(row, ansatte=staff.get(row.enhetsnr)) for row in rows]
    known = set(offices["enhet"])
    counties = sorted(units.loc[units["niva"] == FYLKE, "enhet"])
    with_special = [county for county in counties if special_unit_of(county) in names]
    for number in sorted(set(counted) - known):
        if not is_special_number(number) or not with_special:
            raise UsageError(
                f"The counts have office {number}, which the edition does not know: "
                "give the counts that this edition was made of"
            )
        own = f"{number[:2]}00"
        rows.append(_row(number, own if own in with_special else with_special[0], names))
    return OfficeRegister(rows)


def _staff(units: pd.DataFrame, tall: pd.DataFrame) -> dict[str, int]:
    """A number of staff for each office that gives its size class, and the same rows shown as the edition.

    In the lowest class the number decides whether the office's own staff is shown, and is not published.
    """
    ruled = [name for name, rule in load_settings().regler.items() if rule.minste_ansatte is not None]
    shown = set(tall.loc[tall["indikator"].isin(ruled) & (tall["status"] == VIST), "enhet"])
    classes = zip(units["enhet"], units["storrelsesklasse"], strict=True)
    small = size_class(0)
    return {
        office: 0 if kind == small and office not in shown else LARGEST[kind]
        for office, kind in classes
        if kind
    }


def _row(
    number: str, county: str, names: dict[str, str], fom: str = "", tom: str = "", successor: str = ""
) -> OfficeRow:
    return OfficeRow(
        enhetsnr=number,
        gyldig_fom=date.fromisoformat(fom) if fom else LONG_AGO,
        gyldig_tom=date.fromisoformat(tom) if tom else None,
        navn=names.get(number, number),
        fylke_enhetsnr=county,
        fylke_navn=names.get(county, county),
        etterfolger=successor or None,
    )
