"""The definitions of an edition by id, with the names of their groups."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_ID = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")


class IndicatorDefinition:
    """One indicator as the edition defines it."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.record = record
        self.id: str = record["id"]
        self.navn: str = record["navn"]
        self.kortnavn: str = record.get("kortnavn") or self.navn
        self.stock: bool = bool(record.get("beholdning"))
        self.unit_of_count: str = _unless_persons(record.get("maleenhet"))
        self.lag: int = int(record.get("lag") or 0)
        self.par: list[str] = list(record.get("par") or [])
        self.maler_ikke: list[str] = list(record.get("maler_ikke") or [])
        self._groups = {group["id"]: group["navn"] for group in record.get("grupper") or []}

    def group_name(self, gruppe: str) -> str:
        """The group's name; empty for the group of all unless it has one."""
        return self._groups.get(gruppe, "" if gruppe == "alle" else gruppe)

    def has_level(self, gruppe: str, niva: str) -> bool:
        """Whether units of a level have figures of the group."""
        return not any(
            group["id"] == gruppe and niva in (group.get("ikke_for") or {})
            for group in self.record.get("grupper") or []
        )

    def group_place(self, gruppe: str) -> int:
        """The group's position in the definition; after all others if the definition does not name it."""
        return list(self._groups).index(gruppe) if gruppe in self._groups else len(self._groups)

    def series_name(self, gruppe: str) -> str:
        """A short name of one series, for a panel or a sentence."""
        name = "" if gruppe == "alle" else self.group_name(gruppe)
        return f"{self.kortnavn}: {name}" if name else self.kortnavn


def _unless_persons(unit: Any) -> str:
    return "" if unit in (None, "personer") else str(unit)


class Definitions:
    """All definitions of an edition, by id. Their texts name other indicators by name, and not by id."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        names = {record["id"]: str(record.get("kortnavn") or record["navn"]) for record in records}
        self._by_id = {
            record["id"]: IndicatorDefinition({key: _named(value, names) for key, value in record.items()})
            for record in records
        }

    def __iter__(self) -> Iterator[IndicatorDefinition]:
        return iter(self._by_id.values())

    def __contains__(self, indikator: str) -> bool:
        return indikator in self._by_id

    def get(self, indikator: str) -> IndicatorDefinition:
        """The definition; one with nothing but the id if the edition does not define it."""
        return self._by_id.get(indikator) or IndicatorDefinition({"id": indikator, "navn": indikator})

    @property
    def stocks(self) -> list[str]:
        """The ids whose counts are sums over months."""
        return [definition.id for definition in self if definition.stock]


def _named(value: Any, names: Mapping[str, str]) -> Any:
    """A text, or each text of a list, with ids in it replaced by names; a value that is an id stays one."""
    if isinstance(value, list):
        return [_named(item, names) for item in value]
    if not isinstance(value, str) or value in names:
        return value
    return _ID.sub(lambda m: f"«{names[m[0]]}»" if m[0] in names else m[0], value)
