"""The measured rows as Markdown tables; `python -m bench.report` prints those of `results/book.json`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results") / "book.json"
Row = dict[str, Any]
WAYS = ("navbook", "stock")
STEPS = ("pages", "book", "whole book")
HEADS = {
    "way": "way",
    "step": "step",
    "offices": "offices",
    "pages": "pages",
    "wall": "wall s",
    "cpu": "CPU s",
    "cpu_a_page": "CPU s a page",
    "peak_mb": "peak memory MB",
    "output_mb": "output MB",
    "load": "load at start",
    "day": "day",
}


def together(kept: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What was measured before and now: each size, way and step once, the later of the two, in order.

    The pages of each kind are those of the run that looked at them last. Raises ValueError if the two were
    measured on unlike machines, or with other numbers of workers: their rows do not belong in one table.
    """
    for name in ("machine", "workers"):
        if kept and kept[name] != new[name]:
            raise ValueError(f"measured with another {name} ({kept[name]}, now {new[name]})")
    rows = {_place(row): row for row in (*kept.get("rows", []), *new["rows"])}
    return {**kept, **new, "rows": [rows[place] for place in sorted(rows)]}


def _place(row: Row) -> tuple[int, int, int]:
    return row["offices"], WAYS.index(row["way"]), STEPS.index(row["step"])


def table(rows: Sequence[Row], heads: dict[str, str]) -> str:
    """Rows as a Markdown table with these columns."""
    lines = ["| " + " | ".join(heads.values()) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(_text(row.get(name)) for name in heads) + " |" for row in rows]
    return "\n".join(lines)


def render(result: dict[str, Any]) -> str:
    """Everything that was measured, as it goes into README.md."""
    machine = result["machine"]
    parts = [
        f"{machine['cores']} cores ({machine['processor']}), Python {machine['python']}, "
        f"{result['workers']} workers.",
        table(result["rows"], HEADS),
        *comparisons(result["rows"]),
    ]
    kinds = {
        "kind": "kind of page",
        "pages": "pages",
        "mean_cpu": "mean CPU s",
        "most_cpu": "most CPU s",
        "figures": "most figures",
        "kb": "largest kB",
        "budget": "budget of a page",
    }
    if result.get("kinds"):
        parts.append(table(result["kinds"], kinds))
    slowest = result.get("slowest")
    if slowest:
        cells = [{"what": f"`{name}`", "s": seconds} for name, seconds in slowest["cells"]]
        functions = [{"what": f"`{name}`", "s": seconds} for name, seconds in slowest["functions"]]
        parts += [
            f"The slowest page is `{slowest['page']}`. Its cells:",
            table(cells, {"what": "cell", "s": "wall s"}),
            "Its functions (with what they call, under cProfile, which slows them):",
            table(functions, {"what": "function", "s": "s"}),
        ]
    return "\n\n".join(parts) + "\n"


def totals(rows: Sequence[Row]) -> dict[tuple[str, int], Row]:
    """(way, offices) → the row of its whole book."""
    return {(row["way"], row["offices"]): row for row in rows if row["step"] == "whole book"}


def comparisons(rows: Sequence[Row]) -> list[str]:
    """Comparisons: navbook with the stock way, and large books with the national one."""
    whole = totals(rows)
    said = []
    for (way, offices), stock in whole.items():
        ours = whole.get(("navbook", offices))
        if way == "stock" and ours:
            said.append(
                f"At {offices} offices navbook takes {stock['cpu'] / ours['cpu']:.1f} times less CPU and "
                f"{stock['wall'] / ours['wall']:.1f} times less wall time than the stock way."
            )
    base = whole.get(("navbook", 264))
    for offices in sorted(o for way, o in whole if way == "navbook" and o > 264):
        if base:
            ratio = whole["navbook", offices]["cpu_a_page"] / base["cpu_a_page"]
            said.append(f"A page of {offices} offices costs {ratio:.2f} times the CPU of a page of 264.")
    return said


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if value < 10 else f"{value:,.0f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


if __name__ == "__main__":
    print(render(json.loads(RESULTS.read_text(encoding="utf-8"))), end="")
