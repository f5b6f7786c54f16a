"""The address of a document in the site: its path in the source without `book/` and `book/sider/`.

Contract: `index.html`, `kontor/9001.html`, `metode/…`. The source root is the project folder, so that plain
`jupyter-book build .` works; our own HTML builder shortens the addresses.
"""

import functools
import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder
from sphinx.util.docutils import new_document

from navbook.book.site.content_security import secured
from navbook.book.site.markup.notebook_markup import without_cell_frames
from navbook.book.site.markup.table_markup import with_captions
from navbook.book.site.translations import SCRIPT_STRINGS

PREFIXES = ("book/sider/", "book/")
OFFICES = "kontor"
NUMBERED = (OFFICES, "fylke")
INDEX_FILE = "sokeindeks.json"
# The parts of Sphinx's index: word -> places, place -> text, place -> entries.
WORDS = ("_mapping", "_title_mapping")
NAMES = ("_titles", "_filenames")
ENTRIES = ("_all_titles", "_index_entries")
INDEXED = (*WORDS, *NAMES, *ENTRIES)


def address(docname: str) -> str:
    """The address, without suffix, of a document: `book/sider/kontor/9001` gives `kontor/9001`."""
    for prefix in PREFIXES:
        if docname.startswith(prefix):
            return docname.removeprefix(prefix)
    return docname


class AddressedIndex(IndexBuilder):
    """The search index by address, since its hits are links.

    Only name and number of an office page are indexed: all offices have the same headings and words, which
    would hide the other hits and enlarge the index. Numbers are not indexed, since the search ignores them in
    a query: they are decimals of shares and parts of thousands, which mean nothing and could be mistaken for
    a withheld value. An office or county is found by its number and by former names through index entries.
    """

    def __init__(self, *given: Any, former: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(*given)
        self.former = former or {}
        # Sphinx stems the words of each document anew, and pages share most of their words.
        self.lang.stem = functools.cache(self.lang.stem)  # type: ignore[method-assign]
        is_word = self.lang.word_filter
        self.lang.word_filter = lambda word: not word.isdecimal() and is_word(word)  # type: ignore[method-assign]

    def feed(self, docname: str, filename: str, title: str, doctree: Any) -> None:
        """Index one document under its address."""
        place = address(docname)
        folder, _, number = place.rpartition("/")
        super().feed(
            place, address(filename), title, _title_and_lead(doctree) if folder == OFFICES else doctree
        )
        # The search page writes titles as HTML, and a title may hold a name from the extract.
        self._all_titles[place] = [(escape(text, quote=False), id) for text, id in self._all_titles[place]]
        if folder in NUMBERED:
            self._index_entries[place] = [
                (text, "", "main") for text in (number, *self.former.get(place, ()))
            ]

    def prune(self, docnames: Any) -> None:
        """Remove all addresses but those of these documents."""
        super().prune({address(name) for name in docnames})
        self._index_entries = dict(sorted(self._index_entries.items()))

    def save(self, file: Path) -> None:
        """Save the index for the next build; the published index does not hold everything that it needs."""
        content = {name: _plain(getattr(self, name)) for name in INDEXED}
        file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def load_saved(self, file: Path) -> None:
        """Start from the index that an earlier build saved, if there is one."""
        if not file.is_file():
            return
        saved = json.loads(file.read_text(encoding="utf-8"))
        for name in WORDS:
            setattr(self, name, {word: set(places) for word, places in saved[name].items()})
        for name in ENTRIES:
            setattr(
                self,
                name,
                {place: [tuple(entry) for entry in entries] for place, entries in saved[name].items()},
            )
        for name in NAMES:
            setattr(self, name, saved[name])


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, set) else value for name, value in content.items()}


class BookBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder with short addresses, captions of tables, a content security policy and Norwegian
    script strings.
    """

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The relative address of a document from the site's root."""
        return super().get_target_uri(address(docname), typ)

    def get_outfilename(self, pagename: str) -> str:
        """The file that a page is written to."""
        return super().get_outfilename(address(pagename))

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        outfilename: str | None = None,
        event_arg: Any = None,
    ) -> None:
        """Write a page, with the content security policy where the build asks for it."""
        super().handle_page(pagename, addctx, templatename, outfilename, event_arg)
        file = Path(outfilename or self.get_outfilename(pagename))
        if file.suffix == ".html":
            page = without_cell_frames(with_captions(file.read_text(encoding="utf-8")))
            file.write_text(secured(page) if self.config.navbook_content_security else page, encoding="utf-8")

    def load_indexer(self, docnames: Any) -> None:
        """Create the index by address."""
        language = self.config.html_search_language or self.config.language
        self.indexer = AddressedIndex(
            self.env,
            language,
            self.config.html_search_options,
            self.config.html_search_scorer,
            former=self.app.navbook_facts.get("tidligere"),  # type: ignore[attr-defined]
        )
        self.indexer.load_saved(Path(self.doctreedir, INDEX_FILE))
        self.indexer.prune(set(self.env.all_docs) - set(docnames))

    def dump_search_index(self) -> None:
        """Write the search index, and save what it was made from for the next build."""
        super().dump_search_index()
        if isinstance(self.indexer, AddressedIndex):
            self.indexer.save(Path(self.doctreedir, INDEX_FILE))

    def _get_translations_js(self) -> str:
        return str(SCRIPT_STRINGS)


def _title_and_lead(doctree: nodes.document) -> nodes.document:
    """The title and the paragraphs before the first subheading."""
    short = new_document("")
    for section in doctree.findall(nodes.section):
        wanted = (nodes.title, nodes.paragraph)
        short += nodes.section("", *[part.deepcopy() for part in section if isinstance(part, wanted)])
        break
    return short
