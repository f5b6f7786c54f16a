"""Cached results are data: every value comes back as it was, and nothing that is read runs code."""

import io
import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from navbook.book.release.status_page import StepTiming
from navbook.letters import letter_for
from navbook.run.data_format import NotData, from_bytes, to_bytes
from navbook.runtime.periods import Period


@pytest.mark.parametrize(
    "value",
    [
        None,
        "æøå",
        [1, 2.5, True, None, "x"],
        (1, (2, "b")),
        {"a": 1, (1, "b"): [2]},
        frozenset({"b", "a"}),
        b"\x00\xff",
        date(2022, 12, 31),
        Period("2022-01", "2022-12"),
        (StepTiming("check", 1.5, 0.1),),
        float("inf"),
        np.float64(0.1),
    ],
)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    back = from_bytes(to_bytes(value))
    assert back == value
    assert type(back) is type(value)


def test_a_letter_comes_back_with_all_its_entries() -> None:
    letter = letter_for(2022)
    back = from_bytes(to_bytes(letter))
    assert back == letter
    assert back.model_dump() == letter.model_dump()


@pytest.mark.parametrize(
    "array",
    [
        np.array([0.1, np.nan, -0.0]),
        np.arange(6).reshape(2, 3),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.zeros((0, 3), bool),
        np.array(["a", None, 1, 1.0, True], dtype=object),
    ],
)
def test_an_array_keeps_type_shape_and_order_in_memory(array: np.ndarray) -> None:
    back = from_bytes(to_bytes(array))
    assert (back.dtype, back.shape, back.flags.c_contiguous) == (
        array.dtype,
        array.shape,
        array.flags.c_contiguous,
    )
    if array.dtype == object:
        assert [(type(item), item) for item in back] == [(type(item), item) for item in array]
    else:
        assert back.tobytes() == array.tobytes()


def test_a_frame_keeps_columns_index_types_and_missing_values() -> None:
    frame = pd.DataFrame(
        {
            "tekst": pd.array(["a", None, "b"], dtype="str"),
            "tall": [1.5, np.nan, 2.0],
            "kode": pd.Categorical(["x", "y", "x"]),
            "sann": pd.array([True, None, False], dtype="boolean"),
            "annet": pd.Series([None, np.nan, "c"], index=[3, 5, 9], dtype=object),
        },
        index=pd.Index([3, 5, 9], name="nr"),
    )
    back = from_bytes(to_bytes(frame))
    pd.testing.assert_frame_equal(back, frame, check_exact=True)
    assert back["annet"][3] is None
    assert isinstance(back["annet"][5], float)


@pytest.mark.parametrize("value", [object(), 1 + 2j, Exception("nei")])
def test_what_is_no_data_is_refused(value: object) -> None:
    with pytest.raises(NotData):
        to_bytes(value)


@pytest.mark.parametrize(
    "name", ["os:system", "navbook.cli:main", "navbook.runtime.errors:UsageError", "subprocess:Popen"]
)
def test_a_stored_name_of_anything_but_a_data_class_is_refused(name: str) -> None:
    tree = json.dumps({"#": "dataclass", "v": [name, {}]}).encode()
    stream = io.BytesIO()
    np.savez(stream, tree=np.frombuffer(tree, np.uint8))
    with pytest.raises(NotData):
        from_bytes(stream.getvalue())


def test_a_pickled_array_in_a_cache_is_refused() -> None:
    stream = io.BytesIO()
    np.savez(stream, tree=np.array([{"a": 1}], dtype=object))
    with pytest.raises(NotData):
        from_bytes(stream.getvalue())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x80\x05halv"])
def test_bytes_that_are_something_else_are_refused(content: bytes) -> None:
    with pytest.raises(NotData):
        from_bytes(content)
