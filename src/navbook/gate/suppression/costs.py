"""What hiding a row costs the reader: its class in the order of sacrifice, and its price within the class."""

import numpy as np

from navbook.disclosure import LAST_RESORT, DisclosureSettings
from navbook.disclosure.array_types import Floats, Indices
from navbook.edition.schema import FYLKE, KONTOR, LANDET
from navbook.estimate import Estimates

TERTIAL = 4
# of two rows of a class the one with larger numbers costs up to this share more, half of it at SIZE
MORE, SIZE = 0.1, 200
# what a row of a class costs more than one of the class before it, where a linear program weighs both
STEP = 4.0


def costs(estimates: Estimates, settings: DisclosureSettings) -> tuple[Floats, Indices]:
    """The cost of hiding each (series, unit, period), no two alike, and the number of its row class.

    The first class of `rekkefolge` in the settings that fits counts. A row of no class has class LAST_RESORT:
    it is hidden only when nothing else is left.
    """
    row_class = row_classes(estimates, settings)
    place = np.minimum(row_class, len(settings.rekkefolge))
    cube = estimates.cube
    size = np.nan_to_num(np.where(np.isnan(cube.n), cube.x, cube.n))
    cost = STEP ** place.astype(np.float64) * (1 + MORE * size / (size + SIZE))
    return cost * (1 + 1e-6 * _by_name(estimates)), row_class


def row_classes(estimates: Estimates, settings: DisclosureSettings) -> Indices:
    """The place of each (series, unit, period) in `rekkefolge`, LAST_RESORT for none."""
    cube = estimates.cube
    place = np.arange(len(cube.units))
    levels = np.where(place < cube.leaves, KONTOR, np.where(place < cube.country, FYLKE, LANDET))
    lengths = [
        "maned" if length == 1 else "tertial" if length <= TERTIAL else "lengre" for length in cube.length
    ]
    kinds = [line.kind for line in estimates.series]
    number = {
        (kind, level, length): settings.row_class(level, length, kind)
        for kind in set(kinds)
        for level in (KONTOR, FYLKE, LANDET)
        for length in set(lengths)
    }
    table = {key: LAST_RESORT if found is None else found for key, found in number.items()}
    return np.array(
        [[[table[kind, str(level), length] for length in lengths] for level in levels] for kind in kinds],
        dtype=np.intp,
    )


def _by_name(estimates: Estimates) -> Floats:
    """A number from 0 to 1 that breaks ties: by the name of the unit, then by period and series."""
    cube = estimates.cube
    series, _, periods = cube.x.shape
    rank = np.argsort(np.argsort(np.array(cube.units)))
    order = (rank[None, :, None] * periods + np.arange(periods)[None, None, :]) * series
    order = order + np.arange(series)[:, None, None]
    return np.asarray(order / max(order.max(initial=1), 1))
