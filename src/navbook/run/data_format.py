"""Values as data: a JSON tree and plain numeric arrays in one npz, without pickle.

Reading never runs code: it gives plain values, arrays, frames, and instances of navbook's own data classes
and models, whose fields are set directly.
"""

import dataclasses
import importlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel

PACKAGE = "navbook."
TREE = "tree"
PLAIN = (str, int, float, bool, type(None))
NOT_STORED = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ImportError,
    OSError,
    EOFError,
    RecursionError,
    zipfile.BadZipFile,
)


class NotData(ValueError):
    """A value that cannot be stored as data, or bytes that are not stored data."""


def to_bytes(value: Any) -> bytes:
    """The value as npz bytes; raises NotData for a type that is not supported."""
    writer = _Writer()
    tree = json.dumps(writer.encoded(value), ensure_ascii=False).encode()
    stream = io.BytesIO()
    np.savez(stream, **{TREE: np.frombuffer(tree, np.uint8)}, **writer.pooled())  # type: ignore[arg-type]
    return stream.getvalue()


def from_bytes(content: bytes) -> Any:
    """The value that `to_bytes` stored; raises NotData for anything else."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            pools = {name: arrays[name] for name in arrays.files}
        return _Reader(pools).decoded(json.loads(pools.pop(TREE).tobytes()))
    except NOT_STORED as error:
        raise NotData(f"not stored data ({error})") from error


class _Writer:
    """Encodes values. All arrays of one type share one pool, since an npz entry for each would be slow."""

    def __init__(self) -> None:
        self._parts: dict[str, list[np.ndarray]] = {}
        self._sizes: dict[str, int] = {}

    def pooled(self) -> dict[str, np.ndarray]:
        return {dtype: np.concatenate(parts) for dtype, parts in self._parts.items()}

    def encoded(self, value: Any) -> Any:
        if type(value) in PLAIN:
            return value
        kind, content = self._tagged(value)
        return {"#": kind, "v": content}

    def _tagged(self, value: Any) -> tuple[str, Any]:
        if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
            return type(value).__name__, [self.encoded(item) for item in value]
        if isinstance(value, BaseModel):
            return "model", [_name(value), self._fields(dict(value))]
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
            return "dataclass", [_name(value), self._fields(fields)]
        if isinstance(value, tuple):
            return "namedtuple", [_name(value), [self.encoded(item) for item in value]]
        if isinstance(value, Mapping):
            return "dict", [[self.encoded(key), self.encoded(item)] for key, item in value.items()]
        if isinstance(value, set | frozenset):
            return type(value).__name__, [self.encoded(item) for item in sorted(value, key=repr)]
        if isinstance(value, bytes):
            return "bytes", self._array(np.frombuffer(value, np.uint8))
        if type(value) is date:
            return "date", value.isoformat()
        return self._tagged_array(value)

    def _tagged_array(self, value: Any) -> tuple[str, Any]:
        if isinstance(value, pd.DataFrame):
            columns = [self._column(value.iloc[:, place]) for place in range(value.shape[1])]
            return "frame", [self._index(value.columns), self._index(value.index), columns]
        if isinstance(value, pd.Series):
            return "series", [self.encoded(value.name), self._index(value.index), self._column(value)]
        if isinstance(value, np.generic):
            return "scalar", [value.dtype.str, value.item()]
        if isinstance(value, np.ndarray):
            return "array", self._array(value)
        raise NotData(f"{type(value).__module__}.{type(value).__qualname__} cannot be stored")

    def _fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.encoded(value) for name, value in fields.items()}

    def _array(self, array: np.ndarray) -> Any:
        if array.dtype == object:
            return self._objects(array)
        # The order in memory is kept, since it decides the rounding of sums.
        order: Literal["C", "F"] = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
        dtype = array.dtype.str
        start = self._sizes.get(dtype, 0)
        self._parts.setdefault(dtype, []).append(array.ravel(order=order))
        self._sizes[dtype] = start + array.size
        return {"dtype": dtype, "start": start, "shape": array.shape, "order": order}

    def _objects(self, array: np.ndarray) -> Any:
        """Each distinct value once: tables repeat the same few names many times."""
        places: dict[tuple[type, Any], int] = {}
        codes = np.empty(array.size, np.int32)
        for place, item in enumerate(array.ravel()):
            # By type too, since 1 == 1.0 == True; a float by its text, since nan is not equal to itself.
            kind = type(item)
            known = (kind, item) if kind is str else (kind, repr(item) if kind in PLAIN else id(item))
            codes[place] = places.setdefault(known, len(places))
        first = np.unique(codes, return_index=True)[1]
        unique = [self.encoded(item) for item in array.ravel()[first]]
        return {"objects": unique, "codes": self._array(codes), "shape": array.shape}

    def _index(self, index: pd.Index) -> Any:
        if isinstance(index, pd.RangeIndex):
            return {"range": [index.start, index.stop, index.step], "name": self.encoded(index.name)}
        if isinstance(index, pd.MultiIndex):
            raise NotData("a frame with a hierarchical index cannot be stored")
        return {"values": self._column(index.to_series()), "name": self.encoded(index.name)}

    def _column(self, column: pd.Series) -> Any:
        dtype = column.dtype
        if isinstance(dtype, np.dtype):
            return {"array": self._array(column.to_numpy())}
        if isinstance(dtype, pd.CategoricalDtype):
            codes = self._array(column.cat.codes.to_numpy())
            return {"codes": codes, "categories": self._index(dtype.categories), "ordered": dtype.ordered}
        codes, values = pd.factorize(column)
        unique = [self.encoded(item) for item in values.astype(object)]
        return {"of": str(dtype), "codes": self._array(codes), "unique": unique}


class _Reader:
    def __init__(self, pools: dict[str, np.ndarray]) -> None:
        self._pools = pools

    def decoded(self, tree: Any) -> Any:
        if not isinstance(tree, dict):
            return tree
        kind, content = tree["#"], tree["v"]
        if kind in ("list", "tuple", "set", "frozenset"):
            items = [self.decoded(item) for item in content]
            return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind](items)
        if kind == "dict":
            return {self.decoded(key): self.decoded(item) for key, item in content}
        if kind in ("model", "dataclass", "namedtuple"):
            return self._instance(kind, *content)
        if kind == "bytes":
            return self._array(content).tobytes()
        if kind == "date":
            return date.fromisoformat(content)
        if kind == "scalar":
            return np.dtype(content[0]).type(content[1])
        if kind == "array":
            return self._array(content)
        return self._frame(kind, content)

    def _frame(self, kind: str, content: Any) -> Any:
        if kind == "series":
            name, index, values = content
            return _series(self._column(values), self._index(index), self.decoded(name))
        if kind != "frame":
            raise NotData(f"unknown kind of value: {kind}")
        columns, index, values = content
        rows = self._index(index)
        frame = pd.DataFrame(
            {place: _series(self._column(column), rows) for place, column in enumerate(values)}, index=rows
        )
        frame.columns = self._index(columns)
        return frame

    def _instance(self, kind: str, name: str, content: Any) -> Any:
        cls = _class(name)
        if kind == "namedtuple":
            return cls(*[self.decoded(item) for item in content])
        fields = {field: self.decoded(item) for field, item in content.items()}
        if kind == "model":
            return cls.model_construct(**fields)
        instance = object.__new__(cls)
        for field, item in fields.items():
            object.__setattr__(instance, field, item)
        return instance

    def _array(self, tree: Any) -> np.ndarray:
        shape = tuple(tree["shape"])
        if "objects" in tree:
            unique = np.empty(len(tree["objects"]), dtype=object)
            for place, item in enumerate(tree["objects"]):
                unique[place] = self.decoded(item)
            return unique[self._array(tree["codes"])].reshape(shape)
        size = int(np.prod(shape, dtype=np.int64))
        if not size:
            return np.empty(shape, np.dtype(tree["dtype"]))
        part = self._pools[tree["dtype"]][tree["start"] : tree["start"] + size]
        return part.copy().reshape(shape, order=tree["order"])

    def _index(self, tree: Any) -> pd.Index:
        if "range" in tree:
            start, stop, step = tree["range"]
            return pd.RangeIndex(start, stop, step, name=self.decoded(tree["name"]))
        values = self._column(tree["values"])
        return pd.Index(values, dtype=values.dtype, name=self.decoded(tree["name"]))

    def _column(self, tree: Any) -> Any:
        if "array" in tree:
            return self._array(tree["array"])
        codes = self._array(tree["codes"])
        if "categories" in tree:
            return pd.Categorical.from_codes(codes, self._index(tree["categories"]), ordered=tree["ordered"])
        unique = pd.array([self.decoded(item) for item in tree["unique"]], dtype=tree["of"])
        return unique.take(codes, allow_fill=True)


def _series(values: Any, index: pd.Index, name: Any = None) -> pd.Series:
    """A series of exactly the type of `values`: pandas would take objects that are texts for texts."""
    return pd.Series(values, index=index, name=name, dtype=values.dtype)


def _name(value: Any) -> str:
    cls = type(value)
    if not cls.__module__.startswith(PACKAGE):
        raise NotData(f"{cls.__module__}.{cls.__qualname__} cannot be stored")
    return f"{cls.__module__}:{cls.__qualname__}"


def _class(name: str) -> Any:
    """A data class, model or named tuple of navbook by its name; nothing else is ever made."""
    module, _, qualname = name.partition(":")
    if not module.startswith(PACKAGE) or not qualname.isidentifier():
        raise NotData(f"{name} is no class of navbook")
    cls = getattr(importlib.import_module(module), qualname)
    is_model = isinstance(cls, type) and issubclass(cls, BaseModel)
    is_tuple = isinstance(cls, type) and issubclass(cls, tuple) and hasattr(cls, "_fields")
    if not (is_model or is_tuple or (isinstance(cls, type) and dataclasses.is_dataclass(cls))):
        raise NotData(f"{name} is no data class")
    return cls
