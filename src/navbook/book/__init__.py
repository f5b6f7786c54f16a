"""The book: page notebooks are executed, Sphinx builds the site, and the site is published.

Three rooms, each of which imports only those before it: `execution` (page notebooks → executed pages), `site`
(executed pages → HTML) and `release` (the status page, publishing, rollback). Everything here reads the
edition and nothing private.
"""

__all__ = ["execution", "release", "site"]
