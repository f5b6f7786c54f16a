"""People written as one sign per month, as the conformance tables have them, and what is counted of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extracts import write_extract
from navbook.extract import open_extract
from navbook.indicators import count
from navbook.runtime.periods import add_months, first_day, last_day

STATUS: dict[str, dict[str, Any]] = {
    "A": {"formidlingsgruppe": "ARBS", "innsatsgruppe": "IKVAL"},
    "N": {"formidlingsgruppe": "IARBS", "innsatsgruppe": "BATT"},
    "O": {"formidlingsgruppe": "IARBS", "innsatsgruppe": "IKVAL"},
    "S": {"formidlingsgruppe": "ISERV", "innsatsgruppe": "IKVAL"},
}
FIRST_MONTH = "2020-07"


def month_number(number: int) -> str:
    """Month 1, 2, … of a conformance table, as `YYYY-MM`."""
    return add_months(FIRST_MONTH, number - 1)


def stays(person: str, months: str, **fields: Any) -> list[dict[str, Any]]:
    """Rows of `oppfolging` from signs such as `A A - N`: one row per month that is not `-`."""
    return [
        STATUS[sign]
        | {"person_id": person, "fom": first_day(month_number(i)), "tom": last_day(month_number(i))}
        | fields
        for i, sign in enumerate(months.split(), start=1)
        if sign != "-"
    ]


def whole_months(person: str, numbers: Sequence[int], **fields: Any) -> list[dict[str, Any]]:
    """Rows that cover just these months, for any table with person_id, fom and tom."""
    return [
        {"person_id": person, "fom": first_day(month_number(i)), "tom": last_day(month_number(i))} | fields
        for i in numbers
    ]


Cell = tuple[float, float | None]


def counts_of(
    folder: Path,
    tables: Mapping[str, Sequence[Mapping[str, Any]] | None],
    manifest: Mapping[str, Any] | None = None,
    **limits: Any,
) -> dict[tuple[str, str, str, str], Cell]:
    """(x, n) by (indikator, gruppe, enhetsnr, maned) of an extract with these tables; n None if empty."""
    with open_extract(write_extract(folder / "uttrekk", tables, manifest, fmt="parquet")) as extract:
        rows = count(extract, **limits).to_pylist()
    return {
        (row["indikator"], row["gruppe"], row["enhetsnr"], row["maned"]): (row["x"], row["n"]) for row in rows
    }
