"""Counts in the names of files: kontor/9003-aap_26u-alle-12.csv."""

import re
from collections.abc import Iterator
from itertools import product

from navbook.disclosure.audit.back_calculation import COUNTS
from navbook.disclosure.audit.withheld_index import KEY, WithheldIndex, describe, keys_of_address, shows_value

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def scan_file_name(name: str, index: WithheldIndex) -> Iterator[str]:
    """Yield key and field of each withheld value in the name of a file that names its unit and indicator."""
    rest, named = name, {part: {value} for part, value in keys_of_address(name, index.period).items()}
    for part, known in (*index.heads.items(), ("enhet", index.units), ("gruppe", index.groups)):
        found = {value for value in known if _stands_in(value, name)}
        if found:
            named[part] = found
        for value in found:
            rest = rest.replace(value, " ")
    if not all(part in named for part in KEY):
        return
    numbers = _NUMBER.findall(rest)
    for key in product(*(sorted(named[part]) for part in KEY)):
        for field, hidden in index.of(key).items():
            for shown in numbers:
                if (field in COUNTS and hidden == _whole(shown)) or shows_value(shown, field, hidden):
                    yield describe(key, field)


def _stands_in(value: str, name: str) -> bool:
    """Whether an id stands in a name between signs, not as a part of a longer id."""
    place = name.find(value)
    while place >= 0:
        before, after = name[:place][-1:], name[place + len(value) :][:1]
        if not (before.isalnum() or after.isalnum()):
            return True
        place = name.find(value, place + 1)
    return False


def _whole(shown: str) -> float:
    return float(shown) if shown.isdigit() else -1.0
