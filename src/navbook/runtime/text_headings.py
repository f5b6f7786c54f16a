"""Headings in the plain Markdown that units write themselves, and those that the form of a plan has."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import yaml

from navbook.runtime.paths import own_file

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_NUMBER = re.compile(r"^\d+(\.\d+)*\.?\s*")


class Headed(NamedTuple):
    """What stands under one heading; above the first, `words` are empty and `level` is 0."""

    level: int
    words: str
    body: str


def headed_parts(markdown: str) -> Iterator[Headed]:
    """The parts of a text in order, the one above the first heading first; headings in code are none."""
    level, words, lines, fence = 0, "", list[str](), ""
    for line in markdown.splitlines():
        if opened := _FENCE.match(line):
            fence = "" if fence == opened[1] else fence or opened[1]
        found = None if fence else _HEADING.match(line)
        if found:
            yield Headed(level, words, "\n".join(lines).strip())
            level, words, lines = len(found[1]), found[2].strip() or " ", []
        else:
            lines.append(line)
    yield Headed(level, words, "\n".join(lines).strip())


def same_heading(words: str) -> str:
    """What two headings have in common that differ in case, number in front, blanks or closing sign only."""
    bare = " ".join(_NUMBER.sub("", words.strip()).split())
    return bare.rstrip(":.").casefold()


@cache
def plan_headings() -> dict[str, str]:
    """Heading of the form of a plan (as `same_heading` gives it) → key of its priority group."""
    groups = yaml.safe_load(own_file("data/plan.yml").read_text(encoding="utf-8"))["grupper"]
    return {same_heading(words): key for key, several in groups.items() for words in several}


def unknown_plan_headings(markdown: str) -> list[str]:
    """The headings below the title (level 1) of a plan that its form does not have, in order."""
    known = plan_headings()
    parts = (part for part in headed_parts(markdown) if part.level > 1)
    return [part.words for part in parts if same_heading(part.words) not in known]
