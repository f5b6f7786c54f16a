"""The cache of a workspace, in `privat/cache`: results of earlier runs by the digest of their inputs."""

import contextlib
import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from navbook.runtime import atomic_write, files_digest

Result = TypeVar("Result")


class Cache:
    """One entry for each name, stored with the key of its inputs. Another key replaces the entry."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str, key: str) -> Any:
        """The plain data under a name if they were stored with this key, else None."""
        try:
            entry = json.loads((self._folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return entry["note"] if entry.get("key") == key else None

    def put(self, name: str, key: str, content: Any) -> None:
        """Store plain data (anything that JSON can hold) under a name."""
        with self._written(f"{name}.json") as unfinished:
            unfinished.write_text(json.dumps({"key": key, "note": content}), encoding="utf-8")

    def get_or_compute(self, name: str, key: str, compute: Callable[[], Result]) -> Result:
        """The result stored under a name with this key, else the result of `compute`, which is stored."""
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
            found: Result = self._read_pickle(name, key)
            return found
        content = compute()
        self._write_pickle(name, key, content)
        return content

    def ensure_file(self, name: str, key: str, path: Path, write: Callable[[], object]) -> None:
        """Call `write` to write the file `path`, unless it holds what was written for the same key before."""
        if path.is_file() and self.get(name, key) == files_digest([path], path.parent):
            return
        write()
        self.put(name, key, files_digest([path], path.parent))

    @contextlib.contextmanager
    def namespace(self, name: str, key: str) -> Iterator[dict[str, Any]]:
        """A dictionary of results that share one key. Entries added in the block are stored when it ends."""
        results: dict[str, Any] = {}
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
            results = self._read_pickle(name, key)
        before = set(results)
        yield results
        if set(results) != before:
            self._write_pickle(name, key, results)

    def _read_pickle(self, name: str, key: str) -> Any:
        with (self._folder / f"{name}.pickle").open("rb") as stream:
            if pickle.load(stream) != key:
                raise EOFError
            return pickle.load(stream)

    def _write_pickle(self, name: str, key: str, content: Any) -> None:
        with self._written(f"{name}.pickle") as unfinished, unfinished.open("wb") as stream:
            pickle.dump(key, stream)
            pickle.dump(content, stream, protocol=pickle.HIGHEST_PROTOCOL)

    @contextlib.contextmanager
    def _written(self, file: str) -> Iterator[Path]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_write(self._folder / file) as unfinished:
            yield unfinished
