"""The number of files that this process and its children may have open."""

import resource

from navbook.runtime.errors import UsageError

ENOUGH = 1024
# a page has a kernel, sockets and a dozen Parquet files; with fewer than this it fails in the middle
LEAST = 256
REMEDY = "Too few files may be open here: raise the limit (ulimit -n 1024) and run again."


def ensure_open_files() -> None:
    """Raise the limit to ENOUGH as far as the system allows; UsageError if fewer than LEAST are allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= ENOUGH:
        return
    allowed = ENOUGH if hard == resource.RLIM_INFINITY else min(ENOUGH, hard)
    if allowed < LEAST:
        raise UsageError(REMEDY)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
