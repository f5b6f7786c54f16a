"""Signatures of cached files: only files that this user's navbook wrote, unchanged since, are read back.

The key is a random file in the user's state folder, outside every workspace. An extract that brings a cache
of its own therefore cannot have it accepted. Where the key cannot be stored, a new one is made for each
process, and nothing is read back.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

KEY_BYTES = 32
STATE_HOME = "XDG_STATE_HOME"


def signature(*parts: bytes) -> str:
    """The HMAC-SHA-256 of some bytes with the user's key, in hexadecimal."""
    mac = hmac.new(_key(os.environ.get(STATE_HOME)), digestmod=hashlib.sha256)
    for part in parts:
        mac.update(len(part).to_bytes(8, "big"))
        mac.update(part)
    return mac.hexdigest()


def is_signed(given: str, *parts: bytes) -> bool:
    """Whether `given` is the signature of these bytes."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), signature(*parts).encode())


@cache
def _key(state_home: str | None) -> bytes:
    try:
        folder = Path(state_home) if state_home else Path.home() / ".local" / "state"
        return _stored_key(folder / "navbook" / "cache-key")
    except (OSError, RuntimeError):
        return secrets.token_bytes(KEY_BYTES)


def _stored_key(file: Path) -> bytes:
    """The key in `file`, created if needed; if two processes create it, the first one decides."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
                stream.write(secrets.token_bytes(KEY_BYTES))
            with contextlib.suppress(FileExistsError):
                os.link(fresh, file)
        finally:
            fresh.unlink(missing_ok=True)
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise OSError(f"{file} is not a key")
    return key
