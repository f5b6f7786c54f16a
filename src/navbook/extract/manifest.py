"""`uttrekk.yml`: what an extract says about itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from navbook.extract.report import Problem, shown_value
from navbook.periods import Period, first_day

NAME = "uttrekk.yml"
VERSION = 1
_MAX_BYTES = 100_000
_KEYS = {
    "kilde": "text, where the data come from",
    "uttrekksdato": "a date YYYY-MM-DD",
    "dekker_fom": "a date YYYY-MM-DD",
    "dekker_tom": "a date YYYY-MM-DD",
    "syntetisk": "true or false",
    "versjon": "1",
}


@dataclass(frozen=True)
class Manifest:
    """Where an extract comes from and which days it knows (both ends included)."""

    kilde: str
    uttrekksdato: date
    dekker_fom: date
    dekker_tom: date
    syntetisk: bool
    versjon: int = VERSION


def read_manifest(folder: Path) -> tuple[Manifest | None, list[Problem]]:
    """The manifest of an extract and what is wrong with it; no manifest if a key cannot be read."""
    path = folder / NAME
    if not path.is_file():
        return None, [_problem("", "the file is missing", "no_manifest", remedy=_example())]
    content = _load(path)
    if not isinstance(content, dict):
        return None, [
            _problem("", "the file is not a list of `key: value`", "bad_manifest", remedy=_example())
        ]
    values = {key: _read(key, content.get(key)) for key in _KEYS}
    found = [
        _problem(key, "the value is missing or cannot be read", "bad_manifest", _shown(content.get(key)))
        for key, value in values.items()
        if value is None
    ]
    found += [
        _problem(
            shown_value(key), "the key is not known and was not read", "unknown_key", severity="reported"
        )
        for key in content
        if key not in _KEYS
    ]
    if any(problem.severity == "invalid" for problem in found):
        return None, found
    manifest = Manifest(**values)
    return manifest, [*found, *_order(manifest)]


def outside(manifest: Manifest, period: Period) -> Problem | None:
    """The problem of a period that lies wholly outside the cover; None if the extract knows some of it."""
    if manifest.dekker_fom <= period.last_day and first_day(period.first) <= manifest.dekker_tom:
        return None
    return _problem(
        "dekker_fom" if period.last_day < manifest.dekker_fom else "dekker_tom",
        f"the period {period.name} lies wholly outside the days the extract knows",
        "period_outside",
        f"{manifest.dekker_fom} to {manifest.dekker_tom}",
        remedy="ask for a period inside them, or order an extract that covers it",
    )


def _load(path: Path) -> Any:
    if path.stat().st_size > _MAX_BYTES:
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
        # a few lines that refer to each other can unfold to more than any machine holds
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            return None
        return yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError):
        return None


def _read(key: str, value: Any) -> Any:
    if key == "kilde":
        return value.strip() or None if isinstance(value, str) else None
    if key == "syntetisk":
        return value if isinstance(value, bool) else None
    if key == "versjon":
        return value if value == VERSION and not isinstance(value, bool) else None
    return _day(value)


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return (
            date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2022-01-31") else None
        )
    except ValueError:
        return None


def _order(manifest: Manifest) -> Iterator[Problem]:
    pairs = (("dekker_fom", "dekker_tom"), ("dekker_tom", "uttrekksdato"))
    for first, second in pairs:
        earlier, later = getattr(manifest, first), getattr(manifest, second)
        if earlier > later:
            what = f"{first} is after {second}"
            remedy = "write days with dekker_fom ≤ dekker_tom ≤ uttrekksdato"
            yield _problem(first, what, "cover_order", f"{earlier} > {later}", remedy=remedy)


def _shown(value: Any) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else shown_value(value)


def _example() -> str:
    return "write it with " + ", ".join(f"{key} ({kind})" for key, kind in _KEYS.items())


def _problem(
    column: str, what: str, code: str, value: str = "", remedy: str = "", severity: Any = "invalid"
) -> Problem:
    if not remedy:
        remedy = f"write {column} as {_KEYS[column]}" if column in _KEYS else "remove it if it is not needed"
    return Problem(NAME, column, what, remedy, code, severity=severity, value=value)
