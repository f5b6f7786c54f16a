"""The step of a wheel that pyproject.toml cannot say: the files above `src` go into `navbook/project`."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

TOP = Path(__file__).resolve().parent
FOLDERS = ("data", "book", "notebooks")
FILES = ("_config.yml", "_toc.yml", "requirements.txt")
# made by builds, notebook servers and editors; `sider` of `book` is generated, that of `notebooks` is not
GENERATED = {TOP / "book" / "sider"}
UNWANTED = {"privat", "utgaver", "__pycache__"}


def unwanted(folder: str, names: list[str]) -> set[str]:
    """What of a folder does not belong in a wheel."""
    return {
        name
        for name in names
        if name.startswith(".") or name in UNWANTED or Path(folder, name).resolve() in GENERATED
    }


class BuildWithProject(build_py):
    """As usual, and with the project's files. An editable install finds them in the clone."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib, "navbook", "project")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name in FOLDERS:
            shutil.copytree(TOP / name, target / name, ignore=unwanted)
        for name in FILES:
            shutil.copyfile(TOP / name, target / name)


setup(cmdclass={"build_py": BuildWithProject})
