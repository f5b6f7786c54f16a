"""A county's own report text, placed under the headings of the report by their words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from navbook.pages.format import escape, paragraph
from navbook.pages.sections import comment_html
from navbook.pages.templates import sentence

_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_NUMBER = re.compile(r"^\d+(\.\d+)*\.?\s*")


@dataclass(frozen=True)
class CountyText:
    """What a county wrote: Markdown under each heading of the report, and under headings that it lacks.

    `before` stands above the first heading. A heading that the text has twice has both parts.
    """

    before: str
    placed: dict[str, str]
    elsewhere: dict[str, str]


def place_text(markdown: str, headings: Sequence[str]) -> CountyText:
    """Place a text under `headings`; case, numbers in front, blanks and a closing sign do not matter.

    A heading may be given by its words before the first comma, where no other begins so.
    """
    known = _known(headings)
    before, placed, elsewhere = "", dict[str, str](), dict[str, str]()
    for words, body in _parts(markdown):
        heading = known.get(_same(words))
        if not words:
            before = body
        elif heading:
            placed[heading] = "\n\n".join(part for part in (placed.get(heading), body) if part)
        else:
            elsewhere[words] = "\n\n".join(part for part in (elsewhere.get(words), body) if part)
    return CountyText(before, placed, elsewhere)


def _known(headings: Sequence[str]) -> dict[str, str]:
    short = Counter(_same(heading.partition(",")[0]) for heading in headings)
    first = {_same(heading.partition(",")[0]): heading for heading in headings}
    unique = {words: heading for words, heading in first.items() if short[words] == 1}
    return unique | {_same(heading): heading for heading in headings}


def own_words(markdown: str, writer: str) -> str:
    """A county's words as a marked quotation; empty where there are none."""
    if not markdown.strip():
        return ""
    source = paragraph(escape(sentence("nederst.egne_ord.kilde", navn=writer)))
    return f'{source}<blockquote class="nb-kommentar">{comment_html(markdown)}</blockquote>'


def _parts(markdown: str) -> Iterator[tuple[str, str]]:
    """(heading, text below it) in order; the text above the first heading has an empty heading."""
    words, lines, fence = "", list[str](), ""
    for line in markdown.splitlines():
        if opened := _FENCE.match(line):
            fence = "" if fence == opened[1] else fence or opened[1]
        found = None if fence else _HEADING.match(line)
        if found:
            yield words, "\n".join(lines).strip()
            words, lines = found[1].strip() or " ", []
        else:
            lines.append(line)
    yield words, "\n".join(lines).strip()


def _same(heading: str) -> str:
    words = " ".join(_NUMBER.sub("", heading.strip()).split())
    return words.rstrip(":.").casefold()
