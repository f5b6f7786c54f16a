"""Find withheld values in a JSON-stat dataset, a cube whose values stand in one row-major list or object.

Source: https://json-stat.org/full/ (version 2.0).
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from navbook.disclosure.audit.scan_records import scan_record
from navbook.disclosure.audit.withheld_index import KEY, Hit, WithheldIndex

# the name of a value where no dimension names it
_VALUE = "verdi"


def is_json_stat(content: Any) -> bool:
    """Whether JSON content is a JSON-stat dataset."""
    return isinstance(content, dict) and {"id", "size", "dimension", "value"} <= set(content)


def scan_json_stat(
    content: Mapping[str, Any], index: WithheldIndex, page_keys: Mapping[str, str]
) -> Iterator[Hit]:
    """Yield the withheld values in the cells of a dataset; `page_keys` supplies dimensions that it lacks.

    A dimension that is no part of the key names the field, by the codes of its categories.
    """
    ids, size = [str(name) for name in content["id"]], [int(length) for length in content["size"]]
    codes = [_codes(content["dimension"][name], length) for name, length in zip(ids, size, strict=True)]
    values = content["value"]
    cells = values.items() if isinstance(values, dict) else enumerate(values)
    records: dict[tuple[str, ...], dict[str, Any]] = defaultdict(dict)
    for place, value in cells:
        if value is not None:
            named = dict(zip(ids, _coordinates(int(place), size, codes), strict=True))
            key = tuple(named.pop(name, page_keys.get(name, "")) for name in KEY)
            records[key][_field(named)] = value
    for key, fields in records.items():
        yield from scan_record(dict(zip(KEY, key, strict=True)) | fields, "/".join(key), index)


def without_positions(content: Mapping[str, Any]) -> bytes:
    """The dataset as JSON without the lengths of its dimensions and the positions of its cells."""
    cells = {name: content[name] for name in ("value", "status") if name in content}
    plain = {name: list(each.values()) if isinstance(each, dict) else each for name, each in cells.items()}
    return json.dumps({**content, "size": [], **plain}, ensure_ascii=False).encode()


def _field(rest: Mapping[str, str]) -> str:
    # of several further dimensions the last varies fastest and names the measure
    return next(reversed(list(rest.values())), _VALUE)


def _codes(dimension: Mapping[str, Any], length: int) -> list[str]:
    category = dimension["category"]
    given = category.get("index", category.get("label", {}))
    if isinstance(given, dict):
        positions = {int(v): str(k) for k, v in given.items()} if "index" in category else {}
        return [positions[k] for k in range(length)] if positions else [str(k) for k in given]
    return [str(code) for code in given]


def _coordinates(place: int, size: list[int], codes: list[list[str]]) -> list[str]:
    found = []
    for length, names in zip(reversed(size), reversed(codes), strict=True):
        place, at = divmod(place, length)
        found.append(names[at])
    return found[::-1]
