"""The result of a run as one tidy table, as the gate takes it into an edition and the chapter reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bench.truth.verdict_intervals import SIMPSON
from bench.truth.worlds import MOVED, SPREAD, STILL, TOWARDS

# `celler`: of how many cells the row is the outermost
COLUMNS = ("mal", "slag", "sann", "endring", "klasse", "andel", "antall", "celler")
CELL = ["slag", "sann", "klasse"]
VERDICTS = {"met": "falskt_oppfylt", "not_met": "falskt_ikke_oppfylt"}


@dataclass(frozen=True)
class Drawn:
    """Scenario → the scored rows of all its worlds, what their funnels flag and the intervals next to
    verdicts; the case-mix rows; and what needed no drawing.
    """

    tables: dict[str, pd.DataFrame]
    funnels: dict[str, pd.DataFrame]
    verdict_intervals: dict[str, pd.DataFrame]
    mixes: pd.DataFrame
    curves: pd.DataFrame
    planted: pd.DataFrame
    exact: pd.DataFrame


def result(drawn: Drawn, grid: dict[str, Any]) -> pd.DataFrame:
    """Coverage, false verdicts, power, what funnels point at, as COLUMNS; shares are 0-1, of `antall`."""
    still, moved = drawn.tables[STILL], drawn.tables[MOVED]
    spread = drawn.tables[SPREAD]
    better = moved[moved["judged"] & (moved["endring"] > 0)]
    least = grid["cell"]
    parts = [
        *_coverage(still, "holds_verdi", "dekning_andel", least),
        *_coverage(still, "holds_endring", "dekning_endring", least),
        *_coverage(moved, "holds_endring", "dekning_reell_endring", least),
        *_coverage(spread, "holds_verdi", "dekning_ulike_kontor", least),
        _widths(still),
        *_false(still[still["judged"]], least),
        *_false_towards(drawn.tables[TOWARDS], least),
        _rates(better, "met", ["slag", "endring", "klasse"], "styrke"),
        *(
            part
            for name, table in sorted(drawn.verdict_intervals.items())
            if len(table)
            for part in _interval_rows(name, table, least)
        ),
        *(_pointed(name, table) for name, table in sorted(drawn.funnels.items())),
        *_mixes(drawn.mixes, least),
        drawn.planted,
        drawn.curves.assign(mal="dekning_kurve", slag="kurve"),
        drawn.exact,
        _runs(grid, still),
    ]
    table = pd.concat(parts, ignore_index=True).reindex(columns=list(COLUMNS))
    return table.round({"andel": 4, "sann": 3})


def _coverage(table: pd.DataFrame, what: str, name: str, least: int) -> Iterator[pd.DataFrame]:
    known = table.dropna(subset=what)
    yield _rates(known, what, ["slag"], name)
    yield _extreme(_rates(known, what, CELL, f"{name}_lavest"), least, largest=False)


def _false(judged: pd.DataFrame, least: int) -> Iterator[pd.DataFrame]:
    """False verdicts each way: on average, in the worst cell, and by size."""
    for word, name in VERDICTS.items():
        yield _rates(judged, word, ["slag"], name)
        yield _extreme(_rates(judged, word, CELL, f"{name}_hoyest"), least, largest=True)
        yield _rates(judged, word, ["slag", "klasse"], f"{name}_etter_storrelse")


def _false_towards(table: pd.DataFrame, least: int) -> Iterator[pd.DataFrame]:
    """The same under the rule of the way to the level, of all that could be judged: also by how far off the
    level is (`endring`), how often the way is seen, and what is then said wrongly of those judged.
    """
    asked = table[table["asked"]]
    by_gap = asked.assign(endring=asked["avstand"])
    for word, name in VERDICTS.items():
        name = f"{name}_mot_2019"
        yield _rates(asked, word, ["slag"], name)
        yield _extreme(_rates(asked, word, CELL, f"{name}_hoyest"), least, largest=True)
        yield _rates(by_gap, word, ["slag", "endring"], f"{name}_etter_avstand")
        yield _rates(by_gap[by_gap["judged"]], word, ["slag", "endring"], f"{name}_av_vurderte")
    yield _rates(by_gap, "judged", ["slag", "endring"], "ser_avstand_mot_2019")


def _interval_rows(scenario: str, table: pd.DataFrame, least: int) -> Iterator[pd.DataFrame]:
    """How often the intervals next to verdicts hold, and how often a total opposes its groups."""
    end = "" if scenario == STILL else f"_ved_{scenario}"
    for what, mine in table.groupby("mal"):
        if what == SIMPSON:
            yield _rates(mine, "holder", ["slag"], f"{SIMPSON}{end}")
        else:
            yield from _coverage(mine, "holder", f"dekning_{what}{end}", least)


def _rates(table: pd.DataFrame, what: str, by: list[str], name: str) -> pd.DataFrame:
    found = table.groupby(by)[what].agg(andel="mean", antall="size").reset_index()
    return found.assign(mal=name)


def _extreme(cells: pd.DataFrame, least: int, largest: bool) -> pd.DataFrame:
    """Of each kind the cell with the largest (smallest) share among those of at least so many cases."""
    enough = cells[cells["antall"] >= least].sort_values("andel", ascending=not largest, kind="stable")
    enough = enough.assign(celler=enough.groupby("slag")["andel"].transform("size"))
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


def _mixes(rows: pd.DataFrame, least: int) -> Iterator[pd.DataFrame]:
    """What is said of offices against what their people let expect; in the chosen ones something differs."""
    plain, chosen = rows[~rows["valgt"]], rows[rows["valgt"]]
    yield from _coverage(rows, "holder", "avvik_dekning", least)
    yield from _coverage(chosen, "holder", "avvik_dekning_der_noe_er_ulikt", least)
    yield _rates(plain.dropna(subset="pekt_pa"), "pekt_pa", ["slag"], "avvikstrakt_kontor_pa_listen")
    yield _rates(chosen.dropna(subset="pekt_pa"), "pekt_pa", ["slag"], "avvikstrakt_der_noe_er_ulikt")
    for side in ("over", "under"):
        yield _rates(plain, side, ["slag"], f"avvik_{side}")
        yield _extreme(_rates(plain, side, CELL, f"avvik_{side}_hoyest"), least, largest=True)
    yield _rates(chosen, "over", ["slag"], "avvik_over_der_noe_er_ulikt")
    yield _rates(chosen, "oppfylt", ["slag"], "oppfylt_der_noe_er_ulikt")
    yield _rates(chosen, "over", ["slag", "klasse"], "avvik_styrke")


def _runs(grid: dict[str, Any], still: pd.DataFrame) -> pd.DataFrame:
    every = {**grid["runs"], **grid["mixes"]["runs"]}
    rows = [{"mal": "utgaver", "slag": name, "antall": times} for name, times in sorted(every.items())]
    return pd.DataFrame([*rows, {"mal": "tall", "slag": "ingen_endring", "antall": len(still)}])
