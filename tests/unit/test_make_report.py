"""`make report` makes the demo when it has to, and never an extract of one's own."""

import subprocess
from pathlib import Path

import pytest

from navbook.runtime.paths import PROJECT

MAKES_THE_DEMO = "navbook demo privat/uttrekk-demo"


def planned(*settings: str) -> str:
    """What make would do, without doing it; the demo is taken to be older than what makes it."""
    command = ["make", "--no-print-directory", "-n", "-W", "data/demo.yml", "report", *settings]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("named", [(), ("EXTRACT=privat/uttrekk-demo",), ("EXTRACT=privat/uttrekk-demo/",)])
def test_the_demo_is_made_again_when_its_makers_changed(named: tuple[str, ...]) -> None:
    plan = planned(*named)
    assert plan.index(MAKES_THE_DEMO) < plan.index("navbook build")


def test_a_missing_extract_is_for_navbook_to_refuse() -> None:
    plan = planned("EXTRACT=finnes-ikke")
    assert 'navbook build "finnes-ikke" --period 2022' in plan
    assert MAKES_THE_DEMO not in plan


def test_an_extract_of_ones_own_is_only_read(tmp_path: Path) -> None:
    own = tmp_path / "vårt uttrekk"
    own.mkdir()
    (own / "uttrekk.yml").write_text("versjon: 1\n", encoding="utf-8")
    plan = planned(f"EXTRACT={own}", "PERIOD=2022-T1")
    assert f'navbook build "{own}" --period 2022-T1' in plan
    assert "navbook demo" not in plan
