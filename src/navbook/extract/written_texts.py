"""What offices and counties write themselves: plain Markdown, a file per unit, in folders of the extract.

Comments and plans are named by office, reports by county. HTML, images and outside links are refused.
"""

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from navbook.extract.files import COMMENTS, PLANS, REPORTS, is_hidden
from navbook.extract.report import MAX_KEYS, Problem, invisible_signs, shown_value
from navbook.runtime.bounded_text import TextRefused, read_text
from navbook.runtime.text_headings import unknown_plan_headings

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FILE = re.compile(r"([0-9]{4})\.md")
_MAX_BYTES = 20_000
# a reader of Markdown needs time that grows with the square of the number of link definitions
_MAX_DEFINITIONS = 20
_DEFINITION = re.compile(r"\]:")
_NUMBER = re.compile(r"[+\-−]?\d+(?:[ \u00a0.,:/\-]?\d+)*(?:\s?(?:%|prosent))?")
# markup that MyST would execute and plain Markdown shows as text
_MARKUP = re.compile(r"\{[A-Za-z0-9:_-]+\}`|\{\{|\{%|^:::|^%|^\+\+\+|^---\s*$", re.MULTILINE)


def read_texts(folder: Path, kind: str) -> dict[str, str]:
    """The texts of a kind (`COMMENTS`, `PLANS`, `REPORTS`) by number of the unit, from a checked extract."""
    return {path.stem: _text(path) or "" for path in _entries(folder, kind) if _FILE.fullmatch(path.name)}


def check_texts(folder: Path, offices: frozenset[str], counties: frozenset[str]) -> Iterator[Problem]:
    """The problems of all texts, and the numbers in them that an analyst must approve.

    Whose text it is, is not checked against an empty set of units.
    """
    for kind, units in ((COMMENTS, offices), (PLANS, offices), (REPORTS, counties)):
        yield from _check_kind(folder, kind, units)


def _check_kind(folder: Path, kind: str, units: frozenset[str]) -> Iterator[Problem]:
    unit, column = ("county", "fylke_enhetsnr") if kind == REPORTS else ("office", "enhetsnr")
    for path in _entries(folder, kind):
        place = f"{kind}/{shown_value(path.name)}"
        name = _FILE.fullmatch(path.name)
        if not name or path.is_symlink() or not path.is_file():
            what = f"the name is not the number of an {unit} with .md, or it is no plain file"
            what = what.replace("an county", "a county")
            yield Problem(place, "", what, f"name it <{column}>.md, four digits", "comment_name")
        elif units and name[1] not in units:
            what, remedy = f"the {unit} is not in kontor", f"correct the number or add the {unit}"
            yield Problem(place, "", what, remedy, "unknown_office")
        elif (text := _text(path)) is None:
            what = f"the text is not UTF-8, or longer than {_MAX_BYTES // 1000} kB"
            yield Problem(place, "", what, "save it as a short UTF-8 text", "comment_unreadable")
        elif len(_DEFINITION.findall(text)) > _MAX_DEFINITIONS:
            what = f"the text has more than {_MAX_DEFINITIONS} link definitions ([word]: address)"
            yield Problem(place, "", what, "write the links in the text, or leave them out", "comment_links")
        else:
            yield from _read(place, text, name[1])
            if kind == PLANS:
                yield from _unknown_headings(place, text, name[1])


def _unknown_headings(place: str, text: str, office: str) -> Iterator[Problem]:
    if unknown := unknown_plan_headings(text):
        yield Problem(
            place,
            "",
            "the plan has headings that its form lacks, so what stands there is beside no figure",
            "give it the heading of a priority group (data/plan.yml), or leave it under «Annet»",
            "plan_heading",
            severity="reported",
            keys=tuple(shown_value(words) for words in unknown[:MAX_KEYS]),
            count=len(unknown),
            enhetsnr=office,
        )


def _entries(folder: Path, kind: str) -> list[Path]:
    texts = folder / kind
    if texts.is_symlink() or not texts.is_dir():
        return []
    return sorted(path for path in texts.iterdir() if path.suffix == ".md" or not is_hidden(path))


def _text(path: Path) -> str | None:
    try:
        return read_text(path, _MAX_BYTES)
    except (TextRefused, OSError):
        return None


def _read(place: str, text: str, office: str) -> Iterator[Problem]:
    env: dict[str, dict[str, dict[str, str]]] = {}
    refused: dict[tuple[str, str, str], list[str]] = {}
    for line, kind, value in [*_refused(_markdown().parse(text, env)), *_markup(text), *_references(env)]:
        refused.setdefault(_REFUSED[kind], []).append(
            f"line {line}: {shown_value(value)}" if line else shown_value(value)
        )
    if signs := invisible_signs(text):
        yield Problem(
            place,
            "",
            "the text has invisible characters, which can change how it reads",
            "remove them",
            "invisible_characters",
            keys=tuple(f"line {line}: {sign}" for line, sign in signs[:MAX_KEYS]),
            count=len(signs),
        )
    for (code, what, remedy), keys in refused.items():
        yield Problem(place, "", what, remedy, code, keys=tuple(keys[:MAX_KEYS]), count=len(keys))
    numbers = [
        f"line {number}: {match[0]}"
        for number, line in enumerate(text.splitlines(), 1)
        # a reader of Markdown decodes entities, but not in code
        for form in dict.fromkeys((line, html.unescape(line)))
        for match in _NUMBER.finditer(form)
    ]
    # every number must be approved, so a long comment gives several entries of at most 20 keys
    for start in range(0, len(numbers), MAX_KEYS):
        some = tuple(numbers[start : start + MAX_KEYS])
        yield Problem(
            place,
            "",
            "the text has numbers, which are published unchanged",
            "approve each of them: none may reveal something about few persons",
            "comment_numbers",
            severity="reported",
            keys=some,
            count=len(some),
            enhetsnr=office,
        )


_REFUSED = {
    "html": ("comment_html", "raw HTML is not allowed in a text", "write it as plain Markdown"),
    "image": ("comment_image", "images are not allowed in a text", "leave the image out"),
    "link": (
        "comment_link",
        "links out of the book are not allowed in a text",
        "describe in words what it links to",
    ),
    "markup": (
        "comment_markup",
        "markup that the book would execute is not allowed in a text",
        "write it as plain Markdown",
    ),
}


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # imported late: counting does not need it

    return MarkdownIt("commonmark", {"html": True})


def _refused(tokens: list["Token"], line: int = 0) -> Iterator[tuple[int, str, str]]:
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.type in {"html_block", "html_inline"}:
            yield line, "html", token.content.strip()
        elif token.type == "image":
            yield line, "image", str(token.attrs.get("src", ""))
        elif token.type == "link_open" and _leads_out(str(token.attrs.get("href", ""))):
            yield line, "link", str(token.attrs["href"])
        elif token.type == "fence" and token.info.strip().startswith("{"):
            yield line, "markup", token.info.strip()
        if token.children:
            yield from _refused(_placed(token.children, line))


def _placed(children: list["Token"], line: int) -> list["Token"]:
    """The inline tokens, each with the line it is on."""
    for child in children:
        child.map = [line - 1, line]
        if child.type in {"softbreak", "hardbreak"}:
            line += 1
    return children


def _markup(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _MARKUP.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, "markup", match[0].strip()


def _references(env: dict[str, dict[str, dict[str, str]]]) -> Iterator[tuple[int, str, str]]:
    for reference in env.get("references", {}).values():
        if _leads_out(reference["href"]):
            yield 0, "link", reference["href"]


def _leads_out(href: str) -> bool:
    """Whether a link leaves the book: another scheme or host, an absolute path, or one that climbs."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc or href.startswith(("/", "\\")) or ".." in href)
