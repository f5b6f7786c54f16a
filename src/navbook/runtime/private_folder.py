"""The private folder `privat/`, and the mark by which navbook knows one as its own."""

from pathlib import Path

PRIVATE = "privat"
MARK = ".navbook"
# what navbook reads again: a folder that came with an extract must not bring its own
FOLDERS = ("beregning", "cache", "revisjon", "tellinger")
_READ_AGAIN = frozenset({*FOLDERS, "nokkel"})


def is_foreign(private: Path) -> bool:
    """Whether a folder `privat/` holds caches or counts that navbook did not write there."""
    present = {path.name for path in private.iterdir()} if private.is_dir() else set()
    return MARK not in present and bool(present & _READ_AGAIN)


def mark_private(private: Path) -> None:
    """Make the folder if needed, mark it as navbook's own, and let only its owner open it."""
    private.mkdir(parents=True, exist_ok=True)
    private.chmod(0o700)
    (private / MARK).touch()
