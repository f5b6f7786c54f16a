"""A worked example as the small tables that a calculation notebook shows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from navbook.extract.schema import person_extract
from navbook.indicators.markdown_table import markdown_table
from navbook.indicators.worked_examples.count_example import count_example
from navbook.indicators.worked_examples.example import Contribution, Row, worked_example

if TYPE_CHECKING:
    from IPython.display import Markdown


def example_cases(calculation: str) -> "Markdown":
    """Who the cases are: what the example is about, and one line for each."""
    example = worked_example(calculation)
    lines = [f"- **{example.hvem} {case.hvem}** {case.om}" for case in example.tilfeller]
    return _markdown(f"{example.innledning}\n\n" + "\n".join(lines))


def example_rows(calculation: str) -> "Markdown":
    """The rows of the cases, a small table for each table of the extract; plain columns are left out."""
    example = worked_example(calculation)
    tables = example.rows()
    in_order = [name for name in person_extract() if name in tables]
    return _markdown(
        "\n\n".join(f"**`{name}`**\n\n{_table_of(example.hvem, name, tables[name])}" for name in in_order)
    )


def example_days(calculation: str) -> "Markdown":
    """The state of each case on the days that matter, with what the day means."""
    example = worked_example(calculation)
    head = [example.hvem, "Dag", *example.kolonner, "Hva dagen betyr"]
    rows = [
        [case.hvem, f"{state.dag:%d.%m.%Y}", *state.tilstand, state.hva]
        for case in example.tilfeller
        for state in case.dager
    ]
    return _markdown(markdown_table(head, rows))


def example_contributions(calculation: str) -> "Markdown":
    """What each case adds to x and n, and why."""
    example = worked_example(calculation)
    pure = all(contribution.n is None for contribution in example.contributions())
    several = len(example.indikatorer) > 1
    head = [example.hvem, "Måned", *(["Indikator"] if several else []), "Grupper"]
    head += ["x", *([] if pure else ["n"]), "Hvorfor"]
    rows = [
        [case.hvem, *_cells(contribution, several, pure)]
        for case in example.tilfeller
        for contribution in case.bidrag
    ]
    return _markdown(markdown_table(head, rows))


def example_counted(calculation: str) -> "Markdown":
    """The example counted by the program, each number with the one by hand; only rows with a number."""
    example = worked_example(calculation)
    counted = {
        (row["indikator"], row["gruppe"], row["enhetsnr"], row["maned"]): (row["x"], row["n"])
        for row in count_example(example).to_pylist()
        if row["x"] or row["n"]
    }
    expected = {key: value for key, value in example.expected.items() if any(value)}
    head = ["Indikator", "Gruppe", "Kontor", "Måned", "x for hånd", "x telt", "n for hånd", "n telt", "Likt"]
    rows = []
    for key in sorted(counted | expected):
        by_hand, by_program = expected.get(key, (0, 0)), counted.get(key, (0, 0))
        pairs = [number for pair in zip(by_hand, by_program, strict=True) for number in pair]
        indikator, gruppe, kontor, maned = key
        names = [f"`{indikator}`", f"`{gruppe}`", kontor, _unbroken(maned)]
        rows.append([*names, *pairs, by_hand == by_program])
    if all(n is None for _, n in counted.values()):
        head, rows = head[:6] + head[8:], [row[:6] + row[8:] for row in rows]
    return _markdown(markdown_table(head, rows))


def _cells(contribution: Contribution, several: bool, pure: bool) -> list[object]:
    groups = ", ".join(f"`{gruppe}`" for gruppe in contribution.grupper) or "telles ikke"
    indicator = [f"`{contribution.indikator}`"] if several else []
    numbers = [contribution.x] if pure else [contribution.x, contribution.n]
    return [_unbroken(contribution.maned), *indicator, groups, *numbers, contribution.hvorfor]


def _unbroken(month: str) -> str:
    """A month that is not broken at its hyphen in a narrow column."""
    return month.replace("-", "\u2011")


def _table_of(hvem: str, name: str, rows: Iterable[Row]) -> str:
    """The columns that the example names, in the order of the contract, with the case first."""
    rows = list(rows)
    named = {column for row in rows for column in row}
    columns = [column.name for column in person_extract()[name].columns if column.name in named]
    head = [hvem, *(f"`{column}`" for column in columns)]
    return markdown_table(head, [[row["hvem"], *(row.get(column) for column in columns)] for row in rows])


def _markdown(text: str) -> "Markdown":
    from IPython.display import Markdown  # here, since counting needs no notebook

    return Markdown(text)
