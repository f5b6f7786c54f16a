"""The municipal side: municipalities of offices, their figures under the gate, and their goals."""

import csv
from types import SimpleNamespace

import pandas as pd
import pytest

from editions import NORTH, SOUTH, office_row
from extracts import write_extract
from navbook.estimate.units import roll_up
from navbook.extract import check_extract, open_extract
from navbook.extract.register import OfficeRegister
from navbook.gate.metadata import municipal_tables
from navbook.runtime.periods import month_range, parse_period

YEAR = parse_period("2022")
MONTHS = month_range("2021-01", "2022-12")
MINIMUM = 4
# 9001 serves two municipalities, 8003 is served by two offices, and 9005 was merged into 9004 in March 2022
LINKS = [
    ("9001", "8001", "Storvik", "2015-01-01", None),
    ("9001", "8002", "Lillevik", "2015-01-01", None),
    ("9002", "8003", "Storby", "2015-01-01", None),
    ("9004", "8003", "Storby", "2015-01-01", None),
    ("9005", "8004", "Elvemo", "2015-01-01", "2022-03-31"),
    ("9002", "8005", "Gammelby", "2015-01-01", "2021-12-31"),
]
REGISTER = OfficeRegister(
    [
        office_row("9001", NORTH),
        office_row("9002", NORTH),
        office_row("9004", SOUTH),
        office_row("9005", SOUTH, tom="2022-03-31", successor="9004"),
    ]
)
NOTHING_SHOWN = pd.DataFrame(columns=["indikator", "niva", "enhet", "periode", "status"])


def links_frame(links=LINKS):
    columns = ["enhetsnr", "kommunenr", "kommune_navn", "gyldig_fom", "gyldig_tom"]
    frame = pd.DataFrame(links, columns=columns)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in columns[3:]})


def figures_frame(series):
    """Rows of kommunale_tall from {(kommunenr, tall): value, or values by month}."""
    rows = [
        (kommunenr, month, tall, float(values.get(month, values["ellers"])))
        for (kommunenr, tall), values in series.items()
        for month in MONTHS
        if values.get(month, 0) is not None
    ]
    return pd.DataFrame(rows, columns=["kommunenr", "maned", "tall", "verdi"])


def tables(figures=None, goals=None, tall=NOTHING_SHOWN, period=YEAR, links=LINKS):
    offices = REGISTER.offices
    estimates = SimpleNamespace(period=period, units=roll_up(REGISTER, offices, period))
    given = {"kontor_kommune": links_frame(links)}
    if figures is not None:
        given["kommunale_tall"] = figures_frame(figures)
    if goals is not None:
        given["kommunale_mal"] = goals
    return municipal_tables(given, estimates, tall, MINIMUM)


def status_and_value(found, kommunenr, tall="SOSIALHJELP", periode="2022", enhet=None):
    rows = found["kommunale_tall"]
    rows = rows[(rows["kommunenr"] == kommunenr) & (rows["tall"] == tall) & (rows["periode"] == periode)]
    if enhet:
        rows = rows[rows["enhet"] == enhet]
    (record,) = rows[["status", "verdi"]].drop_duplicates().to_dict("records")
    return record["status"], record["verdi"] if record["verdi"] == record["verdi"] else None


class TestMunicipalitiesOfOffices:
    def test_many_to_many(self):
        links = tables()["kommuner"]
        pairs = set(zip(links["enhet"], links["kommunenr"], strict=True))
        assert {("9001", "8001"), ("9001", "8002"), ("9002", "8003"), ("9004", "8003")} <= pairs

    def test_a_merged_office_leaves_its_municipality_to_the_successor(self):
        links = tables()["kommuner"]
        assert set(links.loc[links["kommunenr"] == "8004", "enhet"]) == {"9004"}

    def test_a_link_that_ended_before_the_period_is_gone(self):
        assert "8005" not in set(tables()["kommuner"]["kommunenr"])
        earlier = tables(period=parse_period("2021"))["kommuner"]
        assert set(earlier.loc[earlier["kommunenr"] == "8005", "enhet"]) == {"9002"}

    def test_the_latest_name_is_used(self):
        renamed = [*LINKS, ("9002", "8001", "Nye Storvik", "2022-06-01", None)]
        links = tables(links=renamed)["kommuner"]
        assert set(links.loc[links["kommunenr"] == "8001", "kommune_navn"]) == {"Nye Storvik"}


class TestFigures:
    def test_the_mean_of_the_months(self):
        """Eleven months of 10 and one of 22: (110 + 22) / 12 = 11."""
        found = tables({("8001", "SOSIALHJELP"): {"ellers": 10, "2022-12": 22}})
        assert status_and_value(found, "8001") == ("vist", 11.0)
        assert status_and_value(found, "8001", periode="2021") == ("vist", 10.0)

    def test_the_same_figure_under_each_office_of_a_municipality(self):
        found = tables({("8003", "SOSIALHJELP"): {"ellers": 30}})
        for office in ("9002", "9004"):
            assert status_and_value(found, "8003", enhet=office) == ("vist", 30.0)

    @pytest.mark.parametrize("few", [0, 1, 3])
    def test_one_month_of_few_persons_hides_the_period(self, few):
        """The mean would be above the minimum: (11 · 50 + 3) / 12 = 46."""
        found = tables({("8001", "SOSIALHJELP"): {"ellers": 50, "2022-05": few}})
        assert status_and_value(found, "8001") == ("skjult", None)
        assert status_and_value(found, "8001", periode="2021") == ("vist", 50.0)

    def test_four_in_every_month_is_shown(self):
        found = tables({("8001", "SOSIALHJELP"): {"ellers": 4}})
        assert status_and_value(found, "8001") == ("vist", 4.0)

    def test_a_month_without_a_figure_is_not_computable(self):
        found = tables({("8001", "SOSIALHJELP"): {"ellers": 50, "2022-05": None}})
        assert status_and_value(found, "8001") == ("ikke_beregnbar", None)

    def test_no_month_with_few_persons_can_be_computed_from_a_year_and_its_tertials(self):
        """2 persons in November: the year and T3 are hidden, so T1 + T2 give nothing of it."""
        values = {("8001", "SOSIALHJELP"): {"ellers": 10, "2022-11": 2}}
        names = ("2022", "2022-T1", "2022-T2", "2022-T3")
        found = {
            name: status_and_value(tables(values, period=parse_period(name)), "8001", periode=name)[0]
            for name in names
        }
        assert found == {"2022": "skjult", "2022-T1": "vist", "2022-T2": "vist", "2022-T3": "skjult"}


def own_counts(**status):
    """What the gate shows of the offices' own counts of participants in 2022."""
    rows = [("g06_kvp", "kontor", office.strip("o"), "2022", word) for office, word in status.items()]
    return pd.DataFrame(rows, columns=["indikator", "niva", "enhet", "periode", "status"])


class TestParticipantsInKvp:
    """9001 serves 8001 and 8002: what it counts is the sum of the two."""

    def test_a_small_one_hides_those_it_could_be_computed_from(self):
        """The office shows 12 = 10 + 2; with 10 shown, the 2 would follow."""
        found = tables({("8001", "KVP"): {"ellers": 10}, ("8002", "KVP"): {"ellers": 2}})
        assert status_and_value(found, "8001", "KVP") == ("skjult", None)
        assert status_and_value(found, "8002", "KVP") == ("skjult", None)

    def test_a_hidden_count_of_an_office_hides_its_municipalities(self):
        values = {("8001", "KVP"): {"ellers": 10}, ("8002", "KVP"): {"ellers": 9}}
        found = tables(values, tall=own_counts(o9001="skjult"))
        assert status_and_value(found, "8001", "KVP") == ("skjult", None)
        assert status_and_value(found, "8001", "KVP", "2021") == ("vist", 10.0)

    def test_a_hidden_count_of_the_other_office_of_the_municipality(self):
        """8003 = 9002 + part of 9004, which also serves 8004 after the merger."""
        values = {
            ("8003", "KVP"): {"ellers": 20},
            ("8004", "KVP"): {"ellers": 9},
            ("8001", "KVP"): {"ellers": 8},
        }
        found = tables(values, tall=own_counts(o9002="skjult", o9004="vist"))
        assert status_and_value(found, "8003", "KVP") == ("skjult", None)
        assert status_and_value(found, "8004", "KVP") == ("skjult", None)
        assert status_and_value(found, "8001", "KVP") == ("vist", 8.0)

    def test_other_figures_are_not_touched(self):
        values = {("8001", "SOSIALHJELP"): {"ellers": 10}, ("8002", "SOSIALHJELP"): {"ellers": 2}}
        found = tables(values, tall=own_counts(o9001="skjult"))
        assert status_and_value(found, "8001") == ("vist", 10.0)
        assert status_and_value(found, "8002") == ("skjult", None)


def test_goals_of_the_year_stand_under_each_office_of_the_municipality():
    rows = [("8003", 2022, " Flere unge i arbeid ", "2022-10-01"), ("8003", 2021, "I fjor", None)]
    goals = pd.DataFrame(rows, columns=["kommunenr", "ar", "mal", "frist"])
    found = tables(goals=goals)["kommunale_mal"].sort_values("enhet")
    assert found["enhet"].tolist() == ["9002", "9004"]
    assert set(found["kommunens_mal"]) == {"Flere unge i arbeid"}
    assert set(found["frist"]) == {"2022-10-01"}


def test_an_extract_without_the_tables_gives_tables_without_rows():
    estimates = SimpleNamespace(period=YEAR, units=roll_up(REGISTER, REGISTER.offices, YEAR))
    found = municipal_tables({}, estimates, NOTHING_SHOWN, MINIMUM)
    assert [len(table) for table in found.values()] == [0, 0, 0]


# ---- reading and checking

SOUND = {
    "kontor_kommune": [
        {
            "enhetsnr": "9001",
            "kommunenr": "8001",
            "kommune_navn": "Storvik",
            "gyldig_fom": "2015-01-01",
            "gyldig_tom": "",
        }
    ],
    "kommunale_tall": [{"kommunenr": "8001", "maned": "2023-12", "tall": "SOSIALHJELP", "verdi": "12"}],
    "kommunale_mal": [{"kommunenr": "8001", "ar": "2022", "mal": "Flere unge i arbeid", "frist": ""}],
}


def extract_with(folder, **changed):
    """A sound extract with the municipal tables; `changed` replaces tables by name."""
    write_extract(folder, {})
    for name, rows in (SOUND | changed).items():
        if rows is None:
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def problems(folder):
    """(table, column, code, severity) of what concerns the municipal tables."""
    found = check_extract(folder).problems + check_extract(folder).reported
    return [(p.table, p.column, p.code, p.severity) for p in found if p.table in SOUND]


def test_sound_tables_are_read(tmp_path):
    folder = extract_with(tmp_path / "uttrekk")
    assert problems(folder) == []
    with open_extract(folder) as extract:
        assert extract.side_table("kommunale_tall").to_dict("records") == [
            {"kommunenr": "8001", "maned": "2023-12", "tall": "SOSIALHJELP", "verdi": 12.0}
        ]
        assert extract.side_table("kontor_kommune")["gyldig_tom"].isna().all()


def one(table, **fields):
    return {table: [SOUND[table][0] | fields]}


def two(table, **fields):
    return {table: [SOUND[table][0], SOUND[table][0] | fields]}


FAULTS = [
    (one("kommunale_tall", tall="FANTASI"), "kommunale_tall", "tall", "invalid"),  # unknown code
    (one("kommunale_tall", verdi="tolv"), "kommunale_tall", "verdi", "invalid"),  # not of its type
    (one("kommunale_tall", verdi=""), "kommunale_tall", "verdi", "invalid"),  # empty
    (one("kommunale_tall", verdi="-1"), "kommunale_tall", "verdi", "invalid"),  # negative
    (one("kommunale_tall", verdi="1.5"), "kommunale_tall", "verdi", "invalid"),  # no whole persons
    (one("kommunale_tall", maned="januar"), "kommunale_tall", "maned", "invalid"),  # no month
    (one("kommunale_tall", kommunenr="8009"), "kommunale_tall", "kommunenr", "invalid"),  # unknown key
    (two("kommunale_tall", verdi="13"), "kommunale_tall", "kommunenr, maned, tall", "invalid"),  # differ
    (one("kontor_kommune", enhetsnr="9876"), "kontor_kommune", "enhetsnr", "invalid"),  # unknown office
    (one("kontor_kommune", gyldig_tom="2014-01-01"), "kontor_kommune", "gyldig_fom", "invalid"),  # days
    (one("kontor_kommune", kommunenr="801"), "kontor_kommune", "kommunenr", "invalid"),  # lost a digit
    (one("kontor_kommune", gyldig_fom=""), "kontor_kommune", "gyldig_fom", "invalid"),
    (two("kontor_kommune", gyldig_fom="2020-01-01"), "kontor_kommune", "gyldig_fom", "reported"),  # overlap
    (one("kommunale_mal", mal="<b>Flere</b>"), "kommunale_mal", "mal", "invalid"),  # HTML
    (one("kommunale_mal", ar="22"), "kommunale_mal", "ar", "invalid"),
    (one("kommunale_mal", kommunenr="8009"), "kommunale_mal", "kommunenr", "invalid"),
    (one("kommunale_mal", mal="Hjelpe 2 familier"), "kommunale_mal", "mal", "reported"),  # to approve
    ({"kontor_kommune": None}, "kommunale_tall", "kommunenr", "reported"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "table", "column", "severity"), FAULTS)
def test_faults_are_found(tmp_path, changed, table, column, severity):
    found = problems(extract_with(tmp_path / "uttrekk", **changed))
    assert (table, column, severity) in {(t, c, s) for t, c, _, s in found}


def test_a_missing_column_is_found(tmp_path):
    rows = [{"kommunenr": "8001", "maned": "2023-12", "verdi": "12"}]
    found = problems(extract_with(tmp_path / "uttrekk", kommunale_tall=rows))
    assert ("kommunale_tall", "tall", "invalid") in {(t, c, s) for t, c, _, s in found}


@pytest.mark.parametrize(
    ("changed", "column", "longest"),
    [
        (one("kommunale_mal", mal="Flere enn <5 i arbeid"), "mal", 300),
        (one("kommunale_mal", mal="x" * 301), "mal", 300),
        (one("kontor_kommune", kommune_navn="<i>Storvik</i>"), "kommune_navn", 80),
        (one("kontor_kommune", kommune_navn="x" * 81), "kommune_navn", 80),
    ],
)
def test_a_text_of_another_form_is_not_called_a_number(tmp_path, changed, column, longest):
    found = check_extract(extract_with(tmp_path / "uttrekk", **changed)).problems
    (problem,) = [each for each in found if each.column == column]
    assert problem.what == f"the text has < or >, or more than {longest} characters"
    assert "four digits" not in problem.remedy


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\x0b"])
@pytest.mark.parametrize(("table", "column"), [("kommunale_mal", "mal"), ("kontor_kommune", "kommune_navn")])
def test_a_text_with_a_character_that_nobody_sees_is_refused(tmp_path, table, column, sign):
    changed = one(table, **{column: f"Flere{sign} i arbeid"})
    assert (table, column, "invalid") in {
        (t, c, s) for t, c, _, s in problems(extract_with(tmp_path / "uttrekk", **changed))
    }
