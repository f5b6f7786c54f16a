"""The definitions of an edition: names for tables, and the box that tells what a number is."""

import re
from collections.abc import Iterator
from typing import Any

from navbook.pages.format.fragments import bullets, facts, text

_ID = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")
LABELS = {
    "OFFICIAL": "offisiell: NAV eller SSB har beskrevet den offentlig",
    "CODE": "fra kode: slik regner NAVs åpne kildekode",
    "PROPOSED": "bokens egen: ingen offisiell definisjon er funnet",
    "UNSURE": "usikker: teksten kan leses på flere måter, og boken har valgt én",
}


class Definition:
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
        """The group's name, empty for the group of all where it has no other."""
        return self._groups.get(gruppe, "" if gruppe == "alle" else gruppe)

    def group_place(self, gruppe: str) -> int:
        """The group's place in the definition; after all others where the definition does not name it."""
        return list(self._groups).index(gruppe) if gruppe in self._groups else len(self._groups)

    def series_name(self, gruppe: str) -> str:
        """A short name of one series, for a panel or a sentence."""
        name = "" if gruppe == "alle" else self.group_name(gruppe)
        return f"{self.kortnavn}: {name}" if name else self.kortnavn


def _unless_persons(unit: Any) -> str:
    return "" if unit in (None, "personer") else str(unit)


class Definitions:
    """All definitions of an edition, by id."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self._by_id = {record["id"]: Definition(record) for record in records}

    def __iter__(self) -> Iterator[Definition]:
        return iter(self._by_id.values())

    def __contains__(self, indikator: str) -> bool:
        return indikator in self._by_id

    def get(self, indikator: str) -> Definition:
        """The definition; for what the edition does not define, one that knows its id only."""
        return self._by_id.get(indikator) or Definition({"id": indikator, "navn": indikator})

    @property
    def stocks(self) -> list[str]:
        """The ids whose counts are sums over months."""
        return [definition.id for definition in self if definition.stock]


UNCHANGED = "Ingen: definisjonen er den samme i alle årene i boken."
INSIDE = "Styringsparameter."
OUTSIDE = "Utenfor styringsparameterne: brevet nevner det, men stiller ikke noe krav som boken vurderer."
WINDOW_KEY = "d(m) er siste dag i måneden som telles, f(m) den første; d(m+1) er siste dag i måneden etter."


def _window(value: Any) -> str:
    """The days whose data a month needs, and how the short form of them is read."""
    words = str(value.get("tekst") or "") if isinstance(value, dict) else str(value or "")
    return f"{text(words)}. {text(WINDOW_KEY)}" if "(m" in words else text(words)


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return bullets([text(item) for item in value])
    return text(value) if value not in (None, "") else ""


def _with_names(value: Any, definitions: Definitions) -> Any:
    """A text, or each text of a list, where the id of another indicator gives way to its name."""
    if isinstance(value, list):
        return [_with_names(item, definitions) for item in value]
    if not isinstance(value, str) or value in definitions:
        return value
    return _ID.sub(lambda m: f"«{definitions.get(m[0]).kortnavn}»" if m[0] in definitions else m[0], value)


def _group(group: dict[str, Any]) -> str:
    limits = f": {text(group['avgrensning'])}" if group.get("avgrensning") else ""
    return f"{text(group['navn'])} (<code>{text(group['id'])}</code>){limits}"


def definition_box(definition: Definition, definitions: Definitions) -> str:
    """What the number counts, for whom, when, from where, and what the book has chosen."""
    record = {key: _with_names(value, definitions) for key, value in definition.record.items()}
    label = LABELS.get(str(record.get("merkelapp")), "")
    groups = [_group(group) for group in record.get("grupper") or []]
    lag = definition.lag
    known = "ved månedens slutt" if lag == 0 else f"{lag} måned{'er' if lag > 1 else ''} etter månedens slutt"
    return facts(
        [
            ("Hvem det gjelder", _plain(record.get("populasjon"))),
            ("Teller", _plain(record.get("teller"))),
            ("Nevner", _plain(record.get("nevner"))),
            ("Dato", _plain(record.get("dato"))),
            ("Opplysninger fra", _window(record.get("vindu"))),
            ("Kjent", text(known)),
            ("Register", _plain(record.get("register"))),
            ("Grupper", bullets(groups)),
            ("Hva boken har valgt", _plain(record.get("valg"))),
            ("Hva tallet ikke måler", _plain(record.get("maler_ikke"))),
            ("Endringer mellom år", _plain(record.get("endringer")) or text(UNCHANGED)),
            ("Plass i brevet", text(OUTSIDE if record.get("utenfor_styringsparametrene") else INSIDE)),
            ("Definisjonens grunnlag", text(label)),
            ("Kilde", _plain(record.get("kilde"))),
            (
                "Id og versjon",
                f"<code>{text(definition.id)}</code>, versjon {text(record.get('versjon', ''))}",
            ),
        ]
    )
