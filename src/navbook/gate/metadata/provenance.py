"""The files an edition is made from: public ones by hash, those of the extract by a keyed hash that only the
holder of the key can check.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from navbook.runtime import atomic_write, file_digest
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import LOCKFILE, own_files

# fixed, so that a demo edition is the same wherever it is built; synthetic data are no secret
DEMO_KEY = b"navbook demo"
KEY_FILE = "nokkel"
KEY_BYTES = 32
LOG_FILE = "uttrekk.json"


def public_sources() -> dict[str, str]:
    """The SHA-256 (hex) of the letters, code lists, settings and lockfile, by path in the project."""
    files = own_files("data/letters/*.yml", "data/kodelister/*.csv", "data/*.yml")
    named = {**files, LOCKFILE.name: LOCKFILE}
    return {name: file_digest(file) for name, file in sorted(named.items()) if file.is_file()}


def extract_fingerprints(files: Mapping[str, Path], private: Path, synthetic: bool) -> dict[str, str]:
    """The HMAC-SHA-256 (hex) of each file by name; writes the plain hashes, and the key, to `private`.

    Without the key nobody can test a guess of what a file contained. A synthetic extract has a fixed key.
    """
    private.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashes = {name: file_digest(path) for name, path in sorted(files.items())}
    with atomic_write(private / LOG_FILE) as log:
        log.write_text(json.dumps(hashes, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    key = DEMO_KEY if synthetic else _key(private)
    return {
        name: hmac.new(key, bytes.fromhex(digest), hashlib.sha256).hexdigest()
        for name, digest in hashes.items()
    }


def _key(private: Path) -> bytes:
    file = private / KEY_FILE
    if not file.exists():
        with atomic_write(file) as unfinished:
            unfinished.touch(mode=0o600)
            unfinished.write_text(secrets.token_hex(KEY_BYTES) + "\n", encoding="ascii")
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise UsageError(f"{file} is damaged: restore it from a backup, or remove it to get a new key.")
    return key
