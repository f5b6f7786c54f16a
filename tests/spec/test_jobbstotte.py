"""Thirteen persons of one office on 31 May 2021, counted by hand: IPS, IPS Ung, digital and other jobbklubb.

| person | measure on 31 May | counts as |
| --- | --- | --- |
| A | INDJOBSTOT | IPS |
| B | IPSUNG | IPS Ung |
| C | INDJOBSTOT and IPSUNG | both |
| D | INDIVIDUELL_JOBBSTOTTE, the newer name | IPS |
| E | INDJOBSTOT until the day before | nothing |
| F | INDJOBSTOT that never began | nothing |
| G | INDJOBSTOT, not under oppfølging | nothing |
| H | DIGIOPPARB | digital |
| I | DIGIOPPARB twice | digital, once |
| J | JOBBK | other |
| K | JOBBKLUBB, the newer name | other |
| L | JOBBBONUS | other |
| M | ARBTREN | nothing |
"""

from pathlib import Path
from typing import Any

from stays import counts_of

MAY = {"fom": "2021-05-01", "tom": "2021-05-31"}
PLACES: list[tuple[str, str, dict[str, Any]]] = [
    ("A", "INDJOBSTOT", {}),
    ("B", "IPSUNG", {}),
    ("C", "INDJOBSTOT", {}),
    ("C", "IPSUNG", {}),
    ("D", "INDIVIDUELL_JOBBSTOTTE", {}),
    ("E", "INDJOBSTOT", {"tom": "2021-05-30"}),
    ("F", "INDJOBSTOT", {"deltakerstatus": "IKKEM"}),
    ("G", "INDJOBSTOT", {}),
    ("H", "DIGIOPPARB", {}),
    ("I", "DIGIOPPARB", {}),
    ("I", "DIGIOPPARB", {"fom": "2021-05-10"}),
    ("J", "JOBBK", {}),
    ("K", "JOBBKLUBB", {}),
    ("L", "JOBBBONUS", {}),
    ("M", "ARBTREN", {}),
]


def test_how_many_take_part_by_code(tmp_path: Path) -> None:
    tables = {
        "oppfolging": [{"person_id": who} | MAY for who in "ABCDEFHIJKLM"],
        "tiltak": [{"person_id": who, "tiltakskode": code} | MAY | more for who, code, more in PLACES],
    }
    found = counts_of(tmp_path, tables, indicators=["g23_ips", "g13_jobbklubb"])
    cells = {key[:2]: cell for key, cell in found.items() if key[2:] == ("9001", "2021-05")}
    assert cells == {
        ("g23_ips", "INDJOBSTOT"): (3, None),
        ("g23_ips", "IPSUNG"): (2, None),
        ("g13_jobbklubb", "DIGIOPPARB"): (2, None),
        ("g13_jobbklubb", "JOBBK"): (3, None),
    }
