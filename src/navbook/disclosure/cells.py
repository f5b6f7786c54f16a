"""What disclosure control decides on: cells with their measures, and the sums that bind them together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Cells:
    """Cells as columns of numbers.

    `measures` has a row for each number that must not be told when it is small (the numerator, its
    complement, differences to a wider group; nan where a cell has no such measure) and a column for each
    cell. `size` orders the cells from the cheapest to hide, `order` (whole numbers by name) breaks ties.
    `published` cells may be hidden; the others are in no table. `derivable` cells are in no table either,
    but known to anyone who adds up what is. `primary` cells may not be told.
    """

    measures: Floats
    size: Floats
    order: Places
    published: Flags
    derivable: Flags
    primary: Flags


@dataclass(frozen=True)
class Equations:
    """Sums: the cell `total[e]` is the sum of the cells `part[i]` where `equation[i]` is e, in every
    measure.
    """

    name: str
    total: Places
    equation: Places
    part: Places

    def __len__(self) -> int:
        return len(self.total)

    def cheapest_first(self, cells: Cells) -> "Equations":
        """The same sums with each one's parts from the cheapest to hide."""
        order = np.lexsort((cells.order[self.part], cells.size[self.part], self.equation))
        return Equations(self.name, self.total, self.equation[order], self.part[order])
