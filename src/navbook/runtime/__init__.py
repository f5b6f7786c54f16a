"""What any package of navbook may use: errors, periods, paths, engines, digests, atomic writes, locks.

Nothing here knows an extract, an edition or a page. Importing this door loads the standard library only, so
that command-line help and page kernels start quickly.
"""

from navbook.runtime.atomic import atomic_write, copy_folder, replace_folder, replaced_folder
from navbook.runtime.child_processes import exit_with_parent
from navbook.runtime.digests import (
    file_digest,
    files_digest,
    json_digest,
    named_files_digest,
    project_files,
    source_digest,
)
from navbook.runtime.locks import LockHeld, exclusive_lock
from navbook.runtime.paths import LOCKFILE, SOURCE
from navbook.runtime.signals import sigterm_as_interrupt
from navbook.runtime.signatures import is_signed, signature
from navbook.runtime.temp_dirs import TempDir

__all__ = [
    "LOCKFILE",
    "SOURCE",
    "LockHeld",
    "TempDir",
    "atomic_write",
    "copy_folder",
    "exclusive_lock",
    "exit_with_parent",
    "file_digest",
    "files_digest",
    "is_signed",
    "json_digest",
    "named_files_digest",
    "project_files",
    "replace_folder",
    "replaced_folder",
    "signature",
    "sigterm_as_interrupt",
    "source_digest",
]
