"""The equations between series: groups that make up wider ones, the sums that indicators declare, and
denominators with two names.

A number of a series is named `indikator/gruppe:field`.
"""

from typing import NamedTuple

from navbook.disclosure import DisclosureSettings
from navbook.estimate import Estimates

X, REST, N = "x", "n-x", "n"
FIELDS = (X, REST, N)


class SeriesSum(NamedTuple):
    """The numbers `wholes` are together the numbers `parts` and a rest that is not below zero.

    `rest` names the rest (empty: it has no name); None if nothing is left over.
    """

    wholes: tuple[str, ...]
    parts: tuple[str, ...]
    rest: str | None


def series_sums(estimates: Estimates) -> list[SeriesSum]:
    """The sums of every group and its wider group, and those that the indicators declare."""
    wider = {
        (indikator, *relation.helhet, *relation.deler)
        for indikator, relation in estimates.sammenhenger
        if len(relation.helhet) == len(relation.deler) == 1
    }
    sums = []
    for line in estimates.series:
        # `parent` may be the narrower of the two groups
        if line.parent and (line.indikator, line.gruppe, line.parent) not in wider:
            for name in (X,) if line.shares_n else (X, REST):
                whole, part = (f"{line.indikator}/{group}:{name}" for group in (line.parent, line.gruppe))
                sums.append(SeriesSum((whole,), (part,), ""))
    for indikator, relation in estimates.sammenhenger:
        named = any(":" in term for term in (*relation.helhet, *relation.deler))
        for name in (X,) if named else (X, REST):
            helhet, deler = (
                tuple(_full_name(indikator, term, name) for term in terms)
                for terms in (relation.helhet, relation.deler)
            )
            rest = relation.rest and _full_name(indikator, relation.rest, name)
            sums.append(SeriesSum(helhet, deler, rest))
    return sums


def equal_denominators(estimates: Estimates, settings: DisclosureSettings) -> list[tuple[str, str]]:
    """Pairs of denominators that are one number under two names."""
    pairs = []
    for line in estimates.series:
        name = f"{line.indikator}/{line.gruppe}:{N}"
        if line.shares_n and line.parent:
            pairs.append((f"{line.indikator}/{line.parent}:{N}", name))
            continue
        pairs += [
            (f"{twins[0]}/{line.gruppe}:{N}", name)
            for twins in settings.samme_nevner
            if line.indikator in twins[1:]
        ]
    return pairs


def _full_name(indikator: str, term: str, name: str) -> str:
    term = term if "/" in term else f"{indikator}/{term}"
    return term if ":" in term else f"{term}:{name}"
