"""The content of a generated chapter as one HTML tree: its Markdown headings and its blocks of raw HTML."""

import re

from lxml import html
from lxml.html import HtmlElement
from markdown_it import MarkdownIt

_RAW = re.compile(r"```\{raw\} html\n(.*?)\n```\n?", re.DOTALL)


def chapter_tree(markdown: str) -> HtmlElement:
    """The chapter as a `<div>` whose children are its headings, paragraphs, lists, tables and quotations."""
    reader, parts, end = MarkdownIt("commonmark"), [], 0
    for block in _RAW.finditer(markdown):
        parts += [reader.render(markdown[end : block.start()]), block[1].replace("&#96;", "`")]
        end = block.end()
    parts.append(reader.render(markdown[end:]))
    return html.fragment_fromstring("".join(parts), create_parent="div")
