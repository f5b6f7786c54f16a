"""The error for an invalid letter file."""

from navbook.runtime.errors import NavbookError


class LetterError(NavbookError):
    """A letter file cannot be used; the message names the file, the entry and the field."""

    exit_code = 3
