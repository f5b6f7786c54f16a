"""The Sphinx extension that `_config.yml` names: addresses, edition metadata, navigation and translations.

It reads only `book/sider/sider.json`, which the build writes, so that `navbook build` and plain
`jupyter-book build .` give the same pages.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sphinx.locale
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config

from navbook.book.site.addresses import BookBuilder
from navbook.book.site.page_context import set_page_context
from navbook.book.site.translations import Bokmaal

METADATA = Path("book/sider/sider.json")


def read_site_metadata(source: Path) -> dict[str, Any]:
    """The metadata that the build wrote: `fakta` and `utgave` (edition), `sider` (docname → parent pages),
    and `rekkefolge` (docnames in the order of the contents).
    """
    path = source / METADATA
    if not path.is_file():
        return {"fakta": {}, "utgave": {}, "sider": {}, "rekkefolge": []}
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_builder(BookBuilder, override=True)
    app.add_config_value("navbook_content_security", False, "html", bool)
    app.connect("config-inited", _read_metadata, priority=100)
    app.connect("builder-inited", _translate)
    # before the contents are collected, so that menu and neighbours agree
    app.connect("doctree-read", _order_contents, priority=100)
    app.connect("html-page-context", set_page_context, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _read_metadata(app: Sphinx, config: Config) -> None:
    app.navbook_facts = read_site_metadata(Path(app.srcdir))  # type: ignore[attr-defined]
    config.myst_substitutions = {**config.myst_substitutions, **app.navbook_facts["fakta"]}  # type: ignore[attr-defined]


def _translate(app: Sphinx) -> None:
    words = Bokmaal()
    app.translator = words
    sphinx.locale.translators["general", "sphinx"] = words
    app.builder.templates.environment.install_gettext_translations(words)
    # sphinx-external-toc always loads it; it keeps no state that reading in parallel could break.
    numbering = app.extensions.get("sphinx_multitoc_numbering")
    if numbering is not None:
        numbering.parallel_read_safe = True


def _order_contents(app: Sphinx, doctree: nodes.document) -> None:
    """Sort the pages that have a rank, within each part of the contents."""
    rank = {name: place for place, name in enumerate(app.navbook_facts["rekkefolge"])}  # type: ignore[attr-defined]
    for tree in doctree.findall(addnodes.toctree):
        tree["includefiles"] = _in_order(tree["includefiles"], rank, lambda name: name)
        tree["entries"] = _in_order(tree["entries"], rank, lambda entry: entry[1])


def _in_order(listed: list[Any], rank: dict[str, int], name: Callable[[Any], str]) -> list[Any]:
    """The list with its ranked members sorted; the others keep their positions."""
    known = iter(
        sorted((entry for entry in listed if name(entry) in rank), key=lambda entry: rank[name(entry)])
    )
    return [next(known) if name(entry) in rank else entry for entry in listed]
