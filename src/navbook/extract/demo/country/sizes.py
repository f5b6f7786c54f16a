"""How offices are spread over counties, and how many people each of them has."""

import numpy as np

from navbook.extract.demo.dice import Ints
from navbook.extract.demo.settings import Country, Ladder, between


def county_of_offices(country: Country, offices: int) -> Ints:
    """The county of each office by position.

    From `store_fra` offices on the first county has the fixed number of small offices and the last county
    one office; the others share the rest evenly.
    """
    counties = max(1, min(offices, between(country.fylker_knekk, offices)))
    if offices < country.store_fra:
        return np.arange(offices) * counties // offices
    first = np.zeros(country.smaa_kontor, dtype=np.int64)
    rest = offices - country.smaa_kontor - 1
    others = 1 + np.arange(rest) * (counties - 2) // rest
    return np.concatenate([first, others, [counties - 1]])


def ranks_of_small_county(country: Country, county: Ints, ranks: Ints) -> Ints:
    """The ranks by size, changed so that the first county has the smallest offices and one middle-sized town.

    Below `store_fra` offices the ranks are returned as they are.
    """
    if len(county) < country.store_fra:
        return ranks
    order = np.lexsort((ranks, county != 0))
    town = country.smaa_kontor - 1
    middle = len(order) * 2 // 3
    order[[town, middle]] = order[[middle, town]]
    changed = np.empty_like(ranks)
    changed[order] = np.arange(len(order))
    return changed


def people_by_office(ladder: Ladder, ranks: Ints, people: int) -> Ints:
    """People per office: the ladder's value at the office's rank, scaled so that the sum is `people`."""
    steps = len(ladder) - 1
    last = max(1, len(ranks) - 1)
    places = [int(rank) * steps * 1000 // last for rank in ranks]
    weights = [between([(i * 1000, value) for i, value in enumerate(ladder)], place) for place in places]
    bounds = np.cumsum(np.array([0, *weights], dtype=np.int64)) * people // sum(weights)
    return np.diff(bounds)
