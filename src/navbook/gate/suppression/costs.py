"""What hiding a row costs the reader: secondary suppression takes the rows that cost least."""

import numpy as np

from navbook.disclosure import LAST_RESORT, DisclosureSettings
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.settings import RowClass
from navbook.estimate import Estimates

TERTIAL = 4
# of two rows of a class the one with larger numbers costs up to this share more, half of it at SIZE
MORE, SIZE = 0.1, 200


def costs(estimates: Estimates, settings: DisclosureSettings) -> tuple[Floats, Indices]:
    """The cost of hiding each (series, unit, period), no two alike, and the number of its row class.

    The first class of `rekkefolge` in the settings that fits counts. A row of no class costs the most, and
    has class LAST_RESORT: it is withheld only when nothing else is left.
    """
    shape = estimates.cube.x.shape
    cost = np.full(shape, 10.0 * max((kind.pris for kind in settings.rekkefolge), default=1.0))
    row_class = np.full(shape, LAST_RESORT, dtype=np.intp)
    for number, kind in enumerate(settings.rekkefolge):
        of_class = _of_class(estimates, kind) & (row_class == LAST_RESORT)
        cost[of_class], row_class[of_class] = kind.pris, number
    cube = estimates.cube
    size = np.nan_to_num(np.where(np.isnan(cube.n), cube.x, cube.n))
    return cost * (1 + MORE * size / (size + SIZE)) * (1 + 1e-6 * _by_name(estimates)), row_class


def _of_class(estimates: Estimates, kind: RowClass) -> Flags:
    cube = estimates.cube
    place = np.arange(len(cube.units))
    level = {
        "kontor": place < cube.leaves,
        "fylke": (place >= cube.leaves) & (place < cube.country),
        "landet": place == cube.country,
    }[kind.niva]
    months = cube.length
    length = {
        None: months > 0,
        "maned": months == 1,
        "tertial": (months > 1) & (months <= TERTIAL),
        "lengre": months > TERTIAL,
    }[kind.periode]
    series = np.array(
        [
            (kind.gruppe is None or line.parent is not None) and (line.whole_only or not kind.videre)
            for line in estimates.series
        ]
    )
    return np.asarray(series[:, None, None] & level[None, :, None] & length[None, None, :])


def _by_name(estimates: Estimates) -> Floats:
    """A number from 0 to 1 that breaks ties: by the name of the unit, then by period and series."""
    cube = estimates.cube
    series, _, periods = cube.x.shape
    rank = np.argsort(np.argsort(np.array(cube.units)))
    order = (rank[None, :, None] * periods + np.arange(periods)[None, None, :]) * series
    order = order + np.arange(series)[:, None, None]
    return np.asarray(order / max(order.max(initial=1), 1))
