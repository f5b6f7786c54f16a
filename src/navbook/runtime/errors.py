"""Errors that are shown to the user, one class per exit code.

A message is one sentence: what is wrong, where, and what to do. The command line prints it without a
traceback.
"""


class NavbookError(Exception):
    """Base of every error whose message is shown to the user."""

    exit_code = 1


class UsageError(NavbookError):
    """The command was used wrongly."""

    exit_code = 2


class InvalidExtract(NavbookError):
    """The extract cannot be counted; `navbook check` lists everything that is wrong with it."""

    exit_code = 3


class PageFailed(NavbookError):
    """At least one page could not be made, so nothing was published."""

    exit_code = 4


class DisclosureRefused(NavbookError):
    """A protected value can be read or computed from the edition, or cannot be protected; nothing was put in
    place.
    """

    exit_code = 5


class TargetUnusable(NavbookError):
    """The folder to publish to cannot be used."""

    exit_code = 6
