"""Where counts that are asked for at some path are written: they are private wherever they go."""

from pathlib import Path

from navbook.paths import NOTEBOOKS, PROJECT

PRIVATE = "privat"


def destination(path: Path) -> Path:
    """The file that `path` means: taken from the current directory, or from the project in its notebooks.

    JupyterLab runs a notebook in the notebook's own folder, where true counts have no business.
    """
    inside = Path.cwd().is_relative_to(NOTEBOOKS)
    return PROJECT / path if inside else path


def make_private_parent(path: Path) -> None:
    """Make the folder of a file, and let nobody but the owner into it or into the `privat/` it lies under."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in path.absolute().parents:
        if folder.name == PRIVATE:
            folder.chmod(0o700)
