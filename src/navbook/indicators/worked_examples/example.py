"""What a worked example holds: a validated record, read from the YAML file of its calculation notebook."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from navbook.indicators.definition.declaration import Record
from navbook.runtime.errors import UsageError

FOLDER = Path(__file__).parent
Row = dict[str, Any]


class DayState(Record):
    """The state of a case on one day: a text for each of the example's `kolonner`, and what it means."""

    dag: date
    tilstand: tuple[str, ...]
    hva: str


class Contribution(Record):
    """What a case adds to x and n of the groups of an indicator in one month at one office, and why.

    `n` is None for a pure count. A contribution without groups and office says why a case is left out.
    """

    indikator: str
    grupper: tuple[str, ...]
    maned: str
    kontor: str = ""
    x: float = 0
    n: float | None = 0
    hvorfor: str


class FollowedCase(Record):
    """A made-up person (or office, or hire) with its rows by table, its days and its contributions."""

    hvem: str
    om: str
    rader: dict[str, tuple[Row, ...]]
    dager: tuple[DayState, ...]
    bidrag: tuple[Contribution, ...]


class WorkedExample(Record):
    """The example of one calculation notebook.

    `hvem` is what a case is (person, kontor, ansettelse). `dekker_fom`, `dekker_tom` and `uttrekksdato` are
    the dates of the small extract, chosen so that few months are known. `indikatorer` are the indicators
    that are counted in it. `kolonner` head the states of `DayState`.
    """

    beregning: str
    hvem: str
    innledning: str
    dekker_fom: date
    dekker_tom: date
    uttrekksdato: date
    indikatorer: tuple[str, ...]
    kolonner: tuple[str, ...]
    tilfeller: tuple[FollowedCase, ...]

    @property
    def expected(self) -> dict[tuple[str, str, str, str], tuple[float, float | None]]:
        """x and n by (indikator, gruppe, enhetsnr, maned): the sum of the contributions; n None if pure."""
        sums: dict[tuple[str, str, str, str], tuple[float, float | None]] = {}
        for contribution in self.contributions():
            for gruppe in contribution.grupper:
                key = (contribution.indikator, gruppe, contribution.kontor, contribution.maned)
                x, n = sums.get(key, (0.0, None if contribution.n is None else 0.0))
                added = None if n is None or contribution.n is None else n + contribution.n
                sums[key] = (x + contribution.x, added)
        return {key: value for key, value in sums.items() if key[2]}

    def contributions(self) -> Iterator[Contribution]:
        """The contributions of all cases, in the order of the file."""
        for case in self.tilfeller:
            yield from case.bidrag

    def rows(self) -> dict[str, list[Row]]:
        """The rows of all cases by table, each with the name of its case as `hvem`."""
        tables: dict[str, list[Row]] = {}
        for case in self.tilfeller:
            for table, rows in case.rader.items():
                tables.setdefault(table, []).extend({"hvem": case.hvem} | row for row in rows)
        return tables


@cache
def worked_example(calculation: str) -> WorkedExample:
    """The worked example of a calculation notebook; UsageError if it has none."""
    file = FOLDER / f"{calculation}.yml"
    if not file.is_file():
        known = ", ".join(sorted(path.stem for path in FOLDER.glob("*.yml")))
        raise UsageError(f"There is no worked example '{calculation}': choose among {known}")
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    for state in (day for case in content["tilfeller"] for day in case["dager"]):
        state["tilstand"] = [_text(value) for value in state["tilstand"]]
    return WorkedExample.model_validate({"beregning": calculation} | content)


def _text(value: object) -> str:
    """A state as it is shown: yes and no in words, nothing as a dash."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return "–" if value is None else str(value)
