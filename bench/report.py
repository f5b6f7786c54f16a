"""The measured rows as Markdown tables."""

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
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
}


def table(rows: Sequence[Row], heads: dict[str, str]) -> str:
    """Rows as a Markdown table with these columns."""
    lines = ["| " + " | ".join(heads.values()) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(_text(row.get(name)) for name in heads) + " |" for row in rows]
    return "\n".join(lines)


def render(result: dict[str, Any]) -> str:
    """Everything that was measured, as it goes into README.md."""
    machine = result["machine"]
    parts = [
        f"{result['day']}, {machine['cores']} cores ({machine['processor']}), Python {machine['python']}, "
        f"{result['workers']} workers.",
        table(result["rows"], HEADS),
        *_comparisons(result["rows"]),
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


def _comparisons(rows: Sequence[Row]) -> list[str]:
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
