"""The same tables protected by pytauargus, with the same primary cells and a required width of three.

Install it in a separate folder (`pip install --target DIR pytauargus==0.6.0`) and put DIR in PYTHONPATH. Its
engine keeps state in the process, so each table runs in a process of its own.
"""

import multiprocessing
import os
import tempfile
import time
from pathlib import Path
from queue import Empty

import pandas as pd

from bench.gate_table import COUNTIES, county_of_offices, table

PRIMARY_BELOW, WIDTH = 4, 3
PATIENCE = 300

METADATA = """<SEPARATOR> ";"
<SAFE> S
<UNSAFE> U
<PROTECT> P
unit
 <RECODEABLE>
 <TOTCODE> land
 <HIERARCHICAL>
 <HIERCODELIST> "{folder}/units.hrc"
 <HIERLEADSTRING> "@"
grp
 <RECODEABLE>
 <TOTCODE> alle
outcome
 <RECODEABLE>
 <TOTCODE> n
value
 <NUMERIC>
 <DECIMALS> 0
persons
 <FREQUENCY>
state
 <STATUS>
lower
 <NUMERIC> <LOWERPL>
upper
 <NUMERIC> <UPPERPL>
cost
 <NUMERIC> <COSTVAR>
"""
BATCH = """<OPENTABLEDATA> "{folder}/cells.tab"
<OPENMETADATA> "{folder}/cells.rda"
<SPECIFYTABLE> "unit""grp""outcome"|"value"|"value"|"cost"
<SAFETYRULE>
<READTABLE> 0
<SUPPRESS> MOD(1,5,1,0,0)
<WRITETABLE> (1,5,SO+,"{folder}/out.tab")
"""


def is_installed() -> bool:
    """Whether pytauargus can be imported."""
    try:
        import pytauargus  # noqa: F401
    except ImportError:
        return False
    return True


def protect(seed: int) -> tuple[dict[str, int], float] | None:
    """The status by cell and the seconds it took; None if the tool failed or took too long."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_answer, args=(seed, answers))
    process.start()
    try:
        return answers.get(timeout=PATIENCE)
    except Empty:
        return None
    finally:
        process.terminate()
        process.join()


def _answer(seed: int, answers: multiprocessing.Queue) -> None:
    from pytauargus.batch import BatchError

    try:
        answers.put(_run(seed))
    except BatchError:
        answers.put(None)


def _run(seed: int) -> tuple[dict[str, int], float]:
    from pytauargus.engine import run_batch
    from pytauargus.result import TableResult

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, seed)
        # its engine writes files into the working directory
        os.chdir(folder)
        start = time.perf_counter()
        run_batch(str(folder / "batch.arb"))
        seconds = time.perf_counter() - start
        result = TableResult(
            path=str(folder / "out.tab"), exp_vars=["unit", "grp", "outcome"], response="value", is_freq=False
        )
        frame = result.dataframe()
    keys = [frame[column].astype(str).str.strip() for column in ("unit", "grp", "outcome")]
    named = [
        k.where(~k.isin(["", "Total"]), total) for k, total in zip(keys, ("land", "alle", "n"), strict=True)
    ]
    status = {"U": 1, "M": 2}
    cells = named[0] + "|" + named[1] + "|" + named[2]
    return {cell: status.get(code, 0) for cell, code in zip(cells, frame["status"], strict=True)}, seconds


def _write(folder: Path, seed: int) -> None:
    cells, _ = table(seed)
    lines = [_line(cell, int(value)) for cell, value in zip(cells["cell"], cells["value"], strict=True)]
    county = county_of_offices(seed)
    units = []
    for at in range(COUNTIES):
        units.append(f"f{at:02d}")
        units.extend(f"@k{office:03d}" for office, its in enumerate(county) if its == at)
    texts = {"cells.tab": lines, "units.hrc": units}
    for file, content in texts.items():
        (folder / file).write_text("\n".join(content) + "\n")
    (folder / "cells.rda").write_text(METADATA.format(folder=folder))
    (folder / "batch.arb").write_text(BATCH.format(folder=folder))


def _line(cell: str, value: int) -> str:
    unsafe = value < PRIMARY_BELOW
    # the interval must hold what "fewer than four" says: from zero to three
    lower, upper = (value, WIDTH - value) if unsafe else (0, 0)
    fields = [*cell.split("|"), value, max(value, 1), "u" if unsafe else "s", lower, upper, 1]
    return ";".join(map(str, fields))


def as_cells(cells: pd.DataFrame, status: dict[str, int]) -> pd.DataFrame:
    """`cells` with the tool's status; a small cell that the tool does not return is primary nevertheless."""
    given = cells["cell"].map(status).fillna(0).astype(int)
    return cells.assign(status=given.mask(cells["value"] < PRIMARY_BELOW, 1))
