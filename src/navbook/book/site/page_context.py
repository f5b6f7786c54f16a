"""What the templates of the book get for each page: titles, description, canonical link, menu, neighbours."""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from navbook.book.site.addresses import address
from navbook.book.site.translations import Bokmaal
from navbook.runtime import file_digest

# Reached from county pages, the list of offices and the office finder: with all offices on every page, the
# site would grow with the square of their number.
NOT_IN_NAVIGATION = re.compile(r"book/sider/(kontor|rapport|plan)/\d|book/404$")
FOOTER = ("om", "sider/data", "siter", "lisens", "kontakt", "tilgjengelighet", "endringslogg", "ordliste")
WITH_NEIGHBOURS = re.compile(r"book/sider/(kontor|fylke|plan)/")
OFFICE_LIST = "book/sider/kontorer"
SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION = 40, 160


def set_page_context(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Set what `book/_templates` read, for one page."""
    facts = app.navbook_facts  # type: ignore[attr-defined]
    titles = app.env.titles
    title = titles[pagename].astext() if pagename in titles else "Søk"
    site_title = str(app.config.html_title or app.config.project)
    context["translate"] = Bokmaal().gettext
    context["nb_utgave"] = facts["utgave"]
    context["nb_over"] = [
        (name, titles[name].astext()) for name in facts["sider"].get(pagename, []) if name in titles
    ]
    context["nb_sidetittel"] = site_title if pagename == app.config.root_doc else f"{title} – {site_title}"
    context["nb_beskrivelse"] = _description(title, doctree, facts["utgave"])
    context["nb_kanonisk"] = canonical(address(pagename), facts["utgave"])
    context["nb_naboer"] = _neighbours(app, pagename)
    context["nb_navigasjon"] = [] if NOT_IN_NAVIGATION.match(pagename) else _navigation(app)
    context["nb_kontorliste"] = OFFICE_LIST if OFFICE_LIST in titles else app.config.root_doc
    context["nb_bunnlenker"] = [
        (name, titles[name].astext()) for name in (f"book/{place}" for place in FOOTER) if name in titles
    ]
    context["nb_stiler"] = [name if isinstance(name, str) else name[0] for name in app.config.html_css_files]
    context["nb_fil"] = _static_file(app, context["pathto"])


def canonical(page: str, edition: dict[str, Any]) -> str:
    """The permanent address of a page: below the address of publication if it is known, else the page itself.

    `siste/` changes from edition to edition, so the permanent address names the period.
    """
    base = str(edition.get("nettadresse") or "").rstrip("/")
    return f"{base}/{edition['mappe']}/{page}.html" if base else f"{page.rpartition('/')[2]}.html"


def _description(title: str, doctree: nodes.document | None, edition: dict[str, Any]) -> str:
    """The first paragraph of a page, cut at a word; for a page that starts with tables, its title."""
    texts = (paragraph.astext() for paragraph in doctree.findall(nodes.paragraph)) if doctree else ()
    text = next((" ".join(text.split()) for text in texts if len(text) >= SHORTEST_DESCRIPTION), "")
    text = (
        text or f"{title}: styringsparameterne i NAVs mål- og disponeringsbrev, {edition.get('periode', '')}"
    )
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[: LONGEST_DESCRIPTION - 1].rpartition(" ")[0].rstrip(",;:") + " …"


def _neighbours(app: Sphinx, pagename: str) -> list[tuple[str, str, str]]:
    """(word, docname, title) of the previous and next office or county, by number."""
    if not (match := WITH_NEIGHBOURS.match(pagename)):
        return []
    group = sorted(name for name in app.env.titles if name.startswith(match[0]))
    place = group.index(pagename)
    around = (("Forrige", place - 1), ("Neste", place + 1))
    return [
        (word, group[at], app.env.titles[group[at]].astext()) for word, at in around if 0 <= at < len(group)
    ]


def _navigation(app: Sphinx) -> list[tuple[str, list[tuple[str, str]]]]:
    """Caption → (docname, title) of each part of the book, without the offices."""
    known: list[tuple[str, list[tuple[str, str]]]] | None = getattr(app, "navbook_navigation", None)
    if known is None:
        known = []
        for tree in app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree):
            names = [n for n in tree["includefiles"] if not NOT_IN_NAVIGATION.match(n)]
            known.append((tree.get("caption") or "", [(n, app.env.titles[n].astext()) for n in names]))
        app.navbook_navigation = known  # type: ignore[attr-defined]
    return known


def _static_file(app: Sphinx, pathto: Callable[..., str]) -> Callable[[str], str]:
    """The address of a file of `book/_static` from this page, with its digest, against old copies."""

    def linked(name: str) -> str:
        found = (Path(app.srcdir, folder, name) for folder in app.config.html_static_path)
        digests = [file_digest(path)[:8] for path in found if path.is_file()]
        return escape(f"{pathto(f'_static/{name}', 1)}?v={digests[-1] if digests else ''}")

    return linked
