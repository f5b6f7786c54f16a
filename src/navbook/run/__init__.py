"""One build: its request and workspace, the cache of results, and the steps that are more than one call.

`pipeline.py` reads as the list of steps; what a step needs in addition to its room (keys, cached results,
time measurement, the summary) is here. Everything in this room is private: it may see true counts.
"""

__all__ = [
    "build_run",
    "cache_keys",
    "count_notebooks",
    "inputs",
    "new_project",
    "prestart",
    "site_audit",
    "summary",
    "table_check",
    "targets",
    "timing",
    "up_to_date",
    "workspace",
]
