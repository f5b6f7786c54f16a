"""An office's own comment as safe HTML."""

from markdown_it import MarkdownIt
from markdown_it.token import Token

from navbook.pages.format import Fragment, escape, paragraph
from navbook.pages.templates import sentence
from navbook.pages.view import UnitView

_DROPPED = {"link_open", "link_close", "image", "html_inline", "html_block"}
_HEADING = {"heading_open": "paragraph_open", "heading_close": "paragraph_close"}


def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _without_links(tokens: list[Token]) -> list[Token]:
    """The tokens without links, images and raw HTML; headings become plain paragraphs."""
    kept = []
    for token in tokens:
        if token.type in _DROPPED:
            continue
        if token.type in _HEADING:
            token.type, token.tag = _HEADING[token.type], "p"
        if token.children:
            token.children = _without_links(token.children)
        kept.append(token)
    return kept


def comment_html(markdown: str) -> str:
    """Markdown as HTML without links, images, headings or raw HTML; all its text is escaped."""
    reader = _reader()
    return str(reader.renderer.render(_without_links(reader.parse(markdown)), reader.options, {}))


def inline_comment_html(markdown: str) -> str:
    """Markdown of one line as HTML within a paragraph, by the same rules."""
    reader = _reader()
    tokens = _without_links(reader.parseInline(markdown))
    return str(reader.renderer.render(tokens, reader.options, {}))


def comment(view: UnitView) -> Fragment:
    """The office's comment, marked as its own words, or a line that there is none."""
    words = view.edition.kommentarer.get(view.unit.enhet, "").strip()
    if not words:
        none = sentence("nederst.egne_ord.ingen", navn=view.unit.navn)
        return Fragment(paragraph(escape(none)), "egne ord")
    source = paragraph(escape(sentence("nederst.egne_ord.kilde", navn=view.unit.navn)))
    return Fragment(
        f'{source}<blockquote class="nb-kommentar">{comment_html(words)}</blockquote>', "egne ord"
    )
