"""Complete a letter file that has only what differs from an earlier letter (`arver: <year>`)."""

from collections.abc import Mapping
from typing import Any

Record = dict[str, Any]

LISTS = ("parameters", "catalogue", "definitions", "semantics")
_PLACING = ("utgar", "etter")
# what a letter notes of an entry for its own year
OF_ITS_YEAR = ("uavklart", "tidligere", "ny_definisjon")


def inherited(content: Mapping[str, Any], earlier: Mapping[str, Any]) -> Record:
    """Return the content of a letter file, completed from that of an earlier letter.

    An entry with a known id, or with `tidligere: <id>` where it was renumbered, replaces the fields that it
    names and keeps the others. `utgar: true` drops an entry, `etter: <id>` places a new one. An entry that is
    not mentioned is as before. The date, the title, the source, the deadlines, the changes and the
    headings of the report are never inherited. Raises ValueError for an id that the earlier letter lacks.
    """
    complete: Record = {"header": earlier.get("header", ""), **content}
    for name in LISTS:
        complete[name] = _merged(earlier.get(name) or [], content.get(name) or [])
    return complete


def _merged(before: list[Record], now: list[Record]) -> list[Record]:
    entries = [_confirmed(entry) for entry in before]
    origin = {entry["id"]: entry for entry in entries}
    seen: set[Any] = set()
    for change in now:
        identity = change.get("id")
        if identity in seen:
            raise ValueError(f"entry {identity} is repeated")
        seen.add(identity)
        old = origin.get(change.get("tidligere") or identity)
        if old is None and ("tidligere" in change or change.get("utgar")):
            raise ValueError(
                f"entry {identity}: the letter before has no {change.get('tidligere') or identity}"
            )
        if change.get("utgar"):
            entries = [entry for entry in entries if entry is not old]
        elif old is not None:
            entries = [_replaced(old, change) if entry is old else entry for entry in entries]
        else:
            entries.insert(_place(entries, change.get("etter")), _without_placing(change))
    return entries


def _confirmed(entry: Record) -> Record:
    """Return an entry without what the earlier letter noted for its own year (OF_ITS_YEAR)."""
    return {name: value for name, value in entry.items() if name not in OF_ITS_YEAR}


def _replaced(old: Record, change: Record) -> Record:
    new = old | _without_placing(change)
    if isinstance(change.get("rule"), dict):
        new["rule"] = {**old.get("rule", {}), **change["rule"]}
    if "omtale" in change:
        new.pop("ordlyd", None)
    elif "ordlyd" in change:
        new.pop("omtale", None)
    if "wording" in change and "series" not in change:
        # a series that is the row itself follows the wording of the row
        new["series"] = [
            ref | {"wording": change["wording"]} if ref.get("wording") == old.get("wording") else ref
            for ref in old.get("series", [])
        ]
    return new


def _without_placing(change: Record) -> Record:
    return {name: value for name, value in change.items() if name not in _PLACING}


def _place(entries: list[Record], after: str | None) -> int:
    if after is None:
        return len(entries)
    places = [place for place, entry in enumerate(entries) if entry.get("id") == after]
    if not places:
        raise ValueError(f"etter: there is no entry {after}")
    return places[0] + 1
