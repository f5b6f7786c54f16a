"""Twelve persons of one office on 31 May 2021, counted by hand: who is near the end of the dagpenger.

`uker_igjen` is what is left when the row ends, or on the day of the extract if it runs. What each of them
adds stands in the table; the totals were added up on paper: eight are counted, five have 26 weeks or less
left, and three less than 26.

| person | row | left on 31 May | 26 or less | less than 26 |
| --- | --- | --- | --- | --- |
| A | ends 31 May with 25 weeks | 25 weeks | yes | yes |
| B | ends 31 May with 26 weeks | 26 weeks | yes | no |
| C | ends 31 May with 27 weeks | 27 weeks | no | no |
| D | ends 7 June with 25 weeks | 26 weeks | yes | no |
| E | ends 8 June with 25 weeks | 26 weeks and a day | no | no |
| F | ends 6 June with 25 weeks | 25 weeks and 6 days | yes | yes |
| G | runs, with nothing left in December 2023 | 944 days | no | no |
| H | a row with 40 weeks and one with 20 | 20 weeks | yes | yes |
| I | laid off (DAG_PERM) with 10 weeks | is not counted | | |
| J | ends 31 May, weeks unknown | is not counted | | |
| K | ended 30 May with 25 weeks | is not counted | | |
| L | ends 31 May with 25 weeks, not under oppfølging | is not counted | | |
| N | ends 31 May with -3 weeks, which nobody has left | is not counted | | |
"""

from pathlib import Path
from typing import Any

from stays import counts_of

FOM, LAST = "2021-01-01", "2021-05-31"
ROWS: list[tuple[str, str, str | None, float | None]] = [
    ("A", "DAG", LAST, 25.0),
    ("B", "DAG", LAST, 26.0),
    ("C", "DAG", LAST, 27.0),
    ("D", "DAG", "2021-06-07", 25.0),
    ("E", "DAG", "2021-06-08", 25.0),
    ("F", "DAG", "2021-06-06", 25.0),
    ("G", "DAG", None, 0.0),
    ("H", "DAG", LAST, 40.0),
    ("H", "DAG", LAST, 20.0),
    ("I", "DAG_PERM", LAST, 10.0),
    ("J", "DAG", LAST, None),
    ("K", "DAG", "2021-05-30", 25.0),
    ("L", "DAG", LAST, 25.0),
    ("N", "DAG", LAST, -3.0),
]
ID = "g18_dagpenger_slutt"


def tables(rows: list[tuple[str, str, str | None, float | None]] = ROWS) -> dict[str, Any]:
    stays = [{"person_id": who, "fom": FOM, "tom": "2021-12-31"} for who in sorted({row[0] for row in rows})]
    return {
        "person": [{"person_id": row["person_id"]} for row in stays],
        "oppfolging": [row for row in stays if row["person_id"] != "L"],
        "ytelse": [
            {"person_id": who, "ytelse": kind, "fom": FOM, "tom": tom, "uker_igjen": weeks}
            for who, kind, tom, weeks in rows
        ],
    }


def test_who_has_26_weeks_or_less_left_and_who_has_less_than_26(tmp_path: Path) -> None:
    found = counts_of(tmp_path, tables(), indicators=[ID])
    assert found[ID, "hoyst_26", "9001", "2021-05"] == (5, 8)
    assert found[ID, "under_26", "9001", "2021-05"] == (3, 8)


def test_a_row_that_runs_is_counted_back_from_the_day_of_the_extract(tmp_path: Path) -> None:
    """20 weeks left on 30 June are 24 weeks and 2 days on 31 May, and 26 weeks and 5 days on 14 May."""
    cover = {"dekker_tom": "2021-06-30", "uttrekksdato": "2021-06-30"}
    found = counts_of(tmp_path, tables([("M", "DAG", None, 20.0)]), cover, indicators=[ID])
    near = {month: found[ID, "hoyst_26", "9001", month][0] for month in ("2021-04", "2021-05", "2021-06")}
    assert near == {"2021-04": 0, "2021-05": 1, "2021-06": 1}


def test_weeks_that_the_extract_does_not_have_give_no_rows(tmp_path: Path) -> None:
    unknown = [(who, kind, tom, None) for who, kind, tom, _ in ROWS]
    assert not counts_of(tmp_path / "empty", tables(unknown), indicators=[ID])
    left_out = tables()
    for row in left_out["ytelse"]:
        del row["uker_igjen"]
    assert not counts_of(tmp_path / "left out", left_out, indicators=[ID])
