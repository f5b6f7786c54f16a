"""navbook's own files: those of the project folder one stands in go before those of the package."""

import os
import subprocess
import sys
from pathlib import Path

from navbook.run.new_project import new_project
from navbook.runtime.paths import PACKAGED, PROJECT, own_file, own_files

ASK = """
from navbook.runtime import paths
from navbook.letters import letter_for
print(paths.PROJECT)
print(paths.own_file("data/personvern.yml"))
print(paths.own_file("data/demo.yml"))
print(sorted(paths.own_files("data/letters/*.yml")))
print(letter_for(2031).title, letter_for(2022).title)
"""


def asked_in(folder: Path) -> list[str]:
    return run_in(folder, ASK)


def run_in(folder: Path, program: str) -> list[str]:
    environment = os.environ | {"PYTHONPATH": str(PACKAGED / "src")}
    environment.pop("NAVBOOK_PROSJEKT", None)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_in_a_clone_every_file_is_that_of_the_clone() -> None:
    assert PROJECT == PACKAGED
    assert own_file("data/personvern.yml") == PROJECT / "data" / "personvern.yml"
    assert set(own_files("data/letters/*.yml").values()) == set((PROJECT / "data" / "letters").glob("*.yml"))


def test_a_project_overrides_file_by_file(tmp_path: Path) -> None:
    project = tmp_path / "bok"
    new_project(project)
    (project / "data" / "personvern.yml").write_text("", encoding="utf-8")
    # a letter of the project that is completed from one of the package
    run_in(project, "from navbook.letters import write_new_letter; write_new_letter(2031)")
    below = project / "notebooks" / "sider"
    for folder in (project, below):
        root, own, packaged, letters, titles = asked_in(folder)
        assert Path(root) == project
        assert Path(own) == project / "data" / "personvern.yml"
        assert Path(packaged) == PACKAGED / "data" / "demo.yml"
        assert "data/letters/2022.yml" in letters
        assert "data/letters/2031.yml" in letters
        assert titles == "Mål- og disponeringsbrev 2031 Mål- og disponeringsbrev 2022"


def test_another_jupyter_book_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("title: Noe annet\n", encoding="utf-8")
    assert asked_in(tmp_path)[0] == str(PACKAGED)
