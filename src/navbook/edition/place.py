"""Puts a finished folder where it belongs in one step: until then the old one stands, whatever happens."""

import shutil
import tempfile
from pathlib import Path


def put_in_place(finished: Path, target: Path) -> Path:
    """Rename `finished` to `target` and return it; an older `target` gives way and is removed.

    Both must lie on one file system.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        return finished.rename(target)
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    old = aside / "old"
    target.rename(old)
    try:
        finished.rename(target)
    except BaseException:
        old.rename(target)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target
