"""Where navbook's own files lie: data, notebooks and hand-written chapters, beside the installed source."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DATA = PROJECT / "data"
NOTEBOOKS = PROJECT / "notebooks"
BOOK = PROJECT / "book"
