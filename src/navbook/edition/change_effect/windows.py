"""The months, or whole periods, before and after a change, and what each office has in them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from navbook.edition.change_effect.question import FEWEST_MONTHS, Question
from navbook.edition.offices import local_offices
from navbook.edition.read import Edition
from navbook.edition.schema import VIST
from navbook.runtime.periods import add_months, parse_period
from navbook.statistics import Change, change_of_share

_MONTH = r"\d{4}-\d{2}"


@dataclass(frozen=True)
class Months:
    """The shown months of a series: x and n with a row for each month and a column for each local office.

    A hidden or missing month is nan. `stock`: the same persons may be counted in every month. With one whole
    period on each side the rows are those periods.
    """

    x: pd.DataFrame
    n: pd.DataFrame
    stock: bool


@dataclass(frozen=True)
class Windows:
    """The periods compared, oldest first: as many months on each side, or one whole period."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def shown_months(edition: Edition, question: Question) -> Months:
    """The months of the question's series in every local office that shows any."""
    rows = _shown(edition, question)
    return _wide(rows[rows["periode"].str.fullmatch(_MONTH)], edition, question)


def whole_periods(edition: Edition, question: Question) -> tuple[Months, Windows] | None:
    """The edition's own period and its base, each as one row, if the own period begins with the change.

    They serve offices whose months are not published. A stock's sum is divided by its number of months.
    """
    own, rows = edition.navn, _shown(edition, question)
    bases = set(rows.loc[rows["periode"] == own, "basis_periode"].dropna())
    if parse_period(own).first != question.dato or len(bases) != 1:
        return None
    windows = Windows(tuple(bases), (own,))
    table = _wide(rows[rows["periode"].isin((own, *bases))], edition, question)
    if set(table.n.index) != {own, *bases}:
        return None
    if table.stock:
        lengths = [len(parse_period(name).months) for name in table.n.index]
        table = Months(table.x.div(lengths, axis=0), table.n.div(lengths, axis=0), stock=True)
    return table, windows


def _shown(edition: Edition, question: Question) -> pd.DataFrame:
    rows = edition.tall.iloc[edition.positions("indikator")[question.indikator]]
    return local_offices(rows[(rows["gruppe"] == question.gruppe) & (rows["status"] == VIST)])


def _wide(rows: pd.DataFrame, edition: Edition, question: Question) -> Months:
    stock = next(d["beholdning"] for d in edition.definisjoner if d["id"] == question.indikator)
    x, n = (rows.pivot(index="periode", columns="enhet", values=name).astype(float) for name in ("x", "n"))
    return Months(x.sort_index(), n.sort_index(), stock)


def windows_at(months: Months, offices: tuple[str, ...], date: str, length: int) -> Windows | None:
    """The windows on both sides of `date` in which every one of `offices` shows its months.

    A month that one of them lacks is left out on both sides, with the month as far into the other window.
    After the last known month the windows end. None if fewer than FEWEST_MONTHS remain.
    """
    if not set(offices) <= set(months.n.columns):
        return None
    known = set(months.n.index[months.n.loc[:, list(offices)].notna().all(axis=1)])
    pairs = [(add_months(date, k - length), add_months(date, k)) for k in range(length)]
    kept = [(before, after) for before, after in pairs if before in known and after in known]
    if len(kept) < FEWEST_MONTHS:
        return None
    before, after = zip(*kept, strict=True)
    return Windows(before, after)


def changes(months: Months, windows: Windows) -> tuple[pd.DataFrame, Change]:
    """The counts of each office in both windows (x0, n0, x1, n1 by office), and its change.

    An office that lacks one of the months has nan. Counts of stocks are means of the months.
    """
    counts = {
        f"{name}{side}": _total(table, wanted, months.stock)
        for side, wanted in (("0", windows.before), ("1", windows.after))
        for name, table in (("x", months.x), ("n", months.n))
    }
    frame = pd.DataFrame(counts, index=months.n.columns)
    return frame, change_of_share(frame["x1"], frame["n1"], frame["x0"], frame["n0"])


def _total(table: pd.DataFrame, wanted: tuple[str, ...], stock: bool) -> np.ndarray:
    rows = table.reindex(list(wanted)).to_numpy(dtype=np.float64)
    return np.asarray(rows.mean(axis=0) if stock else rows.sum(axis=0))
