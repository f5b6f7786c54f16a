"""The result of a run in the few numbers that the chapter and the readers of the bench want."""

from typing import Any

import pandas as pd

from bench.truth.scores import coverage, verdicts


def summary(
    tables: dict[str, pd.DataFrame],
    funnels: dict[str, pd.DataFrame],
    curves: list[dict[str, Any]],
    grid: dict[str, Any],
) -> dict[str, Any]:
    """Coverage of each interval, false verdicts under no change, power by size, what funnels point at, with
    the grid they rest on.
    """
    still, moved = tables["ingen_endring"], tables["endring"]
    spread = tables["spredning"]
    return {
        "oppsett": grid,
        "dekning": {
            what: {
                "snitt": coverage(still, what, ["kind"]),
                "dårligste": _worst(coverage(still, what, ["kind", "share", "class"]), "dekning"),
            }
            for what in ("verdi", "endring")
        },
        "dekning_endring": coverage(moved, "endring", ["kind"]),
        "dekning_spredning": coverage(spread, "verdi", ["kind"]),
        "beholdning_bredde": _width(still),
        "falske": {
            "snitt": verdicts(still, ["kind"]),
            "dårligste": [
                _most(verdicts(still[still["kind"] == kind], ["share", "class"]), kind)
                for kind in sorted(set(still["kind"]))
                if still.loc[still["kind"] == kind, "judged"].any()
            ],
        },
        "styrke": verdicts(moved[moved["change"] > 0], ["kind", "change", "class"]),
        "trakt": [_pointed(name, funnels[name]) for name in sorted(funnels)],
        "kurve": curves,
    }


def _pointed(scenario: str, table: pd.DataFrame) -> dict[str, Any]:
    """Of the offices of one funnel, how many are pointed at, and of the planted ones how many are found."""
    ordinary, planted = table[~table["planted"]], table[table["planted"]]
    listed = table.groupby(["world", "serie"])["listed"].any()
    return {
        "verden": scenario,
        "utenfor_enkle_grenser": round(float(ordinary["plain"].mean()), 4),
        "utenfor_justerte_grenser": round(float(ordinary["adjusted"].mean()), 4),
        "på_listen": round(float(ordinary["listed"].mean()), 4),
        "trakter_med_liste": round(float(listed.mean()), 4),
        "plantede_funnet": round(float(planted["listed"].mean()), 4) if len(planted) else None,
        "andel_ekte_på_listen": _precision(table) if len(planted) else None,
        "antall": len(table),
    }


def _precision(table: pd.DataFrame) -> float:
    listed = table[table["listed"]]
    return round(float(listed["planted"].mean()), 4)


# a cell of fewer intervals says more about chance than about the method
ENOUGH = 2000


def _worst(cells: list[dict[str, Any]], measure: str) -> list[dict[str, Any]]:
    """For each kind the cell with the lowest `measure`."""
    enough = [cell for cell in cells if cell["antall"] >= ENOUGH]
    kinds = sorted({cell["kind"] for cell in enough})
    return [min((c for c in enough if c["kind"] == kind), key=lambda c: float(c[measure])) for kind in kinds]


def _most(cells: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    enough = [cell for cell in cells if cell["antall"] >= ENOUGH] or cells
    worst = max(enough, key=lambda cell: max(cell["oppfylt"], cell["ikke_oppfylt"]))
    return {"kind": kind, **worst}


def _width(table: pd.DataFrame) -> list[dict[str, Any]]:
    """How many times wider the intervals of stocks are than 3.92 standard deviations of their errors."""
    stocks = table[table["kind"] == "stock"]
    found = stocks.groupby("stays").agg(width=("width_verdi", "mean"), error=("error_verdi", "std"))
    return [
        {"blir": float(stays), "ganger": round(record["width"] / (3.92 * record["error"]), 2)}
        for stays, record in found.iterrows()
    ]
