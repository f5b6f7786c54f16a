"""Paths of private files: where counts are written, and who may read the folder."""

from pathlib import Path

from navbook.runtime.paths import PACKAGED, PROJECT
from navbook.runtime.private_folder import PRIVATE, is_foreign, mark_private


def destination(path: Path) -> Path:
    """`path` relative to the current directory, or to the project if that directory is one of its notebooks.

    JupyterLab runs a notebook in the folder of the notebook, where true counts must not be written.
    """
    inside = any(Path.cwd().is_relative_to(root / "notebooks") for root in (PROJECT, PACKAGED))
    return PROJECT / path if inside else path


def make_private_parent(path: Path) -> None:
    """Make the folder of a file; a folder `privat/` above it gets mode 0700 and the mark of navbook."""
    private = [folder for folder in path.absolute().parents if folder.name == PRIVATE]
    own = [folder for folder in private if not is_foreign(folder)]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in private:
        folder.chmod(0o700)
    for folder in own:
        mark_private(folder)
