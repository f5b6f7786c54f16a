"""The result of a run as one tidy table, as the gate takes it into an edition and the chapter reads it."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

COLUMNS = ("mal", "slag", "sann", "endring", "klasse", "andel", "antall")
# a cell of fewer intervals says more about chance than about the method
ENOUGH = 2000
CELL = ["slag", "sann", "klasse"]


def result(
    tables: dict[str, pd.DataFrame],
    funnels: dict[str, pd.DataFrame],
    mixes: pd.DataFrame,
    curves: pd.DataFrame,
    grid: dict[str, Any],
) -> pd.DataFrame:
    """Coverage, false verdicts, power, what funnels point at, as COLUMNS; shares are 0-1, of `antall`."""
    still, moved = tables["ingen_endring"], tables["endring"]
    told, judged = moved["holds_endring"].notna(), still[still["judged"]]
    parts = [
        *_coverage(still, "verdi", "dekning_andel"),
        *_coverage(still, "endring", "dekning_endring"),
        _rates(moved[told], "holds_endring", ["slag"], "dekning_reell_endring"),
        _rates(
            tables["spredning"].dropna(subset="holds_verdi"), "holds_verdi", ["slag"], "dekning_ulike_kontor"
        ),
        _widths(still),
        *_false(judged, "met", "falskt_oppfylt"),
        *_false(judged, "not_met", "falskt_ikke_oppfylt"),
        _rates(
            moved[moved["judged"] & (moved["endring"] > 0)], "met", ["slag", "endring", "klasse"], "styrke"
        ),
        *(_pointed(name, table) for name, table in sorted(funnels.items())),
        *_mixes(mixes, grid["sizes"]),
        curves.assign(mal="dekning_kurve", slag="kurve"),
        _runs(grid, still),
    ]
    table = pd.concat(parts, ignore_index=True).reindex(columns=list(COLUMNS))
    return table.round({"andel": 4, "sann": 3})


def _coverage(table: pd.DataFrame, what: str, name: str) -> Iterator[pd.DataFrame]:
    known = table.dropna(subset=f"holds_{what}")
    yield _rates(known, f"holds_{what}", ["slag"], name)
    yield _extreme(_rates(known, f"holds_{what}", CELL, f"{name}_lavest"), largest=False)


def _false(judged: pd.DataFrame, word: str, name: str) -> Iterator[pd.DataFrame]:
    yield _rates(judged, word, ["slag"], name)
    yield _extreme(_rates(judged, word, CELL, f"{name}_hoyest"), largest=True)


def _rates(table: pd.DataFrame, what: str, by: list[str], name: str) -> pd.DataFrame:
    found = table.groupby(by)[what].agg(andel="mean", antall="size").reset_index()
    return found.assign(mal=name)


def _extreme(cells: pd.DataFrame, largest: bool) -> pd.DataFrame:
    """Of each kind the cell with the largest (smallest) share among those with enough in them."""
    enough = cells[cells["antall"] >= ENOUGH].sort_values("andel", ascending=not largest, kind="stable")
    return enough.drop_duplicates("slag").sort_values("slag")


def _widths(table: pd.DataFrame) -> pd.DataFrame:
    """How many times wider the limits of stocks are than those that would just do."""
    stocks = table[table["slag"] == "beholdning"]
    found = stocks.groupby("blir").agg(
        width=("width_verdi", "mean"), error=("error_verdi", "std"), antall=("width_verdi", "size")
    )
    found = found.assign(andel=found["width"] / (3.92 * found["error"]), mal="bredde", slag="beholdning")
    return found.reset_index().rename(columns={"blir": "klasse"})[
        ["mal", "slag", "klasse", "andel", "antall"]
    ]


def _pointed(scenario: str, table: pd.DataFrame) -> pd.DataFrame:
    """Of the offices of a funnel, how many are pointed at, and of the planted ones how many are found."""
    ordinary, planted = table[~table["planted"]], table[table["planted"]]
    lists = table.groupby(["world", "serie"])["listed"].any()
    rates = {
        "trakt_utenfor_enkle_grenser": ordinary["plain"],
        "trakt_utenfor_justerte_grenser": ordinary["adjusted"],
        "trakt_kontor_pa_listen": ordinary["listed"],
        "trakter_med_liste": lists,
    }
    if len(planted):
        rates["trakt_plantede_funnet"] = planted["listed"]
        rates["trakt_ekte_pa_listen"] = table.loc[table["listed"], "planted"]
    rows = [
        {"mal": name, "slag": scenario, "andel": float(values.mean()), "antall": len(values)}
        for name, values in rates.items()
    ]
    return pd.DataFrame(rows)


def _mixes(rows: pd.DataFrame, sizes: list[float]) -> Iterator[pd.DataFrame]:
    """What is said of offices against what their people let expect; in the chosen ones something differs."""
    plain = rows[~rows["valgt"]]
    yield _rates(plain, "holder", ["slag"], "avvik_dekning")
    yield _rates(plain, "over", ["slag"], "avvik_over")
    yield _rates(plain, "under", ["slag"], "avvik_under")
    chosen = rows[rows["valgt"]]
    yield _rates(chosen, "over", ["slag"], "avvik_over_der_noe_er_ulikt")
    yield _rates(chosen, "oppfylt", ["slag"], "oppfylt_der_noe_er_ulikt")
    edges = np.array([*sizes, np.inf])
    klasse = edges[np.searchsorted(edges, chosen["klasse"].to_numpy(), side="right") - 1]
    yield _rates(chosen.assign(klasse=klasse), "over", ["slag", "klasse"], "avvik_styrke")


def _runs(grid: dict[str, Any], still: pd.DataFrame) -> pd.DataFrame:
    every = {**grid["runs"], **grid["mixes"]["runs"]}
    rows = [{"mal": "utgaver", "slag": name, "antall": times} for name, times in sorted(every.items())]
    return pd.DataFrame([*rows, {"mal": "tall", "slag": "ingen_endring", "antall": len(still)}])
