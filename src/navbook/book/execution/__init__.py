"""Executes page notebooks: which pages there are, which are in the cache, and the processes that run them.

Start with `run_pages` (all pages of an edition, through the cache); it calls `run_tasks`, which uses local
workers or a Dask cluster; each of them calls `execute_page` for one notebook. `page_keys` decides whether a
cached page is up to date. Modules are imported one by one, since papermill and Dask are slow to load.
"""

__all__ = [
    "dask",
    "execute_page",
    "normalise",
    "page_cache",
    "page_list",
    "page_task",
    "progress",
    "run_pages",
    "run_tasks",
    "settings",
    "timings",
    "warm",
    "workers",
]
