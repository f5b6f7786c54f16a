"""`ota_arbs` and `u30_kontakt30` by hand-written DuckDB SQL, as fast as its author could make it.

It reads the contract and shares no code with navbook. The SQL in `by_hand/` knows these two indicators alone:
it derives its own states, and only as far as the two ask for them. It reads Parquet with the contract's types
and checks nothing.

    python -m bench.count_by_hand EXTRACT FILE [INDICATOR …]
"""

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import yaml

SQL = Path(__file__).parent / "by_hand"
GROUPS = {
    "ota_arbs": ("alle", "uten_permitterte"),
    "u30_kontakt30": tuple(f"{g}{s}" for g in ("IKVAL", "BFORM", "BATT") for s in ("", "_fra_bruker")),
}
LAG = {"ota_arbs": 6, "u30_kontakt30": 0}


def count(extract: Path, out: Path, indicators: Sequence[str] = tuple(GROUPS)) -> None:
    """Write the rows of the count table for these indicators, as the contract orders and types them."""
    settings = yaml.safe_load((extract / "uttrekk.yml").read_text(encoding="utf-8"))
    first, last, taken = settings["dekker_fom"], settings["dekker_tom"], settings["uttrekksdato"]
    con = duckdb.connect(config={"memory_limit": "4GB", "preserve_insertion_order": "false"})
    months = {
        # d(m-5) … d(m+6), and d(m+6) known when the extract was taken
        "ota_arbs": (month_ending(first) + 5, min(ended(last), ended(taken)) - 6),
        # d(m)-29 … d(m)
        "u30_kontakt30": (month_ending(first + timedelta(days=29)), min(ended(last), ended(taken))),
    }
    variables = {
        "mappe": str(extract), "kant": last, "tatt": taken,
        "ota_fra": months["ota_arbs"][0], "ota_til": months["ota_arbs"][1],
        "kontakt_fra": months["u30_kontakt30"][0], "kontakt_til": months["u30_kontakt30"][1],
    }  # fmt: skip
    for name, value in variables.items():
        con.execute(f"SET VARIABLE {name} = ?", [value])
    con.execute(
        "CREATE TEMP TABLE tall (indikator TEXT, gruppe TEXT, enhetsnr TEXT, m INTEGER, x BIGINT, n BIGINT)"
    )
    con.execute(
        "CREATE TEMP TABLE serier (indikator TEXT, gruppe TEXT, fra INTEGER, til INTEGER, lag INTEGER)"
    )
    series = [(i, group, *months[i], LAG[i]) for i in indicators for group in GROUPS[i]]
    con.executemany("INSERT INTO serier VALUES (?, ?, ?, ?, ?)", series)
    for part in ("states", *indicators, "table"):
        con.execute((SQL / f"{part}.sql").read_text(encoding="utf-8"))
    con.execute(f"COPY rader TO '{out}' (FORMAT parquet, COMPRESSION zstd)")


def ended(day: date) -> int:
    """The last month that ends on or before the day."""
    following = day + timedelta(days=1)
    return following.year * 12 + following.month - 2


def month_ending(day: date) -> int:
    """The first month that ends on or after the day."""
    return day.year * 12 + day.month - 1


if __name__ == "__main__":
    count(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or tuple(GROUPS))
