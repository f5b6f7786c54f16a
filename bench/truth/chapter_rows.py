"""What the tables of the chapter list, and what each figure is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from navbook.pages.format.numbers import percent

# the kind of series in the table of the way towards an earlier level
WAY = "uavhengige"
WORLDS = {
    "ingen_endring": "Alle kontor er like",
    "spredning": "Kontorene er litt ulike",
    "plantet": "Kontorene er litt ulike, og noen få svært ulike",
}
# name, kind of series, end of the measure's name
FALSE = (
    ("Høyere enn i fjor, andel av ulike personer", "uavhengige", ""),
    ("Høyere enn i fjor, andel der de samme telles hver måned", "beholdning", ""),
    ("Flere enn i fjor, som formidlinger", "antall", ""),
    ("Flere enn i fjor, der de samme telles hver måned", "beholdning_antall", ""),
    ("Under en fast grense, sykefraværet i etaten", "snitt", ""),
    ("Mot et tidligere nivå, andel av ulike personer", "uavhengige", "_mot_2019"),
    ("Mot et tidligere nivå, andel der de samme telles hver måned", "beholdning", "_mot_2019"),
    ("Mot et tidligere nivå, antall", "antall", "_mot_2019"),
)


BY_SIZE = ("uavhengige", "antall")


@dataclass(frozen=True)
class Aim:
    """What a share is to be: at least `low`, at most `high`."""

    low: float = 0.0
    high: float = 1.0

    def met(self, value: float) -> bool:
        """Whether the value lies within, as it is printed; what is not known (nan) does not."""
        return self.low <= round(value, 3) <= self.high

    def __str__(self) -> str:
        if self.high == 1.0:
            return f"minst {_short(self.low)}"
        return f"{_short(self.low)}–{_short(self.high)}"


def _short(share: float) -> str:
    return percent(share).removesuffix(",0")


CASES, STOCKS = Aim(0.935, 0.97), Aim(0.94)
# what the lowest cell of any interval is held to
LOWEST = Aim(0.9)
MOST_FALSE, WORST_FALSE = Aim(high=0.03), Aim(high=0.04)
# name, measure, kind of series, aim
INTERVALS = (
    ("Andel av ulike personer eller saker", "dekning_andel", "uavhengige", CASES),
    ("Samme, når kontorene er ulike", "dekning_ulike_kontor", "uavhengige", CASES),
    ("Endring i andel", "dekning_endring", "uavhengige", CASES),
    ("Samme, når noe virkelig er endret", "dekning_reell_endring", "uavhengige", CASES),
    (
        "Endring i andel mot endringen for alle kontor (ikke på sidene)",
        "dekning_endring_mot_landet",
        "uavhengige",
        CASES,
    ),
    ("Ventet ut fra i fjor", "dekning_ventet", "uavhengige", CASES),
    ("Samme, når kontorene er ulike", "dekning_ventet_ved_spredning", "uavhengige", CASES),
    (
        "Innsatsgruppene samlet, med sammensetningen for alle kontor",
        "dekning_standardisert",
        "uavhengige",
        CASES,
    ),
    ("Samme, endringen", "dekning_standardisert_endring", "uavhengige", CASES),
    ("Avvik fra det forventede", "avvik_dekning", "som_forventet", CASES),
    ("Samme, der et kontor virkelig gjør det bedre", "avvik_dekning_der_noe_er_ulikt", "bedre_arbeid", CASES),
    ("Samme, der et kontor får lettere brukere", "avvik_dekning_der_noe_er_ulikt", "lettere_brukere", CASES),
    ("8-ukerskurven ved dag 56", "dekning_kurve", "kurve", CASES),
    ("Endring i antall, som formidlinger", "dekning_endring", "antall", CASES),
    ("Antall og rater for seg (ikke på sidene)", "eksakt_rate", "antall", CASES),
    ("Snitt over måneder, som sykefravær", "dekning_andel", "snitt", CASES),
    ("Samme, endringen", "dekning_endring", "snitt", CASES),
    ("Andel der de samme telles hver måned", "dekning_andel", "beholdning", STOCKS),
    ("Samme, endringen", "dekning_endring", "beholdning", STOCKS),
    ("Samme, endringen når noe virkelig er endret", "dekning_reell_endring", "beholdning", STOCKS),
    ("Samme, endringen i antall", "dekning_endring", "beholdning_antall", STOCKS),
    ("Samme, ventet ut fra i fjor", "dekning_ventet", "beholdning", STOCKS),
    ("Samme, innsatsgruppene samlet", "dekning_standardisert", "beholdning", STOCKS),
    ("Samme, endringen for innsatsgruppene samlet", "dekning_standardisert_endring", "beholdning", STOCKS),
)


class Found:
    """The rows of the result by what they measure (`mal`)."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.rows = rows
        self.sizes = sorted(self.of("styrke")["klasse"].unique())

    def of(self, measure: str) -> pd.DataFrame:
        """The rows of one measure, in the order of the result."""
        return self.rows[self.rows["mal"] == measure]

    def by(self, measure: str, kind: str, column: str) -> dict[float, float]:
        """The shares of one measure and kind by the values of a column."""
        rows = self.of(measure)
        rows = rows[rows["slag"] == kind]
        return dict(zip(rows[column].astype(float), rows["andel"].astype(float), strict=True))

    def share(self, measure: str, kind: str) -> float:
        """The share of one measure and kind, nan if there is none."""
        rows = self.of(measure)
        values = rows.loc[rows["slag"] == kind, "andel"]
        return float(values.iloc[0]) if len(values) else float("nan")

    def mean(self, measure: str, kind: str) -> float:
        """The mean over the rows of one measure and kind, nan if there is none."""
        rows = self.of(measure)
        return float(rows.loc[rows["slag"] == kind, "andel"].astype(float).mean())

    def worst(self, measure: str, kind: str) -> pd.Series | None:
        """The cell in which limits hold least often; for measures by cell, the lowest of these."""
        rows = pd.concat([self.of(f"{measure}_lavest"), self.of(measure)])
        rows = rows[(rows["slag"] == kind) & rows["sann"].notna()]
        return rows.loc[rows["andel"].idxmin()] if len(rows) else None

    def highest(self, measure: str, kind: str) -> pd.Series | None:
        """The cell in which a verdict is false most often."""
        rows = self.of(f"{measure}_hoyest")
        rows = rows[rows["slag"] == kind]
        return rows.loc[rows["andel"].idxmax()] if len(rows) else None

    def lowest(self, measure: str) -> pd.Series:
        """The row of a measure with the smallest share; the first of several alike."""
        rows = self.of(measure)
        return rows.loc[rows["andel"].idxmin()]


def in_percent(value: float) -> str:
    """A share in per cent, a dash where there is none."""
    return percent(value) if value == value else "–"


def table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """A table as Markdown: the first column names the row, the others hold numbers."""
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    return "\n".join([*lines, *("| " + " | ".join([name, *cells]) + " |" for name, cells in rows)])
