"""What the book expects of offices, drawn: people with traits whose chances are known to be the model's.

Three worlds. In the first every office does as its people's traits say. In the second half of the offices
get easier people in the period, and do no better by any of them. In the third some offices do better by
everybody.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from bench.truth.scores import classes, holds, nearest, with_others
from bench.truth.worlds import Name
from navbook import indicators
from navbook.edition.schema import KEY, KONTOR, OPPFYLT
from navbook.estimate import Estimates, estimate
from navbook.estimate.casemix import WITHOUT, fit_patterns
from navbook.extract import Extract
from navbook.gate.derived.expected_funnels import expected_funnels
from navbook.gate.derived.published import series_rows
from navbook.indicators.casemix import SERIES, TRAITS, leaver_patterns
from navbook.letters import letter_for
from navbook.runtime.periods import Period

AS_EXPECTED, EASIER, BETTER = "som_forventet", "lettere_brukere", "bedre_arbeid"
NAMES: tuple[Name, ...] = (
    ("ota_arbs", "alle"),
    ("ota_nedsatt", "alle"),
    ("ota_u30", "alle"),
    ("ota_lg3", "alle"),
)


class Country:
    """The people of an extract with the chances that a first model gives them, taken for the truth."""

    def __init__(self, extract: Extract, period: Period, base: Period, given: dict[str, Any]) -> None:
        self.extract, self.period, self.given = extract, period, given
        patterns = leaver_patterns(extract)
        self.known = sorted(set(patterns["maned"]))
        first = fit_patterns(patterns, self.known)
        self.year = str(first.ar)
        wanted = patterns["maned"].isin([*period.months, *base.months])
        wanted |= patterns["maned"].str[:4] == self.year
        self.people = (
            patterns[wanted].assign(chance=first.patterns.loc[wanted, WITHOUT]).reset_index(drop=True)
        )
        self.offices = sorted(set(self.people["enhetsnr"]))

    def edition(self, rng: np.random.Generator, world: str) -> tuple[Estimates, pd.DataFrame]:
        """The estimates of one drawn edition (outcomes drawn, the model fitted to them again), and the true
        deviation of each office in each series.
        """
        people = self._easier(rng) if world == EASIER else self.people
        chance = people["chance"].to_numpy()
        if world == BETTER:
            odds = chance / (1 - chance) * np.exp(self.given["better"])
            helped = people["enhetsnr"].isin(self.chosen(world)) & people["maned"].isin(self.period.months)
            chance = np.where(helped, odds / (1 + odds), chance)
        truth = _true_deviations(people.assign(more=chance - people["chance"]), self.period)
        people = people.assign(x=rng.binomial(people["n"].astype(int), chance).astype(float))
        casemix = fit_patterns(people.drop(columns="chance"), self.known)
        counts = pd.concat([_counts(people, name) for name in NAMES], ignore_index=True)
        found = estimate(
            counts,
            self.extract.register,
            self.extract.manifest,
            letter_for(int(self.period.first[:4])),
            indicators.REGISTRY,
            self.period,
            casemix=casemix,
        )
        return found, truth

    def chosen(self, world: str) -> list[str]:
        """The offices in which something differs, each so many in number order."""
        return self.offices[:: self.given["every"][world]] if world != AS_EXPECTED else []

    def _easier(self, rng: np.random.Generator) -> pd.DataFrame:
        """As many people in each office and month, but in the chosen ones drawn from the country's with a
        weight that grows with their chance.
        """
        inside = self.people["maned"].isin(self.period.months)
        moved = inside & self.people["enhetsnr"].isin(self.chosen(EASIER))
        parts = [self.people[~moved]]
        groups = ["maned", "fra_nedsatt"]
        pools = dict(iter(self.people[inside].groupby(groups)))
        for key, mine in self.people[moved].groupby(groups):
            pool = pools[key]
            weight = pool["n"] * pool["chance"] ** self.given["easier"]
            for office, those in mine.groupby("enhetsnr"):
                drawn = rng.multinomial(int(those["n"].sum()), weight / weight.sum())
                parts.append(pool.assign(enhetsnr=office, n=drawn.astype(float))[drawn > 0])
        keys = ["enhetsnr", "maned", "fra_nedsatt", "ung", "landgruppe3", "fotnote5", *TRAITS]
        return (
            pd.concat(parts)
            .groupby(keys, as_index=False)
            .agg(n=("n", "sum"), x=("x", "sum"), chance=("chance", "first"))
        )


def _counts(people: pd.DataFrame, name: Name) -> pd.DataFrame:
    mine = people.query(SERIES[name])
    sums = mine.groupby(["enhetsnr", "maned"], as_index=False)[["x", "n"]].sum()
    return sums.assign(indikator=name[0], gruppe=name[1], forelopig=False)


def _true_deviations(people: pd.DataFrame, period: Period) -> pd.DataFrame:
    """How much larger the chances of an office's people are than their traits say, by series, in shares."""
    inside = people[people["maned"].isin(period.months)]
    parts = []
    for name in NAMES:
        mine = inside.query(SERIES[name])
        mine = mine.assign(more=mine["more"] * mine["n"])
        sums = mine.groupby("enhetsnr", as_index=False)[["more", "n"]].sum()
        sums = sums.assign(indikator=name[0], gruppe=name[1], sant_avvik=sums["more"] / sums["n"])
        parts.append(sums.rename(columns={"enhetsnr": "enhet"}))
    return pd.concat(parts)[["indikator", "gruppe", "enhet", "sant_avvik"]]


def rows_of_mixes(country: Country, grid: dict[str, Any], minimum: float) -> Iterator[pd.DataFrame]:
    """For each world and draw the offices with at least `minimum` people: what was said of them, by class of
    size and by the share of the grid (`sann`) nearest to what is expected of them.
    """
    for place, (world, times) in enumerate(sorted(grid["mixes"]["runs"].items())):
        chosen = country.chosen(world)
        for draw in range(times):
            found, truth = country.edition(np.random.default_rng([grid["seed"], 100 + place, draw]), world)
            rows = found.rows
            named = pd.MultiIndex.from_frame(rows[["indikator", "gruppe"]]).isin(NAMES)
            rows = rows[named & (rows["niva"] == KONTOR) & (rows["periode"] == country.period.name)]
            rows = rows[(rows["n"] >= minimum) & rows["avvik_nedre"].notna()]
            rows = rows[~rows["enhet"].isin(with_others(found))]
            rows = rows.merge(truth, on=["indikator", "gruppe", "enhet"])
            pointed = expected_funnels(series_rows(found.rows, found))
            rows = rows.merge(pointed[[*KEY, "utslag"]], on=list(KEY), how="left")
            yield pd.DataFrame(
                {
                    "slag": world,
                    "sann": nearest(rows["forventet"], grid["shares"]),
                    "klasse": classes(rows["n"], grid["sizes"]),
                    "valgt": rows["enhet"].isin(chosen),
                    "holder": holds(rows, "avvik_nedre", "avvik_ovre", "sant_avvik"),
                    "over": rows["avvik_nedre"] > 0,
                    "under": rows["avvik_ovre"] < 0,
                    "pekt_pa": np.where(rows["utslag"].isna(), np.nan, rows["utslag"] != 0),
                    "oppfylt": rows["vurdering"] == OPPFYLT,
                }
            )
