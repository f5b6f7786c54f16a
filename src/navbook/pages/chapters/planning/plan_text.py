"""An office's plan, read by the form in data/plan.yml: measures under the headings of the priority groups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import yaml

from navbook.runtime.paths import own_file
from navbook.runtime.text_headings import headed_parts, plan_headings, same_heading

OTHER = "annet"


@dataclass(frozen=True)
class Planned:
    """What stands under one heading of a plan: its words, Markdown outside the fields, and the measures.

    A measure is field of the form → Markdown on one line, in the order of the form.
    """

    heading: str
    text: str
    measures: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Plan:
    """A plan: its title and the Markdown above the first group, and what stands under each group, by key.

    What stands under a heading that the form lacks has the key `OTHER`.
    """

    title: str
    before: str
    groups: dict[str, list[Planned]]


def read_plan(markdown: str) -> Plan:
    """The plan in a text; every word of it has a place."""
    title, before, groups = "", list[str](), dict[str, list[Planned]]()
    for level, words, body in headed_parts(markdown):
        key = plan_headings().get(same_heading(words))
        if key is None and level <= 1:
            title = title or words.strip()
            before += [words.strip()] if words.strip() and words.strip() != title else []
            before += [body] if body else []
        else:
            groups.setdefault(key or OTHER, []).append(_planned(words.strip(), body))
    return Plan(title, "\n\n".join(before), groups)


@cache
def fields() -> tuple[str, ...]:
    """The fields of a measure, in order."""
    return tuple(yaml.safe_load(own_file("data/plan.yml").read_text(encoding="utf-8"))["felt"])


@cache
def _field() -> re.Pattern[str]:
    names = "|".join(map(re.escape, fields()))
    return re.compile(rf"\s*(?:[-*+]\s+)?[*_]*({names})[*_]*\s*:[*_]*\s*(.*)", re.IGNORECASE)


def _planned(heading: str, body: str) -> Planned:
    text, measures = list[str](), [dict[str, str]()]
    names, open_field = {name.casefold(): name for name in fields()}, ""
    for line in body.splitlines():
        if found := _field().fullmatch(line):
            open_field = names[found[1].casefold()]
            if open_field in measures[-1]:
                measures.append({})
            measures[-1][open_field] = found[2].strip()
        elif open_field and line.strip():
            measures[-1][open_field] = f"{measures[-1][open_field]} {line.strip()}".strip()
        else:
            open_field = ""
            text.append(line)
    filled = tuple(ordered for measure in measures if (ordered := dict(_in_order(measure))))
    return Planned(heading, "\n".join(text).strip(), filled)


def _in_order(measure: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, measure[name]) for name in fields() if measure.get(name))
