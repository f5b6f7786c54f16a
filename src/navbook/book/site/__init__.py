"""Builds the site with Sphinx (Jupyter Book 1) from executed pages.

`staging` writes the source tree, `incremental` decides what must be built again, `sphinx_process` runs
`sphinx_build` in a process of its own, and `build` puts the finished site in place. `extension` is the Sphinx
extension with addresses, navigation and translations. `site_manifest` records what was built and audited,
`stored_pages` keeps the pages for plain Jupyter Book.
"""

__all__ = [
    "build",
    "chapter_cache",
    "extension",
    "incremental",
    "site_manifest",
    "site_metadata",
    "sphinx_process",
    "staging",
    "stored_pages",
]
