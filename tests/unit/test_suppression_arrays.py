"""A cached suppression is plain arrays: written and read again without pickle, it is the same."""

import io
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from navbook.disclosure import SuppressionResult, pack_cache, protect, unpack_cache
from small_tables import rows_of

TWO_TABLES = {"a": 2.0, "b": 9.0, "c": 30.0, "sum": 41.0}


def stored(arrays: dict[str, Any]) -> dict[str, Any]:
    """The arrays after a file that holds no pickled object."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    file.seek(0)
    with np.load(file, allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def content(result: SuppressionResult) -> list[Any]:
    """Every field, arrays with their type."""
    values = [getattr(result, field.name) for field in fields(result) if field.name != "components"]
    own = [(str(value.dtype), value.tolist()) if isinstance(value, np.ndarray) else value for value in values]
    return [*own, [content(part) for part in result.components]]


def test_a_result_with_its_components_comes_back() -> None:
    result = protect(rows_of(TWO_TABLES))
    assert result.hidden.any()
    assert result.components
    assert content(SuppressionResult.from_arrays(stored(result.to_arrays()))) == content(result)


def test_a_cache_comes_back_by_key_and_order() -> None:
    cache: dict[str, SuppressionResult] = {}
    protect(rows_of(TWO_TABLES), cache)
    protect(rows_of({"a": 1.0, "b": 2.0, "sum": 3.0}), cache)
    found = unpack_cache(stored(pack_cache(cache)))
    assert list(found) == list(cache)
    assert [content(result) for result in found.values()] == [content(result) for result in cache.values()]


def test_what_was_found_is_used_after_it_was_stored() -> None:
    cache: dict[str, SuppressionResult] = {}
    first = protect(rows_of(TWO_TABLES), cache)
    found = unpack_cache(stored(pack_cache(cache)))
    again = protect(rows_of(TWO_TABLES), found)
    assert content(again) == content(first)
    assert len(found) == len(cache) == 1


def test_an_empty_cache_is_stored_too() -> None:
    assert unpack_cache(stored(pack_cache({}))) == {}


FALSE = {
    "a count is missing": {"counts": np.zeros((1, 5), dtype=np.int64)},
    "counts are no integers": {"counts": np.zeros((1, 6))},
    "a result is missing": {"counts": np.zeros((0, 6), dtype=np.int64)},
    "flags are numbers": {"hidden": np.zeros(4, dtype=np.int64)},
    "flags have two dimensions": {"hidden": np.zeros((4, 1), dtype=bool)},
    "a flag is missing": {"hidden": np.zeros(3, dtype=bool)},
    "the flags of the cells differ in length": {"proven": np.zeros(3, dtype=bool)},
    "ends go backwards": {"row_ends": np.array([4, 0])},
    "there is one end too many": {"cell_ends": np.array([0, 2, 4])},
}


@pytest.mark.parametrize("changed", FALSE.values(), ids=FALSE.keys())
def test_arrays_that_do_not_fit_together_are_refused(changed: dict[str, Any]) -> None:
    cache: dict[str, SuppressionResult] = {}
    protect(rows_of(TWO_TABLES), cache)
    arrays = pack_cache(cache)
    assert len(unpack_cache(arrays)) == 1
    with pytest.raises(ValueError, match="must"):
        unpack_cache(arrays | changed)


def test_a_missing_array_is_refused() -> None:
    arrays = pack_cache({})
    del arrays["proven"]
    with pytest.raises(KeyError):
        unpack_cache(arrays)
