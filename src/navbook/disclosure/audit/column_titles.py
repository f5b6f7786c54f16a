"""The titles that files for readers give to columns, as names of columns."""

from functools import cache

import yaml

from navbook.runtime.paths import own_file

_GUIDE = "data/filer.yml"


@cache
def name_of_title() -> dict[str, str]:
    """Title → name of each column of a published file."""
    columns = yaml.safe_load(own_file(_GUIDE).read_text(encoding="utf-8"))["kolonner"]
    return {str(entry["tittel"]): str(name) for name, entry in columns.items()}
