"""The book's words: sentences in YAML and parts of pages in Jinja2, which an editor can change without
Python.

A sentence is plain text under a key in a `.yml` file of this folder or one in it: `kontor.endring.opp` is in
`kontor/kontor.yml`. A part is an HTML file `<name>.html.j2`, in which values are escaped. A passage is a
Markdown file `<name>.md.j2`. All may use Jinja2 and the filters below; a name that nobody gives raises
UndefinedError. Names of files are unique in all folders.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from navbook.pages.format import count_word, link, number, percent, period_text, signed, signed_points

FOLDER = Path(__file__).resolve().parent
_BLANKS = re.compile(r"[ \t\r\n]+")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(names: list[str], between: str = ", ") -> str:
    """`a, b og c`; names that are HTML stay HTML."""
    if not names:
        return ""
    blank = Markup if any(isinstance(name, Markup) for name in names) else str
    return blank(" og ").join(filter(None, [blank(between).join(names[:-1]), names[-1]]))


def _listed_names(names: list[str]) -> str:
    """`a; b og c` where a name has a comma of its own, else `a, b og c`."""
    return _listed(names, "; " if any("," in name for name in names) else ", ")


FILTERS = {
    "tall": number,
    "fortegn": signed,
    "prosent": percent,
    "poeng": signed_points,
    "tallord": count_word,
    "periode": period_text,
    "stor": _capitalised,
    "liste": _listed,
    "navneliste": _listed_names,
}


def _environment(*, html: bool) -> Environment:
    made = Environment(
        loader=FileSystemLoader([FOLDER, *sorted(path for path in FOLDER.iterdir() if path.is_dir())]),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    made.globals["si"] = sentence
    made.globals["lenke"] = lambda address, label: Markup(link(address, label))
    return made


@cache
def _text_environment() -> Environment:
    return _environment(html=False)


@cache
def _html_environment() -> Environment:
    return _environment(html=True)


@cache
def sources() -> dict[str, str]:
    """Key → the template of every sentence, as written in the YAML files."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.rglob("*.yml")):
        _collect(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")), found)
    return found


def _collect(key: str, value: Any, found: dict[str, str]) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _collect(f"{key}.{name}", inner, found)
    else:
        found[key] = str(value)


def _source(key: str) -> str:
    if key not in sources():
        raise KeyError(f"no sentence is called {key}: add it to {key.partition('.')[0]}.yml")
    return sources()[key]


@cache
def _template(key: str) -> Template:
    return _text_environment().from_string(_source(key))


@cache
def _html_template(key: str) -> Template:
    return _html_environment().from_string(_source(key))


def sentence(key: str, **values: Any) -> str:
    """The sentence under a key, as plain text on one line. Raises KeyError for an unknown key."""
    return _BLANKS.sub(" ", _template(key).render(values)).strip()


def html_sentence(key: str, **values: Any) -> str:
    """The sentence under a key as HTML on one line: text is escaped, Markup stays as it is."""
    return _BLANKS.sub(" ", _html_template(key).render(values)).strip()


def sentence_or(key: str, default: str, **values: Any) -> str:
    """The sentence under a key, or `default` if there is none."""
    return sentence(key, **values) if key in sources() else default


def sentences_under(key: str) -> dict[str, str]:
    """Name → sentence, for each sentence without values right under a key, in the order of its file."""
    start = f"{key}."
    names = [name.removeprefix(start) for name in sources() if name.startswith(start)]
    return {name: sentence(f"{start}{name}") for name in names if "." not in name}


def passage(name: str, **values: Any) -> str:
    """The Markdown of a passage, with a line break at its end. Text from data is given as `literal` text."""
    return _text_environment().get_template(f"{name}.md.j2").render(values) + "\n"


def part(name: str, **values: Any) -> str:
    """The HTML of a part of a page. Text is escaped; values that are HTML already are given as Markup."""
    return _html_environment().get_template(f"{name}.html.j2").render(values)
