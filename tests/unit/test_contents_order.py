"""The contents of the book: indicators stand as the letter has them, everything else where it stood."""

from types import SimpleNamespace

from docutils.utils import new_document
from sphinx import addnodes

from navbook.book.site.extension import _order_contents


def test_indicators_stand_in_the_letters_order() -> None:
    place = "book/sider/indikator/"
    listed = ["book/om", f"{place}a", f"{place}b", "book/sider/landet", f"{place}c", f"{place}new"]
    tree = addnodes.toctree(includefiles=list(listed), entries=[(None, name) for name in listed])
    document = new_document("root")
    document += tree
    facts = {"rekkefolge": [f"{place}c", f"{place}a", f"{place}b", f"{place}gone"]}
    _order_contents(SimpleNamespace(navbook_facts=facts), document)
    expected = ["book/om", f"{place}c", f"{place}a", "book/sider/landet", f"{place}b", f"{place}new"]
    assert tree["includefiles"] == expected
    assert tree["entries"] == [(None, name) for name in expected]
