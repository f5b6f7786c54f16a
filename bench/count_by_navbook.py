"""Some indicators through navbook, on either engine; without names, all, and the eight weeks day by day.

python -m bench.count_by_navbook EXTRACT FILE ENGINE [INDICATOR …]
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from navbook.extract import open_extract
from navbook.indicators import count, forlop, write_counts


def write(folder: Path, out: Path, engine: str, indicators: Sequence[str]) -> None:
    with open_extract(folder, engine) as extract:
        write_counts(count(extract, indicators=indicators or None), out)
        if not indicators:
            forlop(extract)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
