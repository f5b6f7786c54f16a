"""Activity within 56 days of a start, for those under 30, and the same starts followed day by day.

Unless a case says otherwise someone of 25 begins on 1 March 2021: day 56 is 26 April.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from apart import Case, case_id, cells_apart
from extracts import write_extract
from navbook.extract import open_extract
from navbook.indicators import FORLOP_SCHEMA, count, forlop, write_forlop
from navbook.statistics import aalen_johansen

START, DAY_56, DAY_57 = "2021-03-01", "2021-04-26", "2021-04-27"
Rows = list[dict[str, Any]]
YOUNG: Rows = [{"fodselsdato": "1996-01-15"}]


def days(fom: str = START, tom: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"fom": fom, "tom": tom} | fields


def started(months: dict[str, int], gruppe: str = "alle") -> dict[tuple[str, str], tuple[int, int]]:
    return {(gruppe, month): (x, 1) for month, x in months.items()}


def begins(name: str, expected: dict, *stays: dict[str, Any], **tables: Rows) -> Case:
    return Case(name, {"person": YOUNG, "oppfolging": stays or [days()]} | tables, expected)


def active(fom: str, tom: str | None, **fields: Any) -> Rows:
    return [days(fom, tom, **fields)]


WAITED, ACTIVE = started({"2021-03": 0}), started({"2021-03": 1})
BREAK = (days(tom="2021-03-10"), days("2021-03-20"))
CASES = [
    begins("no activity", WAITED),
    begins("active on day 0", ACTIVE, aktivitet=active(START, START)),
    begins("active on day 56", ACTIVE, aktivitet=active(DAY_56, DAY_56)),
    begins("active on day 57", WAITED, aktivitet=active(DAY_57, None)),
    begins("running since before", ACTIVE, aktivitet=active("2021-01-01", None)),
    begins("ended the day before", WAITED, aktivitet=active("2021-01-01", "2021-02-28")),
    begins("finished", ACTIVE, aktivitet=active("2021-03-20", "2021-03-21", status="FULLFORT")),
    begins("planned", WAITED, aktivitet=active("2021-03-20", None, status="PLANLAGT")),
    begins("broken off", WAITED, aktivitet=active("2021-03-20", None, status="AVBRUTT")),
    begins("treatment", WAITED, aktivitet=active("2021-03-20", None, type="BEHANDLING")),
    begins("in work", ACTIVE, arbeidsforhold=active(DAY_56, None)),
    begins("work of nought per cent", WAITED, arbeidsforhold=active(START, None, stillingsprosent=0.0)),
    begins("in tiltak", ACTIVE, tiltak=active("2021-04-01", "2021-04-02")),
    begins("on the waiting list", WAITED, tiltak=active("2021-04-01", "2021-04-02", deltakerstatus="TILBUD")),
    begins("28 days away before it is no start", started({"2021-01": 0}),
           days("2021-01-01", "2021-01-31"), days()),
    begins("29 days away before it is one", started({"2021-01": 0, "2021-03": 0}),
           days("2021-01-01", "2021-01-30"), days()),
    begins("registered without follow-up before", WAITED,
           days("2020-06-01", "2021-02-28", formidlingsgruppe="ISERV"), days()),
    begins("active while away", WAITED, *BREAK, arbeidsforhold=active("2021-03-11", "2021-03-19")),
    begins("active when back", ACTIVE, *BREAK, arbeidsforhold=active("2021-03-11", "2021-03-20")),
    begins("back after 28 days", ACTIVE, days(tom="2021-03-10"), days("2021-04-08"),
           arbeidsforhold=active("2021-04-08", None)),
    begins("back after 29 days is a new start", started({"2021-03": 0, "2021-04": 1}),
           days(tom="2021-03-10"), days("2021-04-09"), arbeidsforhold=active("2021-04-08", None)),
    begins("left before the activity", WAITED, days(tom="2021-03-31"), aktivitet=active("2021-04-01", None)),
    begins("died before the activity", WAITED, person=[YOUNG[0] | {"dodsdato": "2021-04-01"}],
           aktivitet=active("2021-04-01", None)),
    begins("moved before the activity", ACTIVE, days(tom="2021-03-31"), days("2021-04-01", enhetsnr="9101"),
           aktivitet=active("2021-04-05", None)),
    begins("29 on d(m)", WAITED, person=[{"fodselsdato": "1991-04-01"}]),
    begins("30 on d(m)", {}, person=[{"fodselsdato": "1991-03-31"}]),
    begins("BATT on the first day", ACTIVE | started({"2021-03": 1}, "BATT"),
           days(tom=START, innsatsgruppe="BATT"), days("2021-03-02", innsatsgruppe="BFORM"),
           aktivitet=active("2021-03-10", None)),
    begins("BFORM", WAITED | started({"2021-03": 0}, "BFORM"), days(innsatsgruppe="BFORM")),
    begins("VARIG is in no group of its own", WAITED, days(innsatsgruppe="VARIG")),
]  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    return cells_apart(tmp_path_factory.mktemp("start"), CASES, "u30_8uker")


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_activity_within_eight_weeks(case: Case, counted: dict) -> None:
    assert counted[case.name] == case.expected


FIRSTS = [
    ("active on day 0", {"aktivitet": active(START, None)}, ("aktivitet", 0)),
    ("active on day 56", {"aktivitet": active(DAY_56, None)}, ("aktivitet", 56)),
    ("active on day 57", {"aktivitet": active(DAY_57, None)}, ("sensurert", 56)),
    ("nothing", {}, ("sensurert", 56)),
    ("left after ten days", {"oppfolging": [days(tom="2021-03-10")]}, ("sluttet", 10)),
    ("left on day 56", {"oppfolging": [days(tom="2021-04-25")]}, ("sluttet", 56)),
    ("left on day 57", {"oppfolging": [days(tom=DAY_56)]}, ("sensurert", 56)),
    ("away and back", {"oppfolging": list(BREAK)}, ("sensurert", 56)),
    ("away, back and active", {"oppfolging": list(BREAK), "tiltak": active("2021-03-15", "2021-04-01")},
     ("aktivitet", 19)),
    ("another office", {"oppfolging": [days(tom="2021-03-10"), days("2021-03-11", enhetsnr="9002")],
                        "aktivitet": active("2021-03-12", None)}, ("sensurert", 10)),
    ("active on the day of the move", {"oppfolging": [days(), days("2021-03-11", enhetsnr="9002")],
                                       "aktivitet": active("2021-03-11", None)}, ("aktivitet", 10)),
    ("died", {"person": [YOUNG[0] | {"dodsdato": "2021-03-11"}]}, ("sensurert", 10)),
    ("emigrated", {"person": [YOUNG[0] | {"utvandringsdato": "2021-03-11"}]}, ("sluttet", 10)),
    ("died after leaving", {"oppfolging": [days(tom="2021-03-10")],
                            "person": [YOUNG[0] | {"dodsdato": "2021-03-20"}]}, ("sluttet", 10)),
]  # fmt: skip


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    offices = {name: str(9101 + i) for i, (name, *_) in enumerate(FIRSTS)}
    tables: dict[str, Rows] = {"kontor": [{"enhetsnr": number} for number in (*offices.values(), "9002")]}
    for name, own, _ in FIRSTS:
        for table, rows in ({"person": YOUNG, "oppfolging": [days()]} | own).items():
            ours = {"person_id": name} | ({"enhetsnr": offices[name]} if table == "oppfolging" else {})
            tables.setdefault(table, []).extend(ours | row for row in rows)
    folder = write_extract(tmp_path_factory.mktemp("forlop") / "u", tables)
    with open_extract(folder) as extract:
        found = forlop(extract).to_pandas()
    return found[found.gruppe == "alle"].assign(name=found.enhetsnr.map({v: k for k, v in offices.items()}))


@pytest.mark.parametrize(("name", "_tables", "expected"), FIRSTS, ids=[name for name, *_ in FIRSTS])
def test_what_comes_first(
    name: str, _tables: dict, expected: tuple[str, int], followed: pd.DataFrame
) -> None:
    rows = followed[followed.name == name].set_index("dag")
    event, day = expected
    assert list(rows.index) == list(range(57))
    assert rows.loc[rows[event] == 1].index.tolist() == [day]
    assert rows[["aktivitet", "sluttet", "sensurert"]].to_numpy().sum() == 1
    assert rows[rows.i_risiko == 1].index.tolist() == list(range(day + 1))


def starts(people: dict[str, Sequence[dict[str, Any]]], **tables: Rows) -> dict[str, Rows]:
    persons = [{"person_id": person} | YOUNG[0] for person in people]
    rows = [{"person_id": person} | row for person, stays in people.items() for row in stays]
    return {"person": persons, "oppfolging": rows} | tables


def test_the_curve_ends_at_the_naive_share_when_nobody_is_censored_early(tmp_path: Path) -> None:
    people = {
        "a": [days()],
        "b": [days()],
        "c": [days(tom="2021-03-20")],
        "d": [days()],
        "e": [days(tom="2021-03-05")],
    }
    busy = [{"person_id": "a"} | days("2021-03-15"), {"person_id": "b"} | days("2021-04-20")]
    folder = write_extract(tmp_path / "u", starts(people, aktivitet=busy))
    with open_extract(folder) as extract:
        table = forlop(extract)
        share = {
            (row["gruppe"], row["enhetsnr"], row["maned"]): (row["x"], row["n"])
            for row in count(extract, indicators=["u30_8uker"]).to_pylist()
        }["alle", "9001", "2021-03"]
    rows = table.to_pandas().query("gruppe == 'alle'")
    codes = {"sensurert": 0, "aktivitet": 1, "sluttet": 2}
    times, events = [], []
    for name, code in codes.items():
        for dag, antall in zip(rows.dag, rows[name], strict=True):
            times += [dag] * antall
            events += [code] * antall
    curve = aalen_johansen(times, events)
    assert share == (2, 5)
    assert curve[curve.time <= 56].estimate.iloc[-1] == pytest.approx(2 / 5)
    assert curve.at_risk.tolist() == [5, 4, 3, 2]  # days 5, 14, 20 and 50


def test_groups_offices_and_months_are_kept_apart_and_limits_leave_rows_out(tmp_path: Path) -> None:
    people = {
        "a": [days(innsatsgruppe="BATT")],
        "b": [days("2021-04-01", enhetsnr="9002", innsatsgruppe="IKVAL")],
    }
    with open_extract(write_extract(tmp_path / "u", starts(people))) as extract:
        whole = forlop(extract).to_pandas()
        assert forlop(extract, tom="2021-03").to_pandas().maned.unique().tolist() == ["2021-03"]
        assert forlop(extract, offices=["9002"]).to_pandas().enhetsnr.unique().tolist() == ["9002"]
    cells = set(zip(whole.gruppe, whole.enhetsnr, whole.maned, strict=True))
    assert cells == {("alle", "9001", "2021-03"), ("BATT", "9001", "2021-03"), ("alle", "9002", "2021-04")}


def test_it_is_written_beside_the_counts_and_is_empty_when_there_are_no_persons(tmp_path: Path) -> None:
    given = [
        {"indikator": "u30_8uker", "gruppe": "alle", "enhetsnr": "9001", "maned": "2021-03", "x": 2, "n": 5}
    ]
    with open_extract(write_extract(tmp_path / "u", {"tellinger": given})) as extract:
        table = forlop(extract)
    path = write_forlop(table, tmp_path / "privat" / "2022.parquet")
    assert path == tmp_path / "privat" / "2022_forlop.parquet"
    assert pd.read_parquet(path).columns.tolist() == FORLOP_SCHEMA.names
    assert table.schema == FORLOP_SCHEMA
    assert table.num_rows == 0
