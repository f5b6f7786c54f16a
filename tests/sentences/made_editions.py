"""Editions for the test of sentences: one small extract, seven periods and letters, made in the process.

Secondary suppression is left out, since it takes most of a build and decides no sentence: the rows that show
a number too small are hidden, and a few others, so that every reason for a missing verdict arises.
"""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from navbook.estimate import estimate, fit_casemix
from navbook.extract import open_extract
from navbook.extract.demo import make_demo
from navbook.gate import Source, write_edition
from navbook.indicators import REGISTRY, count
from navbook.letters import letter_for
from navbook.letters.load import LETTERS
from navbook.runtime.periods import month_range, parse_period
from without_protection import only_small_ones_hidden

# of all rows, one in so many is hidden in addition to those that are too small
ONE_HIDDEN_OF = 40


PLAN = """# Plan for 2022

## Unge under 30

Risiko: Flere unge uten aktivitet
Tiltak: Fast ungdomsteam

## Sykmeldte

Tiltak: Samtale med arbeidsgiver

## Lokaler

Vi flytter.
"""


@dataclass(frozen=True)
class Case:
    """An edition to make: its period, the last month that the extract knows, and the letters there are."""

    period: str
    known: str = "2024-12"
    letters: tuple[int, ...] = (2021, 2022)


CASES: Mapping[str, Case] = {
    "2021": Case("2021"),
    "2022": Case("2022"),
    "2022-T1 in May": Case("2022-T1", known="2022-04"),
    "2022-T3 in January": Case("2022-T3", known="2022-12"),
    "2023 with a letter": Case("2023", letters=(2021, 2022, 2023)),
    "2023 without a letter": Case("2023"),
    "one month": Case("2022-03"),
}


@dataclass(frozen=True)
class Made:
    """The folder of an edition, and that of the letter files it was made with."""

    case: Case
    folder: Path
    letters: Path


def letter_of_2023() -> str:
    """A made-up letter: that of 2022 a year later, with another limit on the sick leave and no SP07."""
    text = (LETTERS / "2022.yml").read_text(encoding="utf-8")
    for year in (2022, 2021):
        text = text.replace(str(year), str(year + 1))
    text = text.replace("< 6,1 %", "< 5,5 %").replace("6,1 prosent", "5,5 prosent").replace("0.061", "0.055")
    head, _, rest = text.partition("  - id: SP07\n")
    _, _, tail = rest.partition("  - id: SP08\n")
    assert tail
    return f"{head}  - id: SP08\n{tail}"


@contextmanager
def only_letters(folder: Path, years: tuple[int, ...]) -> Iterator[Path]:
    """Let `folder` hold the letters of these years, and be where navbook finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    for year in years:
        own = LETTERS / f"{year}.yml"
        text = own.read_text(encoding="utf-8") if year < 2023 else letter_of_2023()
        (folder / own.name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("navbook.letters.load.LETTERS", folder)
        yield folder


def _day(month: str) -> datetime.date:
    return (pd.Period(month) + 1).to_timestamp().date() - datetime.timedelta(days=1)


def make_editions(folder: Path) -> dict[str, Made]:
    """Make every edition in `folder`; by the name of its case."""
    extract_folder = folder / "uttrekk"
    make_demo(extract_folder, offices=12, people=12_000, seed=1, fom="2019-01", tom="2023-12")
    with open_extract(extract_folder) as extract:
        counts, casemix = count(extract).to_pandas(), fit_casemix(extract)
        register, tables, manifest = extract.register, extract.table_names, extract.manifest
        regions = {office: register.region_of(office, _day("2022-12")) for office in register.offices}
        market = extract.side_table("arbeidsmarked")
        source = {
            "comments": extract.comments,
            "goals": extract.local_goals,
            "plans": {"9001": PLAN},
            "market": market[~((market["arbeidsmarkedsregion"] == "Region 2") & (market["maned"] < "2022"))],
            "regions": regions,
        }
    made = {}
    for name, case in CASES.items():
        # the same extract as it was so many months before: each indicator ends as many months earlier
        months = len(month_range(case.known, "2024-12")) - 1
        last = _day(case.known)
        earlier = manifest.model_copy(
            update={"dekker_tom": last, "uttrekksdato": _day(str(pd.Period(case.known) + 1))}
        )
        known = counts[counts["maned"] <= counts.groupby("indikator")["maned"].transform(_earlier, months)]
        period = parse_period(case.period)
        with only_letters(folder / name / "letters", case.letters) as letters:
            estimates = estimate(
                known, register, earlier, letter_for(period.year), REGISTRY, period, tables,
                casemix if case.known == "2024-12" else None,
            )  # fmt: skip
            written = write_edition(
                estimates,
                Source(earlier, **source),
                REGISTRY,
                folder / name,
                folder / "privat",
                decision=only_small_ones_hidden(estimates, ONE_HIDDEN_OF),
            )
        made[name] = Made(case, written.folder, letters)
    return made


def _earlier(months: "pd.Series[str]", by: int) -> str:
    return str(pd.Period(months.max(), freq="M") - by)
