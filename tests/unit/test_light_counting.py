"""What counting does not import: pandas alone costs more than counting a county."""

import subprocess
import sys
from pathlib import Path

from extracts import write_extract
from sound_extract import sound_tables

COUNT = """
import sys
from navbook.extract import open_extract
from navbook.indicators import count
with open_extract(sys.argv[1]) as extract:
    table = count(extract, indicators=["ota_arbs", "u30_kontakt30"])
heavy = {"pandas", "markdown_it", "IPython", "matplotlib", "seaborn"}
print(len(table) > 0, sorted(heavy & set(sys.modules)))
"""


def test_counting_needs_no_pandas(tmp_path: Path) -> None:
    tables = sound_tables("kontakt")
    write_extract(tmp_path, tables, fmt="parquet")
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(tmp_path)], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split(maxsplit=1) == ["True", "[]\n"]
