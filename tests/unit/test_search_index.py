"""The search index holds words, not the pieces that numbers fall into."""

from collections import defaultdict

from docutils import nodes
from sphinx.util.docutils import new_document

from navbook.book.site.addresses import AddressedIndex


class Environment(defaultdict[str, dict[str, object]]):
    """What Sphinx remembers of the documents: nothing yet."""

    def __getattr__(self, name: str) -> dict[str, object]:
        return self[name]


def document(title: str, text: str) -> nodes.document:
    """A page with a heading and a paragraph."""
    page = new_document("side")
    section = nodes.section(ids=["a"])
    section += [nodes.title(text=title), nodes.paragraph(text=text)]
    page += section
    return page


def test_words_are_indexed_and_bare_numbers_are_not():
    index = AddressedIndex(Environment(dict), "no", {}, "")
    text = "Av 1\u202f888 personer kom 24,6 prosent i arbeid etter §14a og 12-ukersreglen"
    index.feed("book/metode/tall", "book/metode/tall.md", "Tall fra 2022", document("Tall fra 2022", text))
    words = set(index._mapping) | set(index._title_mapping)
    assert {"tall", "arbeid"} <= words
    assert "14a" in words
    assert not [word for word in words if word.isdecimal()]
