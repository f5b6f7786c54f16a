"""Eleven persons of one office whose AAP ends about 15 March 2021, counted by hand: who gets uføretrygd.

The thirty days after 15 March are 16 March to 14 April. Totals on paper: seven in March, three of them with
uføretrygd.

| person | AAP ends | what follows | counted | uføretrygd |
| --- | --- | --- | --- | --- |
| A | 15 March | uføretrygd from 16 March | March | yes |
| B | 15 March | uføretrygd from 14 April, the last of the days | March | yes |
| C | 15 March | uføretrygd from 15 April | March | no |
| D | 15 March | has had uføretrygd since January | March | yes |
| E | 15 March | uføretrygd that ended the same day | March | no |
| F | 15 March | AAP again from 30 March, after 14 days | no: it goes on | |
| G | 15 March | AAP again from 31 March, after 15 days | March | no |
| H | 15 March | dies on 14 April | no | |
| I | 15 March | dies on 15 April | March | no |
| J | 15 March | oppfølging ended on 14 March | no | |
| K | 1 April | nothing | April | no |
"""

from pathlib import Path
from typing import Any

from stays import counts_of

ENDS = dict.fromkeys("ABCDEFGHIJ", "2021-03-15") | {"K": "2021-04-01"}
AFTER: list[tuple[str, str, str, str | None]] = [
    ("A", "UFO", "2021-03-16", None),
    ("B", "UFO", "2021-04-14", None),
    ("C", "UFO", "2021-04-15", None),
    ("D", "UFO", "2021-01-01", None),
    ("E", "UFO", "2021-01-01", "2021-03-15"),
    ("F", "AAP", "2021-03-30", None),
    ("G", "AAP", "2021-03-31", None),
]
DIES = {"H": "2021-04-14", "I": "2021-04-15"}
ID = "g03_aap_til_ufor"
TABLES: dict[str, list[dict[str, Any]]] = {
    "person": [{"person_id": who, "dodsdato": DIES.get(who)} for who in ENDS],
    "oppfolging": [
        {"person_id": who, "innsatsgruppe": "BATT", "fom": "2020-01-01",
         "tom": "2021-03-14" if who == "J" else "2021-12-31"}
        for who in ENDS
    ],
    "ytelse": [
        {"person_id": who, "ytelse": kind, "fom": fom, "tom": tom}
        for who, kind, fom, tom in [*((who, "AAP", "2020-06-01", tom) for who, tom in ENDS.items()), *AFTER]
    ],
}  # fmt: skip


def test_who_goes_from_aap_to_uforetrygd(tmp_path: Path) -> None:
    found = counts_of(tmp_path, TABLES, indicators=[ID])
    cells = {month: cell for (_, _, office, month), cell in found.items() if office == "9001" and cell[1]}
    assert cells == {"2021-03": (3, 7), "2021-04": (0, 1)}


def test_a_month_is_counted_when_its_thirty_days_are_known(tmp_path: Path) -> None:
    """30 days after 31 March is 30 April."""
    for last, known in (("2021-04-30", True), ("2021-04-29", False)):
        cover = {"dekker_tom": last, "uttrekksdato": "2021-12-31"}
        found = counts_of(tmp_path / last, TABLES, cover, indicators=[ID])
        assert ((ID, "alle", "9001", "2021-03") in found) == known
