"""navbook: from an extract of follow-up data to a published book of NAV's styringsparametere."""

__version__: str


def __getattr__(name: str) -> str:
    """The version, looked up when asked for: the program can then start without a delay."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("navbook")
