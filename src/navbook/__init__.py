"""navbook: from an extract of follow-up data to a published book of NAV's styringsparametere."""

from importlib.metadata import version

__version__ = version("navbook")
