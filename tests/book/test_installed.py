"""navbook installed from a wheel, without a clone: `navbook ny`, and a book from that project."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from navbook.runtime.paths import PROJECT

# what a clone has and a wheel is made from
TRACKED = ("src", "data", "book", "notebooks", "_config.yml", "_toc.yml", "requirements.txt")
TRACKED += ("pyproject.toml", "setup.py", "README.md", "LICENSE")
GENERATED = shutil.ignore_patterns("__pycache__", "privat", "*.egg-info", ".ipynb_checkpoints")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hjul")
    clone = folder / "klone"
    clone.mkdir()
    for name in TRACKED:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, clone / name, ignore=GENERATED)
        else:
            shutil.copyfile(PROJECT / name, clone / name)
    shutil.rmtree(clone / "book" / "sider", ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "-w", folder / "dist", clone], check=True, cwd=folder)
    return next((folder / "dist").glob("navbook-*.whl"))


@pytest.fixture(scope="module")
def navbook(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has the wheel, and the packages it needs from this environment."""
    folder = tmp_path_factory.mktemp("miljo") / "env"
    venv.create(folder, with_pip=False)
    packages = next(folder.glob("lib/python*/site-packages"))
    # a path in a .pth file: editable installs of that folder are not read
    (packages / "delt.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "-q"]
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True)
    return folder / "bin" / "navbook"


def run(navbook: Path, folder: Path, *arguments: str, code: int = 0) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH",)}
    done = subprocess.run(
        [navbook, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_wheel_is_used_and_not_the_clone(navbook: Path, tmp_path: Path) -> None:
    where = "import navbook.runtime.paths as p; print(p.PACKAGED, p.PROJECT)"
    python = navbook.with_name("python")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    found = subprocess.run(
        [python, "-c", where], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    assert all(Path(place).is_relative_to(navbook.parents[1]) for place in found)


def test_ny_refuses_a_folder_that_is_not_empty(navbook: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "avhandling.txt").write_text("mitt", encoding="utf-8")
    assert "full is not empty" in run(navbook, tmp_path, "ny", "full", code=2)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["avhandling.txt"]
    (tmp_path / "fil").write_text("mitt", encoding="utf-8")
    assert "fil is not empty" in run(navbook, tmp_path, "ny", "fil", code=2)


@pytest.mark.slow
def test_a_project_of_ones_own_becomes_a_book(navbook: Path, tmp_path: Path) -> None:
    run(navbook, tmp_path, "ny", "bok")
    book = tmp_path / "bok"
    (book / "book" / "om.md").write_text("# Om boken\n\nVårt fylkes egen innledning.\n", encoding="utf-8")
    settings = (book / "_config.yml").read_text(encoding="utf-8")
    (book / "_config.yml").write_text(
        settings.replace("title: Styringsparameterne per NAV-kontor", "title: Vårt fylkes bok"),
        encoding="utf-8",
    )
    run(navbook, book, "demo", "privat/demo", "--offices", "3", "--people", "1500")
    run(navbook, book, "build", "privat/demo", "--period", "2022-T1")
    site = book / "_build" / "html"
    assert "Vårt fylkes egen innledning" in (site / "om.html").read_text(encoding="utf-8")
    assert "Vårt fylkes bok" in (site / "index.html").read_text(encoding="utf-8")
    # what the project lacks comes from the package
    assert "Wilson" in (site / "metode" / "intervaller.html").read_text(encoding="utf-8")
    assert (site / "kontor" / "9001.html").is_file()
    assert (book / "utgaver" / "2022-T1" / "tall.csv").is_file()
    assert (book / "book" / "sider" / "kontor" / "9001.ipynb").is_file()
