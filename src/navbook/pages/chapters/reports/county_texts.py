"""A county's own report text, placed under the headings of the report by their words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from navbook.pages.format import escape, paragraph
from navbook.pages.sections import comment_html
from navbook.pages.templates import sentence
from navbook.runtime.text_headings import headed_parts, same_heading


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
    for _, words, body in headed_parts(markdown):
        heading = known.get(same_heading(words))
        if not words:
            before = body
        elif heading:
            placed[heading] = "\n\n".join(part for part in (placed.get(heading), body) if part)
        else:
            elsewhere[words] = "\n\n".join(part for part in (elsewhere.get(words), body) if part)
    return CountyText(before, placed, elsewhere)


def _known(headings: Sequence[str]) -> dict[str, str]:
    short = Counter(same_heading(heading.partition(",")[0]) for heading in headings)
    first = {same_heading(heading.partition(",")[0]): heading for heading in headings}
    unique = {words: heading for words, heading in first.items() if short[words] == 1}
    return unique | {same_heading(heading): heading for heading in headings}


def own_words(markdown: str, writer: str) -> str:
    """A county's words as a marked quotation; empty where there are none."""
    if not markdown.strip():
        return ""
    source = paragraph(escape(sentence("nederst.egne_ord.kilde", navn=writer)))
    return f'{source}<blockquote class="nb-kommentar">{comment_html(markdown)}</blockquote>'
