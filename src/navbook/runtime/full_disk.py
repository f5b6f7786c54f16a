"""Recognises a full disk, whichever library reports it."""

import errno
import os

# no room on the disk, in the quota, or in one file
NUMBERS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# how libraries that raise errors of their own say it; the second one is DuckDB's
_TEXTS = (*(os.strerror(number) for number in NUMBERS), "Could not write all bytes")


def is_full_disk(error: BaseException | str) -> bool:
    """Whether an error, or the text of one from another process, says that there was no room to write."""
    if isinstance(error, OSError) and error.errno in NUMBERS:
        return True
    return any(text in str(error) for text in _TEXTS)


def raise_if_full_disk(error: BaseException) -> None:
    """Raise OSError (ENOSPC) if an error says that there was no room: the input is not to blame then."""
    if is_full_disk(error):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
