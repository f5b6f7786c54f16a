"""`uttrekk.yml`: what an extract says about itself."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictBool, ValidationError

from navbook.extract.report import Problem, Severity, shown_value
from navbook.runtime.bounded_text import TextRefused, load_yaml, read_text
from navbook.runtime.periods import Period, first_day

NAME = "uttrekk.yml"
_MAX_BYTES = 20_000
_MAX_SOURCE = 500
_MAX_AREA = 60
_YEARS = range(1900, 2101)
# what the pages on citing, licence and contact say; the book does without each of them
PUBLISHER = ("eier", "kontakt", "lisens", "nettadresse")
_KEYS = {
    "kilde": "text on one line, where the data come from",
    "uttrekksdato": "a date YYYY-MM-DD from 1900 to 2100",
    "dekker_fom": "a date YYYY-MM-DD from 1900 to 2100",
    "dekker_tom": "a date YYYY-MM-DD from 1900 to 2100",
    "syntetisk": "true or false",
    "omrade": "the name of what the extract covers, on one line; leave it out for the whole country",
    "eier": "text on one line, who publishes the book",
    "kontakt": "text on one line, where readers may ask",
    "lisens": "text on one line, on which terms the numbers may be used",
    "nettadresse": "the address that editions are published under, https://…",
    "versjon": "1",
}
_OPTIONAL = ("omrade", *PUBLISHER)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[\w.~/-]*)?")
# the name stands in titles and sentences of the book, which are Markdown
_MARKUP = "<>[]{}|*_`#"


def _source(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > _MAX_SOURCE or not text.isprintable():
        raise ValueError("not a text on one line")
    return text


def _address(value: Any) -> str:
    text = _source(value)
    if not _ADDRESS.fullmatch(text):
        raise ValueError("not an address")
    return text.rstrip("/")


def _area(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > _MAX_AREA or not text.isprintable() or any(sign in text for sign in _MARKUP):
        raise ValueError("not a name on one line")
    return text


def _day(value: Any) -> date:
    if isinstance(value, str) and len(value) == len("2022-01-31"):
        value = date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime) and value.year in _YEARS:
        return value
    raise ValueError("not a date")


def _version(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("not a version")
    return value


Day = Annotated[date, BeforeValidator(_day)]


class Manifest(BaseModel):
    """Where an extract comes from, which days it knows (both ends included), and what it covers.

    `omrade` and the keys of `PUBLISHER` are None unless the extract names them.
    """

    model_config = ConfigDict(frozen=True)

    kilde: Annotated[str, BeforeValidator(_source)]
    uttrekksdato: Day
    dekker_fom: Day
    dekker_tom: Day
    syntetisk: StrictBool
    versjon: Annotated[Literal[1], BeforeValidator(_version)] = 1
    omrade: Annotated[str, BeforeValidator(_area)] | None = None
    eier: Annotated[str, BeforeValidator(_source)] | None = None
    kontakt: Annotated[str, BeforeValidator(_source)] | None = None
    lisens: Annotated[str, BeforeValidator(_source)] | None = None
    nettadresse: Annotated[str, BeforeValidator(_address)] | None = None

    @property
    def publisher(self) -> dict[str, str]:
        """What the extract says about its publisher, by key; keys that it leaves out are missing."""
        given = {name: getattr(self, name) for name in PUBLISHER}
        return {name: value for name, value in given.items() if value}


def read_manifest(folder: Path) -> tuple[Manifest | None, list[Problem]]:
    """The manifest of an extract and what is wrong with it; no manifest if a key cannot be read."""
    path = folder / NAME
    if path.is_symlink() or not path.is_file():
        return None, [_problem("", "the file is missing", "no_manifest", remedy=_example())]
    try:
        content = load_yaml(read_text(path, _MAX_BYTES))
    except (TextRefused, OSError) as error:
        reason = str(error) if isinstance(error, TextRefused) else str(error.strerror)
        remedy = f"save it as UTF-8 text; {_example()}"
        return None, [_problem("", f"the file cannot be read: {reason}", "bad_manifest", remedy=remedy)]
    if not isinstance(content, dict):
        what = "the file is not a list of `key: value`"
        return None, [_problem("", what, "bad_manifest", remedy=_example())]
    unknown = [_unknown_key(key) for key in content if key not in _KEYS]
    try:
        # the file must say its version; only code may leave it out
        manifest = Manifest.model_validate({"versjon": None} | content)
    except ValidationError as error:
        return None, [*_unreadable_keys(error, content), *unknown]
    return manifest, [*unknown, *_order(manifest)]


def outside(manifest: Manifest, period: Period) -> Problem | None:
    """The problem of a period that lies wholly outside the cover; None if the extract knows some of it."""
    if manifest.dekker_fom <= period.last_day and first_day(period.first) <= manifest.dekker_tom:
        return None
    return _problem(
        "dekker_fom" if period.last_day < manifest.dekker_fom else "dekker_tom",
        f"the period {period.name} is outside the days that the extract covers",
        "period_outside",
        f"{manifest.dekker_fom} to {manifest.dekker_tom}",
        remedy="name a period inside them, or order an extract that covers it",
    )


def _unreadable_keys(error: ValidationError, content: Mapping[str, Any]) -> Iterator[Problem]:
    """One problem for each key whose value is missing or of the wrong kind, in the order of the keys."""
    wrong = {str(detail["loc"][0]) for detail in error.errors()}
    for key in _KEYS:
        if key in wrong:
            value = content.get(key)
            shown = "" if value is None or isinstance(value, (dict, list)) else shown_value(value)
            yield _problem(key, "the value is missing or cannot be read", "bad_manifest", shown)


def _unknown_key(key: Any) -> Problem:
    what = "the key is not known and was not read"
    return _problem(shown_value(key), what, "unknown_key", severity="reported")


def _order(manifest: Manifest) -> Iterator[Problem]:
    pairs = (("dekker_fom", "dekker_tom"), ("dekker_tom", "uttrekksdato"))
    for first, second in pairs:
        earlier, later = getattr(manifest, first), getattr(manifest, second)
        if earlier > later:
            what = f"{first} is after {second}"
            remedy = "write days with dekker_fom ≤ dekker_tom ≤ uttrekksdato"
            yield _problem(first, what, "cover_order", f"{earlier} > {later}", remedy=remedy)


def _example() -> str:
    required = ", ".join(f"{key} ({kind})" for key, kind in _KEYS.items() if key not in _OPTIONAL)
    return f"write it with {required}"


def _problem(
    column: str,
    what: str,
    code: str,
    value: str = "",
    remedy: str = "",
    severity: Severity = "invalid",
) -> Problem:
    if not remedy:
        remedy = f"write {column} as {_KEYS[column]}" if column in _KEYS else "remove it if it is not needed"
    return Problem(NAME, column, what, remedy, code, severity=severity, value=value)
