"""The cache of a workspace, in `privat/cache`: results of earlier runs by the digest of their inputs.

An entry is a line of JSON (format version, signature) and the result as data (data_format.py). An entry that
is damaged, of another version, or not written by this user's navbook is computed again.
"""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from navbook.run.data_format import NotData, from_bytes, to_bytes
from navbook.runtime import atomic_write, files_digest, is_signed, signature

Result = TypeVar("Result")
FORMAT = 1
MAX_HEADER = 10_000


class _Miss(Exception):
    """There is no entry for this key."""


class Cache:
    """One entry for each name, stored with the key of its inputs. Another key replaces the entry.

    `report` gets one line for each entry that could not be used though its name and key fit.
    """

    def __init__(self, folder: Path, report: Callable[[str], object] = lambda _line: None) -> None:
        self._folder, self._report = folder, report

    def get(self, name: str, key: str) -> Any:
        """The result stored under a name with this key, else None."""
        try:
            return self._read(name, key)
        except _Miss:
            return None

    def put(self, name: str, key: str, result: Any) -> None:
        """Store a result under a name, in place of an older one; raises NotData if it is no data."""
        body = to_bytes(result)
        header = {
            "format": FORMAT,
            "key": key,
            "signature": signature(f"{FORMAT} {name} {key}".encode(), body),
        }
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_write(self._file(name)) as unfinished, unfinished.open("wb") as stream:
            stream.write(json.dumps(header).encode() + b"\n")
            stream.write(body)

    def get_or_compute(self, name: str, key: str, compute: Callable[[], Result]) -> Result:
        """The result stored under a name with this key, else the result of `compute`, which is stored."""
        try:
            found: Result = self._read(name, key)
        except _Miss:
            found = compute()
            self.put(name, key, found)
        return found

    def ensure_file(self, name: str, key: str, path: Path, write: Callable[[], object]) -> None:
        """Call `write` to write the file `path`, unless it holds what was written for the same key before."""
        if path.is_file() and self.get(name, key) == files_digest([path], path.parent):
            return
        write()
        self.put(name, key, files_digest([path], path.parent))

    @contextlib.contextmanager
    def namespace(self, name: str, key: str) -> Iterator[dict[str, Any]]:
        """A dictionary of results that share one key. Entries added in the block are stored when it ends."""
        results: dict[str, Any] = self.get(name, key) or {}
        before = set(results)
        yield results
        if set(results) != before:
            self.put(name, key, results)

    def _read(self, name: str, key: str) -> Any:
        try:
            with self._file(name).open("rb") as stream:
                header = json.loads(stream.readline(MAX_HEADER))
                if header["key"] != key:
                    raise _Miss
                body = stream.read()
            signed = f"{FORMAT} {name} {key}".encode()
            if header["format"] == FORMAT and is_signed(header["signature"], signed, body):
                return from_bytes(body)
        except FileNotFoundError:
            raise _Miss from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotData):
            pass  # as an entry with a wrong signature
        self._report(f"cache     {self._file(name)} is damaged or not your own, and is computed again")
        raise _Miss

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.data"
