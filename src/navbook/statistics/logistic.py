"""Logistic regression of a binary outcome on categorical factors, fitted to grouped data."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from navbook.statistics.arrays import Floats

# A group with fewer persons than this, with the outcome or without it, is merged with a neighbour: it gets
# no row in the model table and no coefficient.
MIN_WITH_AND_WITHOUT = 10
_TOLERANCE = 1e-10
_MAX_ITERATIONS = 100
# A fitted probability this near 0 or 1 is diverging to it: no finite coefficient maximises the likelihood.
_CERTAIN = 1e-6

Places = npt.NDArray[np.intp]


class NoModel(ValueError):
    """The model cannot be fitted to these data; the message gives the reason."""


@dataclass(frozen=True)
class Factor:
    """A factor whose levels are merged into groups: `group` is the group number of each level.

    `names` are the names of the groups, and `reference` is the largest group, with which others are compared.
    """

    name: str
    group: Places
    names: tuple[str, ...]
    reference: int

    @property
    def others(self) -> list[int]:
        return [place for place in range(len(self.names)) if place != self.reference]


@dataclass(frozen=True)
class Logistic:
    """A fitted model: `intercept`, and for each factor the coefficients (log odds) of its groups.

    The reference group of each factor has the coefficient 0.
    """

    factors: tuple[Factor, ...]
    intercept: float
    coefficients: Mapping[str, Floats]

    def probabilities(self, patterns: pd.DataFrame) -> Floats:
        """Return the probability (0-1) of each row of `patterns`, which has level numbers."""
        from scipy.special import expit

        logit = np.full(len(patterns), self.intercept)
        for factor in self.factors:
            places = factor.group[patterns[factor.name].to_numpy(dtype=np.intp)]
            logit += self.coefficients[factor.name][places]
        return np.asarray(expit(logit), dtype=np.float64)


def fit_logistic(
    patterns: pd.DataFrame,
    levels: Mapping[str, Sequence[str]],
    minimum: int = MIN_WITH_AND_WITHOUT,
) -> Logistic:
    """Return the binomial GLM (logit link) of x out of n on the factors in `levels`, with an intercept.

    `patterns` has a column per factor with level numbers (from 0), and the counts `x` and `n`. A level with
    fewer than `minimum` persons with the outcome, or without it, is merged with the smaller neighbour in the
    list until none is left; a factor with one group has no coefficient. The order of the rows does not
    matter. Raises NoModel if fewer than `minimum` persons have the outcome or lack it, and if the factors
    determine the outcome (perfect separation), so that no finite coefficients maximise the likelihood.

    Source: McCullagh & Nelder, Generalized Linear Models (1989), chapter 4; fitted by statsmodels' GLM.
    """
    names = list(levels)
    sums = patterns[patterns["n"] > 0].groupby(names, sort=True)[["x", "n"]].sum().reset_index()
    x, n = (sums[name].to_numpy(dtype=np.float64) for name in ("x", "n"))
    if min(x.sum(), (n - x).sum()) < minimum:
        raise NoModel(f"fewer than {minimum} with the outcome, or without it")
    factors = tuple(_factor(name, levels[name], sums, minimum) for name in names)
    # patterns that differ only in merged levels become one
    grouped = pd.DataFrame({f.name: f.group[sums[f.name].to_numpy(dtype=np.intp)] for f in factors})
    sums = grouped.assign(x=x, n=n).groupby(names, sort=True)[["x", "n"]].sum().reset_index()
    found = _coefficients(_design(factors, sums), sums["x"].to_numpy(), sums["n"].to_numpy())
    coefficients, at = {}, 1
    for factor in factors:
        values = np.zeros(len(factor.names))
        values[factor.others] = found[at : at + len(factor.others)]
        coefficients[factor.name] = values
        at += len(factor.others)
    return Logistic(factors, float(found[0]), coefficients)


def _factor(name: str, levels: Sequence[str], sums: pd.DataFrame, minimum: int) -> Factor:
    places = sums[name].to_numpy(dtype=np.intp)
    x, n = (np.bincount(places, sums[column], minlength=len(levels)) for column in ("x", "n"))
    groups = [[place] for place in range(len(levels))]

    def size(group: list[int]) -> float:
        return float(n[group].sum())

    def weak(group: list[int]) -> bool:
        return bool(min(x[group].sum(), size(group) - x[group].sum()) < minimum)

    while len(groups) > 1 and any(map(weak, groups)):
        at = next(place for place, group in enumerate(groups) if weak(group))
        neighbours = [place for place in (at - 1, at + 1) if 0 <= place < len(groups)]
        into = min(neighbours, key=lambda place: (size(groups[place]), place))
        low, high = sorted((at, into))
        groups[low : high + 1] = [groups[low] + groups[high]]
    group_of = np.empty(len(levels), dtype=np.intp)
    for place, group in enumerate(groups):
        group_of[group] = place
    reference = max(range(len(groups)), key=lambda place: (size(groups[place]), -place))
    named = tuple(" eller ".join(levels[place] for place in group if n[place]) for group in groups)
    return Factor(name, group_of, named, reference)


def _design(factors: Sequence[Factor], sums: pd.DataFrame) -> Floats:
    """Return the design matrix: an intercept column and an indicator column per group but the reference."""
    columns = [np.ones(len(sums))]
    for factor in factors:
        places = sums[factor.name].to_numpy(dtype=np.intp)
        columns += [(places == place).astype(np.float64) for place in factor.others]
    return np.column_stack(columns)


def _coefficients(design: Floats, x: Floats, n: Floats) -> Floats:
    import statsmodels.api as sm

    model = sm.GLM(np.column_stack([x, n - x]), design, family=sm.families.Binomial())
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # statsmodels warns of separation also when a model of grouped data merely fits exactly
        warnings.simplefilter("ignore")
        try:
            fitted = model.fit(tol=_TOLERANCE, maxiter=_MAX_ITERATIONS, wls_method="lstsq")
        except np.linalg.LinAlgError as error:
            raise NoModel("no coefficients fit") from error
        # calculated on access, with the same warnings
        reached = np.asarray(fitted.fittedvalues, dtype=np.float64)
    found = np.asarray(fitted.params, dtype=np.float64)
    if not fitted.converged or not np.isfinite(found).all():
        raise NoModel("no finite coefficients fit best")
    if reached.min() < _CERTAIN or reached.max() > 1 - _CERTAIN:
        raise NoModel("the factors determine the outcome (perfect separation)")
    return found
