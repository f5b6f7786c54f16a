"""axe-core, the accessibility rules that the browser tests run: one version of npm, pinned with its hash.

The file is fetched once from the npm registry and kept in the user's cache; `make test` fetches it before the
tests. Nothing is installed, and neither node nor npm is needed.
"""

import base64
import hashlib
import io
import os
import tarfile
import tempfile
import urllib.request
from pathlib import Path

VERSION = "4.14.1"
# of the package, as npm's lock files have it
INTEGRITY = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
REGISTRY = os.environ.get("NPM_CONFIG_REGISTRY", "https://registry.npmjs.org").rstrip("/")
MEMBER = "package/axe.min.js"


def axe_script() -> str:
    """The script as text. Raises RuntimeError if the package is not the pinned one, OSError if it cannot be
    fetched.
    """
    package = _cache() / f"axe-core-{VERSION}.tgz"
    if not package.is_file():
        with urllib.request.urlopen(f"{REGISTRY}/axe-core/-/axe-core-{VERSION}.tgz", timeout=60) as answer:
            _keep(_checked(answer.read()), package)
    with tarfile.open(fileobj=io.BytesIO(_checked(package.read_bytes()))) as content:
        member = content.extractfile(MEMBER)
        assert member is not None
        return member.read().decode()


def _checked(package: bytes) -> bytes:
    found = "sha512-" + base64.b64encode(hashlib.sha512(package).digest()).decode()
    if found != INTEGRITY:
        raise RuntimeError(f"axe-core {VERSION} has the hash {found} and not {INTEGRITY}: do not use it")
    return package


def _keep(package: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as unfinished:
        unfinished.write(package)
    Path(unfinished.name).rename(path)


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "navbook"


if __name__ == "__main__":
    axe_script()
    print(f"axe-core {VERSION}")
