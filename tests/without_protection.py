"""What the gate would show without secondary suppression, for tests of pages: it takes most of a build."""

import zlib

import numpy as np
import pandas as pd

from navbook.disclosure import SuppressionResult, load_settings
from navbook.edition.schema import STATEMENT_COLUMNS
from navbook.estimate import Estimates
from navbook.gate import Decision
from navbook.gate.redact import published_rows
from navbook.gate.suppression.cell_status import own_cells
from navbook.gate.suppression.system import edition_system
from navbook.gate.withheld import withheld_values


def only_small_ones_hidden(estimates: Estimates, one_hidden_of: int | None = None) -> Decision:
    """Hide what is too small or ruled out, without protecting it; and every so many of the rows besides."""
    settings = load_settings()
    edition = edition_system(estimates, settings, settings.minimum("nav"))
    hidden = edition.of_rows(edition.too_small) | edition.system.forced
    if one_hidden_of:
        hidden |= np.array([zlib.crc32(str(place).encode()) % one_hidden_of == 0 for place in edition.rows])
    cells = np.zeros(len(edition.system.values), dtype=bool)
    flags = edition.in_cube(hidden)[own_cells(estimates)]
    return Decision(
        tall=published_rows(estimates, flags),
        withheld=withheld_values(estimates, flags, settings),
        hidden_cells=int(hidden.sum()),
        protected=SuppressionResult(hidden, cells, cells),
        statements=pd.DataFrame(columns=list(STATEMENT_COLUMNS)),
        given_up=(),
    )
