"""What a reader loses with a row, so that what goes with a secret is what is missed the least."""

import numpy as np

from navbook.disclosure import LAST_RESORT, DisclosureSettings
from navbook.disclosure.array_types import Flags, Floats, Indices
from navbook.disclosure.settings import RowClass
from navbook.estimate import Estimates

TERTIAL = 4
# of two rows of a class the one with larger numbers costs this share more at the most, half of it at SIZE
MORE, SIZE = 0.1, 200


def worth(estimates: Estimates, settings: DisclosureSettings) -> tuple[Floats, Indices]:
    """The price of each (series, unit, period), no two alike, and the number of its class of detail.

    The first class that fits counts; rows of none are withheld by no order, and cost the most.
    """
    shape = estimates.cube.x.shape
    price = np.full(shape, 10.0 * max((each.pris for each in settings.rekkefolge), default=1.0))
    detail = np.full(shape, LAST_RESORT, dtype=np.intp)
    for number, each in enumerate(settings.rekkefolge):
        mine = _of_class(estimates, each) & (detail == LAST_RESORT)
        price[mine], detail[mine] = each.pris, number
    cube = estimates.cube
    size = np.nan_to_num(np.where(np.isnan(cube.n), cube.x, cube.n))
    return price * (1 + MORE * size / (size + SIZE)) * (1 + 1e-6 * _by_name(estimates)), detail


def _of_class(estimates: Estimates, each: RowClass) -> Flags:
    cube = estimates.cube
    place = np.arange(len(cube.units))
    level = {
        "kontor": place < cube.leaves,
        "fylke": (place >= cube.leaves) & (place < cube.country),
        "landet": place == cube.country,
    }[each.niva]
    months = cube.length
    length = {
        None: months > 0,
        "maned": months == 1,
        "tertial": (months > 1) & (months <= TERTIAL),
        "lengre": months > TERTIAL,
    }[each.periode]
    part = np.array(
        [
            (each.gruppe is None or line.parent is not None) and (line.whole_only or not each.videre)
            for line in estimates.series
        ]
    )
    return np.asarray(part[:, None, None] & level[None, :, None] & length[None, None, :])


def _by_name(estimates: Estimates) -> Floats:
    """A number from 0 to 1 by the name of the unit, then by period and series."""
    cube = estimates.cube
    series, _, periods = cube.x.shape
    rank = np.argsort(np.argsort(np.array(cube.units)))
    order = (rank[None, :, None] * periods + np.arange(periods)[None, None, :]) * series
    order = order + np.arange(series)[:, None, None]
    return np.asarray(order / max(order.max(initial=1), 1))
