"""Where a document is served: without the `book/` and `book/sider/` it lies under in the source.

Contract: `index.html`, `kontor/9001.html`, `metode/…`. The source root is the project folder, so that plain
`jupyter-book build .` works; only the addresses are shortened, by our own HTML builder.
"""

import functools
import pickle
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder
from sphinx.util.docutils import new_document

from navbook.book.site.translations import SCRIPT_STRINGS

PREFIXES = ("book/sider/", "book/")
OFFICES = "kontor"
NUMBERED = (OFFICES, "fylke")
INDEX_FILE = "sokeindeks.pickle"
INDEXED = ("_mapping", "_title_mapping", "_titles", "_filenames", "_all_titles", "_index_entries")


def address(docname: str) -> str:
    """The address, without suffix, of a document: `book/sider/kontor/9001` gives `kontor/9001`."""
    for prefix in PREFIXES:
        if docname.startswith(prefix):
            return docname.removeprefix(prefix)
    return docname


class AddressedIndex(IndexBuilder):
    """The search index, whose hits are links: kept by address.

    Of an office page only name and number are indexed: every office has the same headings and words, which
    would drown the hits and let the index grow. The search skips bare numbers that a reader asks for, so none
    are indexed: they are halves of shares and ends of thousands, which mean nothing and can be taken for
    something withheld. Index entries are found by number.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        # Sphinx forgets the stems of a document with the document, and pages share most of their words.
        self.lang.stem = functools.cache(self.lang.stem)  # type: ignore[method-assign]
        is_word = self.lang.word_filter
        self.lang.word_filter = lambda word: not word.isdecimal() and is_word(word)  # type: ignore[method-assign]

    def feed(self, docname: str, filename: str, title: str, doctree: Any) -> None:
        """Index one document under its address."""
        place = address(docname)
        folder, _, number = place.rpartition("/")
        super().feed(place, address(filename), title, _top_only(doctree) if folder == OFFICES else doctree)
        # The search page writes titles as HTML, and a title may hold a name from the extract.
        self._all_titles[place] = [(escape(each, quote=False), id) for each, id in self._all_titles[place]]
        if folder in NUMBERED:
            self._index_entries[place] = [(number, "", "main")]

    def prune(self, docnames: Any) -> None:
        """Keep the addresses of these documents only."""
        super().prune({address(name) for name in docnames})
        self._index_entries = dict(sorted(self._index_entries.items()))

    def keep(self, file: Path) -> None:
        """Keep all that was indexed: the published index does not tell everything again."""
        file.write_bytes(pickle.dumps({name: getattr(self, name) for name in INDEXED}))

    def take_up(self, file: Path) -> None:
        """Begin with what was kept, if anything was."""
        if file.is_file():
            vars(self).update(pickle.loads(file.read_bytes()))


class BookBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder with short addresses and Norwegian script strings."""

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The relative address of a document from the site's root."""
        return super().get_target_uri(address(docname), typ)

    def get_outfilename(self, pagename: str) -> str:
        """The file that a page is written to."""
        return super().get_outfilename(address(pagename))

    def load_indexer(self, docnames: Any) -> None:
        """Begin with an index by address."""
        language = self.config.html_search_language or self.config.language
        self.indexer = AddressedIndex(
            self.env, language, self.config.html_search_options, self.config.html_search_scorer
        )
        self.indexer.take_up(Path(self.doctreedir, INDEX_FILE))
        self.indexer.prune(set(self.env.all_docs) - set(docnames))

    def dump_search_index(self) -> None:
        """Write the search index, and keep what it was made from for the next build."""
        super().dump_search_index()
        if isinstance(self.indexer, AddressedIndex):
            self.indexer.keep(Path(self.doctreedir, INDEX_FILE))

    def _get_translations_js(self) -> str:
        return str(SCRIPT_STRINGS)


def _top_only(doctree: nodes.document) -> nodes.document:
    """The title and what stands before the first heading."""
    short = new_document("")
    for section in doctree.findall(nodes.section):
        wanted = (nodes.title, nodes.paragraph)
        short += nodes.section("", *[part.deepcopy() for part in section if isinstance(part, wanted)])
        break
    return short
