"""The measuring itself: all CPU is counted, and larger editions are larger in the way they say."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from editions import make_small_edition
from navbook.book.execution.page_list import page_list
from navbook.edition import Edition
from navbook.runtime.paths import PROJECT

# A parent that ends at once and never waits for the child it has put in a session of its own.
ORPHAN_BURNS_A_SECOND = """
import os, time
if os.fork() == 0:
    os.setsid()
    while time.process_time() < 1.0:
        pass
"""
MEASURE_IT = """
import json, os, sys
from dataclasses import asdict
from pathlib import Path
from bench.measure import measure
command = [sys.executable, "-c", sys.argv[1]]
cost = measure(command, cwd=Path.cwd(), environment=os.environ, log=Path(sys.argv[2]))
print(json.dumps(asdict(cost)))
"""


def test_cpu_of_an_orphan_in_its_own_session_is_counted(tmp_path: Path) -> None:
    # In a process of its own: the measuring process becomes the parent of every orphan below it.
    done = subprocess.run(
        [sys.executable, "-c", MEASURE_IT, ORPHAN_BURNS_A_SECOND, str(tmp_path / "log")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    cost = json.loads(done.stdout)
    assert cost["cpu"] >= 1.0
    assert cost["left_behind"] == 0


@pytest.mark.parametrize("offices", [2, 5, 17])
def test_a_grown_edition_has_the_pages_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offices: int
) -> None:
    monkeypatch.syspath_prepend(str(PROJECT))
    from bench.grow import grow

    small = Edition(make_small_edition(tmp_path / "utgaver"))
    (tmp_path / "stor").mkdir()
    large = grow(small, offices, tmp_path / "stor")
    tasks = page_list(large)
    kinds = Counter(task.name.partition("/")[0] for task in tasks)
    assert kinds["kontor"] == offices
    assert kinds["indikator"] == len(small.definisjoner)
    assert len({task.title for task in tasks if task.name.startswith("kontor/")}) == offices
    counties = set(large.enheter.loc[large.enheter["niva"] == "fylke", "enhet"])
    assert set(large.enheter.loc[large.enheter["niva"] == "kontor", "fylke"]) <= counties


def test_a_copied_office_carries_the_figures_of_the_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(PROJECT))
    from bench.grow import grow

    small = Edition(make_small_edition(tmp_path / "utgaver"))
    (tmp_path / "stor").mkdir()
    tall = grow(small, 12, tmp_path / "stor").tall
    original = small.tall
    rows_per_office = original.query("niva == 'kontor' and enhet == '9001'").drop(columns="enhet")
    same = [
        rows.drop(columns="enhet").reset_index(drop=True).equals(rows_per_office.reset_index(drop=True))
        for _, rows in tall.query("niva == 'kontor'").groupby("enhet")
    ]
    assert same.count(True) == 2
