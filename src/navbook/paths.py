"""Paths of navbook's own files: data, notebooks and hand-written chapters, next to the installed source."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DATA = PROJECT / "data"
NOTEBOOKS = PROJECT / "notebooks"
BOOK = PROJECT / "book"
